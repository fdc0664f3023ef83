import type { Destination, SpanFilter } from "../destination.ts";
import { estimateBytes } from "../estimate-bytes.ts";
import { spanLine } from "../otlp-json.ts";
import type { RecordTarget } from "./record-target.ts";
import { sendingOf } from "./sending.ts";

/** Options of every destination for spans as they are. */
export interface SpanDestinationOptions {
  /** Default: the kind of the destination, such as `file`. */
  readonly name?: string;
  /** Default: every span, GenAI or not, so that traces stay whole. */
  readonly shouldExport?: SpanFilter;
}

/** Delivers spans: as the target encodes them, as lines of OTLP/JSON, or as the SDK made them. */
export function spanDestination(
  target: RecordTarget,
  kind: { readonly name: string; readonly asOtlpJson?: boolean },
  { name = kind.name, shouldExport }: SpanDestinationOptions,
): Destination {
  return {
    name,
    unit: "span",
    accepts: (span) => shouldExport?.(span.source) ?? true,
    encode({ span }) {
      const payload = kind.asOtlpJson ? spanLine(span.source) : span.source;
      const encoding = target.encode?.(span, payload) ?? { payload };
      const { traceId, spanId } = span;
      return {
        status: "item",
        item: { group: "", traceId, spanId, ...encoding, bytes: encoding.bytes ?? estimateBytes(span) },
      };
    },
    ...sendingOf(target),
  };
}
