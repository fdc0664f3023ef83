import type { Destination } from "../destination.ts";
import { lineCodec } from "./codecs.ts";
import { fileTarget } from "./file-target.ts";
import { type SpanDestinationOptions, spanDestination } from "./span-destination.ts";
import { consoleTarget, customTarget, memoryTarget } from "./targets.ts";

/** Spans as OTLP/JSON: each line is a whole export request with one span, which `genspan map` reads back. */
export function file(path: string, options: SpanDestinationOptions = {}): Destination {
  return spanDestination(fileTarget(path, lineCodec("otlp-line")), { name: "file", asOtlpJson: true }, options);
}

/** Spans as OTLP/JSON on standard output, one export request on each line. */
export function consoleDestination(options: SpanDestinationOptions = {}): Destination {
  return spanDestination(consoleTarget(), { name: "console", asOtlpJson: true }, options);
}

/** Ended spans as the SDK made them, in an array of the caller's; the newest 10 000 are kept. */
export function memory(kept: unknown[], options: SpanDestinationOptions = {}): Destination {
  return spanDestination(memoryTarget(kept), { name: "memory" }, options);
}

/** Ended spans as the SDK made them, in batches, for a function; when it throws, the batch is tried again. */
export function custom(
  deliver: (spans: readonly unknown[]) => void | Promise<void>,
  options: SpanDestinationOptions = {},
): Destination {
  return spanDestination(customTarget(deliver), { name: "custom" }, options);
}
