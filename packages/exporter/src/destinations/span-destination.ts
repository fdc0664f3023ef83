import type { GenAISpan, ReadableSpanLike, RedactionOptions } from "@genspan/mapping/core";
import type { Destination, SpanFilter } from "../destination.ts";
import { spanLine } from "../otlp/span-json.ts";
import { estimateBytes } from "../spans/estimate-bytes.ts";
import { Reparenting } from "../spans/reparenting.ts";
import type { Encoding, RecordTarget } from "./record-target.ts";

/** Options of every destination for spans as they are. */
export interface SpanDestinationOptions {
  /** Default: the kind of the destination, such as `file`. */
  readonly name?: string;
  /** Default: every span, GenAI or not, so that traces stay whole. What hangs below a refused span moves up. */
  readonly shouldExport?: SpanFilter;
  /** Only GenAI spans, as vendors are given them. Default: false. */
  readonly genAIOnly?: boolean;
  /** What must not leave by this way. Default: what the processor says; `false`: nothing is hidden. */
  readonly redact?: RedactionOptions | false;
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
  { name = kind.name, shouldExport, genAIOnly = false, redact, translate }: SpanDestinationOptions,
): Destination {
  const isKept = (span: GenAISpan) =>
    (!genAIOnly || span.operation !== undefined) && (shouldExport?.(span.source) ?? true);
  const isFiltering = genAIOnly || shouldExport !== undefined;
  const reparenting = new Reparenting(isKept);
  return {
    ...target,
    name,
    unit: "span",
    accepts: isKept,
    redact,
    needsAncestors: isFiltering,
    refused: isFiltering ? ({ span, trace }) => reparenting.leftOut(span, trace) : undefined,
    encode(unit) {
      // Where the attribute that decides may not leave, it decides all the same.
      const given = isFiltering ? reparenting.place(unit.span, () => (unit.original ?? unit).trace) : unit.span;
      // What is only sent on needs no reading.
      const span = translate === undefined ? given : given.likeCurrent(translate(given.source));
      const payload = kind.asOtlpJson ? spanLine(span.source) : span.source;
      const encoding: Encoding = target.encode?.(span, payload) ?? { payload };
      const { traceId, spanId } = span;
      const { group = "", head, bytes = estimateBytes(span) } = encoding;
      const item = { payload: encoding.payload, bytes, head, group, traceId, spanId, ticket: undefined };
      return { status: "item", item };
    },
  };
}
