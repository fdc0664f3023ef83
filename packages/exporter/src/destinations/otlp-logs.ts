import type { GenAISpan } from "@genspan/mapping/core";
import { logBytes, logHead, logHeadBytes, logJson, type RecordLog } from "../otlp/log-record.ts";
import { bundleOf, recordsIn } from "./bundle.ts";
import { type OtlpTargetOptions, otlpTarget } from "./otlp-target.ts";
import type { RecordTarget } from "./record-target.ts";
import { exportTo, type StockExporter } from "./stock-exporter.ts";

/** Sends records as OTLP log records. @param nameOf the vendor's name of a record: the name of the event. */
export function otlpLogsTarget(options: OtlpTargetOptions, nameOf: (record: unknown) => string): RecordTarget {
  const logsOf = (span: GenAISpan, payload: unknown): readonly RecordLog[] =>
    recordsIn(payload).map((body) => ({ span, eventName: nameOf(body), body }));
  return otlpTarget(
    {
      signal: "logs",
      json: { entry: (span, payload) => logJson(logsOf(span, payload)), head: logHead },
      protobuf: { entry: (span, payload) => logBytes(logsOf(span, payload)), head: logHeadBytes },
    },
    options,
  );
}

/** One object for all records: the serialisers group by identity. */
const SCOPE = { name: "@genspan/exporter" };
const SEVERITY_ERROR = 17;
const SEVERITY_INFO = 9;
/** The stock exporters make a batch into bytes at one go, about 7 ms for that much. */
const MOST_BATCH_BYTES = 1024 * 1024;

/** The same through a stock log exporter, which is given objects and holds them in memory. */
export function stockLogsTarget(exporter: StockExporter, nameOf: (record: unknown) => string): RecordTarget {
  return {
    maxItems: 512,
    maxBytes: MOST_BATCH_BYTES,
    encode: (span, payload) => ({
      payload: bundleOf(recordsIn(payload).map((record) => toLogRecord(span, record, nameOf(record)))),
    }),
    send: (items) =>
      exportTo(
        exporter,
        items.flatMap(({ payload }) => recordsIn(payload)),
      ),
    flush: async () => exporter.forceFlush?.(),
    shutdown: () => exporter.shutdown(),
  };
}

/** The fields of the SDK's `ReadableLogRecord` (sdk-logs 0.223) that the OTLP serialisers read. */
function toLogRecord(span: GenAISpan, body: unknown, eventName: string): object {
  return {
    hrTime: span.endTime,
    hrTimeObserved: span.endTime,
    spanContext: span.source.spanContext(),
    severityNumber: span.failed ? SEVERITY_ERROR : SEVERITY_INFO,
    severityText: span.failed ? "ERROR" : "INFO",
    eventName,
    body,
    attributes: {},
    droppedAttributesCount: 0,
    resource: span.source.resource,
    instrumentationScope: SCOPE,
  };
}
