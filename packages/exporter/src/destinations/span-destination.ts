import type { Destination, SpanFilter } from "../destination.ts";
import { estimateBytes } from "../estimate-bytes.ts";
import { spanToOtlp } from "../otlp-json.ts";
import type { RecordTarget } from "./record-target.ts";

/** Options of every destination for spans as they are. */
export interface SpanDestinationOptions {
  /** Default: the kind of the destination, such as `file`. */
  readonly name?: string;
  /** Default: every span, GenAI or not, so that traces stay whole. */
  readonly shouldExport?: SpanFilter;
}

/** Delivers spans: as the SDK made them, or as OTLP/JSON. */
export function spanDestination(
  target: RecordTarget,
  kind: { readonly name: string; readonly asOtlpJson: boolean },
  { name = kind.name, shouldExport }: SpanDestinationOptions,
): Destination {
  return {
    name,
    unit: "span",
    accepts: (span) => shouldExport?.(span.source) ?? true,
    encode: ({ span }) => ({
      status: "item",
      item: {
        payload: kind.asOtlpJson ? spanToOtlp(span.source) : span.source,
        bytes: estimateBytes(span),
        group: "",
        traceId: span.traceId,
        spanId: span.spanId,
      },
    }),
    maxItems: target.maxItems,
    maxBytes: target.maxBytes,
    concurrency: target.concurrency,
    lingerMillis: target.lingerMillis,
    send: target.send,
    flush: target.flush,
    shutdown: target.shutdown,
  };
}
