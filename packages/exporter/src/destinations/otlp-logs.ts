import type { GenAISpan } from "@genspan/mapping";
import type { Item } from "../destination.ts";
import type { RecordTarget } from "./record-target.ts";
import { exportTo, type StockExporter } from "./stock-exporter.ts";

/** A record on its way to an OTLP collector, with the span that it was made of. */
export interface LoggedRecord {
  readonly record: object;
  readonly recordName: string;
  readonly span: GenAISpan;
}

/**
 * Sends records as OTLP log records through a stock log exporter: event name = name of the record, body = the record,
 * in the trace and span context of its span.
 */
export function otlpLogsTarget(exporter: StockExporter): RecordTarget {
  return {
    maxItems: 512,
    send: (items) => exportTo(exporter, items.map(toLogRecord)),
    flush: async () => exporter.forceFlush?.(),
    shutdown: () => exporter.shutdown(),
  };
}

/** The fields of the SDK's `ReadableLogRecord` that the OTLP serialisers read. */
function toLogRecord(item: Item): object {
  const { record, recordName, span } = item.payload as LoggedRecord; // `vendorDestination` makes these for this target
  return {
    hrTime: span.endTime,
    hrTimeObserved: span.endTime,
    spanContext: span.source.spanContext(),
    severityNumber: span.failed ? 17 : 9,
    severityText: span.failed ? "ERROR" : "INFO",
    eventName: recordName,
    body: record,
    attributes: {},
    droppedAttributesCount: 0,
    resource: span.source.resource,
    instrumentationScope: { name: "@genspan/exporter" },
  };
}
