import type { Destination } from "../destination.ts";
import { type SpanDestinationOptions, spanDestination } from "./span-destination.ts";
import { exportTo, type StockExporter } from "./stock-exporter.ts";

export interface OtlpOptions extends SpanDestinationOptions {
  /** A stock exporter of the SDK in use, such as `new OTLPTraceExporter({ url })`. JSON and protobuf alike. */
  readonly exporter: StockExporter;
  /** Default: 512. */
  readonly maxBatchSize?: number;
}

/** The stock exporters make a batch into bytes at one go, about 7 ms for that much. */
const MOST_BATCH_BYTES = 1024 * 1024;

/**
 * Sends the spans themselves, untouched, through a stock OTLP exporter.
 *
 * @example
 * otlp({ exporter: new OTLPTraceExporter({ url: "http://localhost:4318/v1/traces" }) })
 */
export function otlp({ exporter, maxBatchSize = 512, ...options }: OtlpOptions): Destination {
  const target = {
    maxItems: maxBatchSize,
    maxBytes: MOST_BATCH_BYTES,
    send: (items: readonly { readonly payload: unknown }[]) =>
      exportTo(
        exporter,
        items.map((item) => item.payload),
      ),
    flush: async () => exporter.forceFlush?.(),
    shutdown: () => exporter.shutdown(),
  };
  return spanDestination(target, { name: "otlp", asOtlpJson: false }, options);
}
