import { GenAISpan, type Normaliser, type ReadableSpanLike } from "@genspan/mapping";
import type { Destination, SpanFilter } from "../destination.ts";
import { estimateBytes } from "../estimate-bytes.ts";
import { spanLine } from "../otlp/span-json.ts";
import type { Encoding, RecordTarget } from "./record-target.ts";
import { sendingOf } from "./sending.ts";

/** Options of every destination for spans as they are. */
export interface SpanDestinationOptions {
  /** Default: the kind of the destination, such as `file`. */
  readonly name?: string;
  /** Default: every span, GenAI or not, so that traces stay whole. */
  readonly shouldExport?: SpanFilter;
  /**
   * A pure function whose result is sent in the place of the span, such as `to("openinference")` of `@genspan/mapping`.
   * It is given the span after `shouldExport`. Default: the span itself.
   */
  readonly translate?: (span: ReadableSpanLike) => ReadableSpanLike;
}

/** Delivers spans: as the target encodes them, as lines of OTLP/JSON, or as the SDK made them. */
export function spanDestination(
  target: RecordTarget,
  kind: { readonly name: string; readonly asOtlpJson?: boolean },
  { name = kind.name, shouldExport, translate }: SpanDestinationOptions,
): Destination {
  return {
    name,
    unit: "span",
    accepts: (span) => shouldExport?.(span.source) ?? true,
    encode({ span: given }) {
      const span =
        translate === undefined ? given : new GenAISpan(translate(given.source), { normaliser: attributesAsTheyAre });
      const payload = kind.asOtlpJson ? spanLine(span.source) : span.source;
      const encoding: Encoding = target.encode?.(span, payload) ?? { payload };
      const { traceId, spanId } = span;
      const { group = "", head, bytes = estimateBytes(span) } = encoding;
      return { status: "item", item: { payload: encoding.payload, bytes, head, group, traceId, spanId } };
    },
    ...sendingOf(target),
  };
}

/** What is only sent on needs no reading. */
const attributesAsTheyAre: Normaliser = ({ attributes }) => attributes;
