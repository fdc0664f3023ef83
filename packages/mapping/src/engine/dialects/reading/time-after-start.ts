import type { SpanEventLike } from "../../readable-span.ts";
import type { Draft } from "./draft.ts";

/** Seconds from the start of the span to a time in ISO 8601; `undefined` for what is none, or lies before the start. */
export function timeAfterStart(value: unknown, { startTime }: Draft): number | undefined {
  const millis = typeof value === "string" ? Date.parse(value) : value instanceof Date ? value.getTime() : Number.NaN;
  const seconds = millis / 1e3 - (startTime[0] + startTime[1] / 1e9);
  return Number.isFinite(seconds) && seconds >= 0 ? Math.round(seconds * 1e6) / 1e6 : undefined;
}

/** Seconds from the start of the span to that of an event. */
export function secondsAfterStart(time: SpanEventLike["time"], { startTime }: Draft): number | undefined {
  const seconds = time[0] - startTime[0] + (time[1] - startTime[1]) / 1e9;
  return Number.isFinite(seconds) && seconds >= 0 ? Math.round(seconds * 1e6) / 1e6 : undefined;
}
