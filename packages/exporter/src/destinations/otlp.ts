import type { Destination, SpanFilter } from "../destination.ts";
import { estimateBytes } from "../estimate-bytes.ts";
import { exportTo, type StockExporter } from "./stock-exporter.ts";

export interface OtlpOptions {
  /** A stock exporter of the SDK in use, such as `new OTLPTraceExporter({ url })`. JSON and protobuf alike. */
  readonly exporter: StockExporter;
  /** Default: `otlp`. */
  readonly name?: string;
  /** Default: every span, GenAI or not, so that traces stay whole. */
  readonly shouldExport?: SpanFilter;
  /** Default: 512. */
  readonly maxBatchSize?: number;
}

/** Sends the spans themselves, untouched, through a stock OTLP exporter. */
export function otlp({ exporter, name = "otlp", shouldExport, maxBatchSize = 512 }: OtlpOptions): Destination {
  return {
    name,
    unit: "span",
    accepts: (span) => shouldExport?.(span.source) ?? true,
    encode: ({ span }) => ({
      status: "item",
      item: { payload: span.source, bytes: estimateBytes(span), group: "", traceId: span.traceId, spanId: span.spanId },
    }),
    maxItems: maxBatchSize,
    send: (items) =>
      exportTo(
        exporter,
        items.map((item) => item.payload),
      ),
    flush: async () => exporter.forceFlush?.(),
    shutdown: () => exporter.shutdown(),
  };
}
