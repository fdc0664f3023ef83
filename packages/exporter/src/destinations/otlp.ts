import type { GenAISpan } from "@genspan/mapping/core";
import type { Destination } from "../destination.ts";
import type { Entry } from "../otlp/slab.ts";
import { spanHead, spanJson } from "../otlp/span-json.ts";
import { spanBytes, spanHeadBytes } from "../otlp/span-protobuf.ts";
import { type OtlpTargetOptions, otlpTarget, type SignalEncoder } from "./otlp-target.ts";
import { type SpanDestinationOptions, spanDestination } from "./span-destination.ts";
import { type StockExporter, stockTarget } from "./stock-exporter.ts";

/** A collector, or any other receiver of OTLP over HTTP. */
export interface OtlpOptions extends SpanDestinationOptions, OtlpTargetOptions {}

/** A stock exporter, such as one for gRPC. It is given spans as they are, so that its queue is in memory. */
export interface StockOtlpOptions extends SpanDestinationOptions {
  readonly exporter: StockExporter;
  /** Default: 512. */
  readonly maxBatchSize?: number;
}

const SPANS: SignalEncoder = {
  signal: "traces",
  json: { entry: onceForEach((span) => spanJson(span.source)), head: (span) => spanHead(span.source) },
  protobuf: { entry: onceForEach((span) => spanBytes(span.source)), head: (span) => spanHeadBytes(span.source) },
};

/** A span goes to one destination after the other: each further one of its format finds it encoded. */
function onceForEach(encode: (span: GenAISpan) => Entry): (span: GenAISpan) => Entry {
  let last: { readonly span: GenAISpan; readonly encoded: Entry } | undefined;
  return (span) => {
    if (last?.span !== span) last = { span, encoded: encode(span) };
    return last.encoded;
  };
}

/**
 * Sends the spans themselves over OTLP/HTTP, JSON or protobuf.
 *
 * @example
 * otlp({ url: "http://localhost:4318/v1/traces" })
 * otlp({ exporter: new OTLPTraceExporter({ url }) }) // through a stock exporter of the SDK in use
 */
export function otlp(options: OtlpOptions | StockOtlpOptions): Destination {
  const target =
    "exporter" in options
      ? stockTarget(options.exporter, { maxItems: options.maxBatchSize })
      : otlpTarget(SPANS, options);
  return spanDestination(target, { name: "otlp" }, options);
}
