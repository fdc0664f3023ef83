import type { GenAISpan } from "@genspan/mapping/core";
import { JsonWriter } from "./json-writer.ts";
import { ProtobufWriter } from "./protobuf-writer.ts";
import type { Entry } from "./slab.ts";
import { idsOf, nanosOf, nanosText } from "./span-fields.ts";
import { writeAttributes, writeValue } from "./span-protobuf.ts";

/**
 * A vendor's record as a log record: event name = name of the record, body = the record, in the trace and span
 * context of its span. Source: opentelemetry-proto, logs/v1.
 */
export interface RecordLog {
  readonly span: GenAISpan;
  readonly eventName: string;
  readonly body: unknown;
}

/** The instrumentation scope of all records. */
export const LOG_SCOPE = "@genspan/exporter";
const writer = new ProtobufWriter();
const json = new JsonWriter();

/** Entries of `ScopeLogs.log_records`, several as one. */
export function logJson(logs: readonly RecordLog[]): Entry {
  json.begin();
  for (const [index, log] of logs.entries()) writeJson(log, index > 0 ? "," : "");
  return json.finish();
}

function writeJson({ span, eventName, body }: RecordLog, before: string): void {
  const { traceId, spanId } = idsOf(span.source);
  const [number, text] = severityOf(span);
  const at = nanosText(span.endTime);
  json
    .raw(`${before}{"timeUnixNano":"${at}","observedTimeUnixNano":"${at}","severityNumber":${number},`)
    .raw(`"severityText":"${text}","eventName":`)
    .quoted(eventName)
    .raw(',"body":')
    .value(body)
    .raw(`,"traceId":"${traceId}","spanId":"${spanId}"}`);
}

export function logHead(span: GenAISpan): string {
  json.begin().raw('{"resource":{"attributes":').attributes(span.source.resource.attributes);
  return json.raw(`},"scopeLogs":[{"scope":{"name":"${LOG_SCOPE}"},"logRecords":[`).finishText();
}

/** The same in protobuf, tags and lengths included. */
export function logBytes(logs: readonly RecordLog[]): Entry {
  writer.begin();
  for (const log of logs) writeMessage(log);
  return writer.finish();
}

function writeMessage({ span, eventName, body }: RecordLog): void {
  const { traceId, spanId } = idsOf(span.source);
  const [number, text] = severityOf(span);
  const at = nanosOf(span.endTime);
  writer.message(2, () => {
    writer.fixed64(1, at);
    writer.uint(2, number);
    writer.text(3, text);
    writer.message(5, () => writeValue(writer, body));
    writer.hex(9, traceId);
    writer.hex(10, spanId);
    writer.fixed64(11, at);
    writer.text(12, eventName);
  });
}

export function logHeadBytes(span: GenAISpan): string {
  writer.begin().message(1, () => writeAttributes(writer, 1, span.source.resource.attributes));
  const resource = writer.finishBase64();
  writer.begin().message(1, () => writer.text(1, LOG_SCOPE));
  return `${resource}.${writer.finishBase64()}`;
}

/** Source: OpenTelemetry specification, logs data model, `SeverityNumber`. */
export function severityOf(span: GenAISpan): readonly [number: number, text: string] {
  return span.failed ? [17, "ERROR"] : [9, "INFO"];
}
