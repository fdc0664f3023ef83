import type { GenAISpan } from "@genspan/mapping";
import type { Item } from "../destination.ts";
import type { RecordTarget } from "./record-target.ts";
import { exportTo, type StockExporter } from "./stock-exporter.ts";

/** One object for all records: the serialisers group by identity. */
const SCOPE = { name: "@genspan/exporter" };
const SEVERITY_ERROR = 17;
const SEVERITY_INFO = 9;
/** The stock exporters make a batch into bytes at one go, about 7 ms for that much. */
const MOST_BATCH_BYTES = 1024 * 1024;

/**
 * Sends records as OTLP log records through a stock log exporter: event name = name of the record, body = the record,
 * in the trace and span context of its span.
 */
export function otlpLogsTarget(exporter: StockExporter, eventName: string): RecordTarget {
  return {
    maxItems: 512,
    maxBytes: MOST_BATCH_BYTES,
    needsSpan: true,
    send: (items) =>
      exportTo(
        exporter,
        items.flatMap((item) => (item.span === undefined ? [] : [toLogRecord(item, item.span, eventName)])),
      ),
    flush: async () => exporter.forceFlush?.(),
    shutdown: () => exporter.shutdown(),
  };
}

/** The fields of the SDK's `ReadableLogRecord` (sdk-logs 0.223) that the OTLP serialisers read. */
function toLogRecord({ payload }: Item, span: GenAISpan, eventName: string): object {
  return {
    hrTime: span.endTime,
    hrTimeObserved: span.endTime,
    spanContext: span.source.spanContext(),
    severityNumber: span.failed ? SEVERITY_ERROR : SEVERITY_INFO,
    severityText: span.failed ? "ERROR" : "INFO",
    eventName,
    body: payload,
    attributes: {},
    droppedAttributesCount: 0,
    resource: span.source.resource,
    instrumentationScope: SCOPE,
  };
}
