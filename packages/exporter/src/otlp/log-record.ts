import type { GenAISpan } from "@genspan/mapping";
import { attributesText, quote, valueText } from "./json-text.ts";
import { ProtobufWriter } from "./protobuf-writer.ts";
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

const SCOPE = "@genspan/exporter";
const SEVERITY_ERROR = 17;
const SEVERITY_INFO = 9;
const writer = new ProtobufWriter();

export function logText({ span, eventName, body }: RecordLog): string {
  const { traceId, spanId } = idsOf(span.source);
  const [number, text] = severityOf(span);
  const at = nanosText(span.endTime);
  return (
    `{"timeUnixNano":"${at}","observedTimeUnixNano":"${at}","severityNumber":${number},"severityText":"${text}",` +
    `"eventName":${quote(eventName)},"body":${valueText(body)},"traceId":"${traceId}","spanId":"${spanId}"}`
  );
}

export function logHead(span: GenAISpan): string {
  const resource = attributesText(span.source.resource.attributes);
  return `{"resource":{"attributes":${resource}},"scopeLogs":[{"scope":{"name":"${SCOPE}"},"logRecords":[`;
}

/** One entry of `ScopeLogs.log_records`, tag and length included. */
export function logBytes({ span, eventName, body }: RecordLog): Uint8Array {
  const { traceId, spanId } = idsOf(span.source);
  const [number, text] = severityOf(span);
  const at = nanosOf(span.endTime);
  writer.begin().message(2, () => {
    writer.fixed64(1, at);
    writer.uint(2, number);
    writer.text(3, text);
    writer.message(5, () => writeValue(writer, body));
    writer.hex(9, traceId);
    writer.hex(10, spanId);
    writer.fixed64(11, at);
    writer.text(12, eventName);
  });
  return writer.finish();
}

export function logHeadBytes(span: GenAISpan): string {
  writer.begin().message(1, () => writeAttributes(writer, 1, span.source.resource.attributes));
  const resource = Buffer.from(writer.finish()).toString("base64");
  writer.begin().message(1, () => writer.text(1, SCOPE));
  return `${resource}.${Buffer.from(writer.finish()).toString("base64")}`;
}

function severityOf(span: GenAISpan): readonly [number, string] {
  return span.failed ? [SEVERITY_ERROR, "ERROR"] : [SEVERITY_INFO, "INFO"];
}
