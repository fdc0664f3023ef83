import type { GenAISpan } from "@genspan/mapping/core";
import { LOG_SCOPE, logBytes, logHead, logHeadBytes, logJson, type RecordLog, severityOf } from "../otlp/log-record.ts";
import { bundleOf, recordsIn } from "./bundle.ts";
import { type OtlpTargetOptions, otlpTarget } from "./otlp-target.ts";
import type { RecordTarget } from "./record-target.ts";
import { type StockExporter, stockTarget } from "./stock-exporter.ts";

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
const SCOPE = { name: LOG_SCOPE };

/** The same through a stock log exporter. */
export function stockLogsTarget(exporter: StockExporter, nameOf: (record: unknown) => string): RecordTarget {
  return stockTarget(exporter, {
    encode: (span, payload) => ({
      payload: bundleOf(recordsIn(payload).map((record) => toLogRecord(span, record, nameOf(record)))),
    }),
  });
}

/** The fields of the SDK's `ReadableLogRecord` (sdk-logs 0.223) that the OTLP serialisers read. */
function toLogRecord(span: GenAISpan, body: unknown, eventName: string): object {
  const [severityNumber, severityText] = severityOf(span);
  return {
    hrTime: span.endTime,
    hrTimeObserved: span.endTime,
    spanContext: span.source.spanContext(),
    severityNumber,
    severityText,
    eventName,
    body,
    attributes: {},
    droppedAttributesCount: 0,
    resource: span.source.resource,
    instrumentationScope: SCOPE,
  };
}
