import type { Destination, SpanFilter } from "../destination.ts";
import { estimateBytes } from "../estimate-bytes.ts";
import { spanToOtlp } from "../otlp-json.ts";
import type { RecordTarget } from "./record-target.ts";
import { consoleTarget, customTarget, fileTarget, memoryTarget } from "./targets.ts";

/** Destinations for spans as they are. */
export interface SpanDestinationOptions {
  readonly name?: string;
  readonly shouldExport?: SpanFilter;
}

/** Spans as OTLP/JSON: each line is a whole export request with one span, which `genspan map` reads back. */
export function file(path: string, options: SpanDestinationOptions = {}): Destination {
  return spans(fileTarget(path), "file", true, options);
}

/** Spans as OTLP/JSON on standard output, one export request on each line. */
export function consoleDestination(options: SpanDestinationOptions = {}): Destination {
  return spans(consoleTarget(), "console", true, options);
}

/** Ended spans as the SDK made them, in an array of the caller's; the newest 10 000 are kept. */
export function memory(kept: unknown[], options: SpanDestinationOptions = {}): Destination {
  return spans(memoryTarget(kept), "memory", false, options);
}

/** Ended spans as the SDK made them, in batches, for a function; when it throws, the batch is tried again. */
export function custom(
  deliver: (spans: readonly unknown[]) => void | Promise<void>,
  options: SpanDestinationOptions = {},
): Destination {
  return spans(customTarget(deliver), "custom", false, options);
}

function spans(target: RecordTarget, kind: string, isEncoded: boolean, options: SpanDestinationOptions): Destination {
  const { name = kind, shouldExport } = options;
  return {
    name,
    unit: "span",
    accepts: (span) => shouldExport?.(span.source) ?? true,
    encode: ({ span }) => ({
      status: "item",
      item: {
        payload: isEncoded ? spanToOtlp(span.source) : span.source,
        bytes: estimateBytes(span),
        group: "",
        traceId: span.traceId,
        spanId: span.spanId,
      },
    }),
    maxItems: target.maxItems,
    concurrency: target.concurrency,
    send: target.send,
  };
}
