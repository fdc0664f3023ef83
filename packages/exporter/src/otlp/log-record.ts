import type { GenAISpan } from "@genspan/mapping/core";
import { JsonWriter } from "./json-writer.ts";
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
const json = new JsonWriter();

export function logJson({ span, eventName, body }: RecordLog): Uint8Array {
  const { traceId, spanId } = idsOf(span.source);
  const [number, text] = severityOf(span);
  const at = nanosText(span.endTime);
  return json
    .begin()
    .raw(`{"timeUnixNano":"${at}","observedTimeUnixNano":"${at}","severityNumber":${number},`)
    .raw(`"severityText":"${text}","eventName":`)
    .quoted(eventName)
    .raw(',"body":')
    .value(body)
    .raw(`,"traceId":"${traceId}","spanId":"${spanId}"}`)
    .finish();
}

export function logHead(span: GenAISpan): string {
  json.begin().raw('{"resource":{"attributes":').attributes(span.source.resource.attributes);
  return json.raw(`},"scopeLogs":[{"scope":{"name":"${SCOPE}"},"logRecords":[`).finishText();
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
