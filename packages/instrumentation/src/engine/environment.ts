/** Defaults of options, from the environment. What is set to a word that nothing knows is told, and left aside. */

import type { CaptureContent, StreamUsage } from "../options.ts";
import { warnOnce } from "./reports.ts";

type Environment = Readonly<Record<string, string | undefined>>;

/** Ours wins over the one that other instrumentations read. */
const captureVariables = ["GENSPAN_CAPTURE_CONTENT", "OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT"];

/** The values of Python's util-genai and of js-contrib's genai-util. */
const captureByValue: ReadonlyMap<string, CaptureContent> = new Map([
  ["none", "none"],
  ["no_content", "none"],
  ["false", "none"],
  ["0", "none"],
  ["true", "span"],
  ["1", "span"],
  ["span", "span"],
  ["span_only", "span"],
  ["event", "event"],
  ["event_only", "event"],
  ["both", "both"],
  ["all", "both"],
  ["span_and_event", "both"],
]);

const captureWords = [...captureByValue.keys()].join(", ");

export function defaultCaptureContent(environment: Environment = process.env): CaptureContent {
  const name = captureVariables.find((one) => environment[one]?.trim());
  if (name === undefined) return "none";
  const capture = parseCaptureContent(environment[name] ?? "");
  if (capture === undefined)
    warnOnce(`${name} is "${environment[name]}"; set it to one of ${captureWords}. Nothing is captured.`);
  return capture ?? "none";
}

/** Where content goes by a word such as `span_only`, `EVENT` or `1`; undefined where the word is not known. */
export function parseCaptureContent(value: string): CaptureContent | undefined {
  return captureByValue.get(value.trim().toLowerCase());
}

const streamUsages: readonly StreamUsage[] = ["never", "request", "count"];

/** `GENSPAN_STREAM_USAGE`; a value that is none of the option's is told and left aside. */
export function defaultStreamUsage(environment: Environment = process.env): StreamUsage {
  const value = environment["GENSPAN_STREAM_USAGE"]?.trim().toLowerCase();
  if (!value) return "never";
  const known = streamUsages.find((usage) => usage === value);
  if (known === undefined) warnOnce(`GENSPAN_STREAM_USAGE is "${value}"; set it to one of ${streamUsages.join(", ")}.`);
  return known ?? "never";
}

/** Large enough for icons and short sounds; a few photographs in one span are more than collectors take. */
const mediaMaxBytes = 128 * 1024;

/** `GENSPAN_MEDIA_MAX_BYTES`, a number of bytes or `Infinity`. */
export function defaultMediaMaxBytes(environment: Environment = process.env): number {
  const value = environment["GENSPAN_MEDIA_MAX_BYTES"]?.trim();
  if (!value) return mediaMaxBytes;
  const bytes = Number(value);
  if (bytes >= 0) return bytes;
  warnOnce(`GENSPAN_MEDIA_MAX_BYTES is "${value}"; set it to a number of bytes.`);
  return mediaMaxBytes;
}

/** The SDK's limits for values of span attributes, in characters; without them there is none. */
export function defaultContentMaxLength(environment: Environment = process.env): number {
  for (const name of ["OTEL_SPAN_ATTRIBUTE_VALUE_LENGTH_LIMIT", "OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT"]) {
    const limit = Number(environment[name]?.trim() || undefined);
    if (limit >= 0) return limit;
  }
  return Number.POSITIVE_INFINITY;
}
