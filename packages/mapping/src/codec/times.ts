import type { HrTime } from "@opentelemetry/api";

/** Times of records as the SDK writes times. */

/**
 * An ISO 8601 text with up to nine digits of a second, another form of a date that `Date.parse` knows, or Unix time as a
 * number or its text, whose size tells seconds from milliseconds, microseconds and nanoseconds.
 */
export function timeOf(value: unknown): HrTime | undefined {
  if (typeof value === "number") return Number.isFinite(value) && value >= 0 ? unixTime(value) : undefined;
  if (typeof value !== "string") return undefined;
  if (/^\s*\d{9,}(?:\.\d+)?\s*$/.test(value)) return unixTime(Number(value));
  const isDay = /^\d{4}-\d\d-\d\d$/.test(value);
  const hasZone = isDay || /(?:[zZ]|[+-]\d\d:?\d\d|[A-Z]{3})$/.test(value);
  const millis = Date.parse(hasZone ? value : `${value}Z`);
  if (Number.isNaN(millis) || millis < 0) return undefined;
  const seconds = Math.floor(millis / 1e3);
  const digits = /\.(\d{1,9})/.exec(value)?.[1] ?? "";
  return [seconds, Number(digits.padEnd(9, "0"))];
}

/** Seconds reach the year 5138 before they are as many as milliseconds of 1973. */
function unixTime(value: number): HrTime {
  if (value < 1e11) return fromNanos(value * 1e9);
  if (value < 1e14) return fromNanos(value * 1e6);
  return fromNanos(value < 1e17 ? value * 1e3 : value);
}

/** The time `nanos` after another, or before it where `nanos` is negative; never before the epoch. */
export function shifted(time: HrTime, nanos: number): HrTime {
  const whole = Math.trunc(nanos / 1e9);
  const rest = time[1] + Math.round(nanos - whole * 1e9);
  const carry = Math.floor(rest / 1e9);
  const seconds = time[0] + whole + carry;
  return seconds < 0 ? [0, 0] : [seconds, rest - carry * 1e9];
}

function fromNanos(nanos: number): HrTime {
  return shifted([0, 0], nanos);
}
