/** The OTLP messages by field numbers (opentelemetry-proto: common/v1, resource/v1, trace/v1, logs/v1). */

/** Types of protobuf, and `hex`: the bytes of an id, which OTLP/JSON writes as hex digits. */
export type ProtobufScalar =
  | "string"
  | "bool"
  | "int64"
  | "uint32"
  | "enum"
  | "double"
  | "fixed64"
  | "fixed32"
  | "bytes"
  | "hex";
/** One field of a message, under its name in OTLP/JSON. */
export interface ProtobufField {
  readonly name: string;
  /** A scalar, or the message that is nested. */
  readonly type: ProtobufScalar | (() => ProtobufMessage);
  readonly repeated?: boolean;
}
/** The fields of a message by their numbers. */
export type ProtobufMessage = Readonly<Record<number, ProtobufField>>;

const one = (name: string, type: ProtobufField["type"]): ProtobufField => ({ name, type });
const many = (name: string, type: ProtobufField["type"]): ProtobufField => ({ name, type, repeated: true });

const keyValue: ProtobufMessage = { 1: one("key", "string"), 2: one("value", () => anyValue) };
const anyValue: ProtobufMessage = {
  1: one("stringValue", "string"),
  2: one("boolValue", "bool"),
  3: one("intValue", "int64"),
  4: one("doubleValue", "double"),
  5: one("arrayValue", () => ({ 1: many("values", () => anyValue) })),
  6: one("kvlistValue", () => ({ 1: many("values", () => keyValue) })),
  7: one("bytesValue", "bytes"),
};
const attributes: ProtobufField = many("attributes", () => keyValue);
const dropped: ProtobufField = one("droppedAttributesCount", "uint32");
const resource: ProtobufMessage = { 1: attributes, 2: dropped };
const scope: ProtobufMessage = { 1: one("name", "string"), 2: one("version", "string"), 3: attributes, 4: dropped };
const event: ProtobufMessage = {
  1: one("timeUnixNano", "fixed64"),
  2: one("name", "string"),
  3: attributes,
  4: dropped,
};
const link: ProtobufMessage = {
  1: one("traceId", "hex"),
  2: one("spanId", "hex"),
  3: one("traceState", "string"),
  4: attributes,
  5: dropped,
  6: one("flags", "fixed32"),
};
const span: ProtobufMessage = {
  1: one("traceId", "hex"),
  2: one("spanId", "hex"),
  3: one("traceState", "string"),
  4: one("parentSpanId", "hex"),
  5: one("name", "string"),
  6: one("kind", "enum"),
  7: one("startTimeUnixNano", "fixed64"),
  8: one("endTimeUnixNano", "fixed64"),
  9: attributes,
  10: dropped,
  11: many("events", () => event),
  12: one("droppedEventsCount", "uint32"),
  13: many("links", () => link),
  14: one("droppedLinksCount", "uint32"),
  15: one("status", () => ({ 2: one("message", "string"), 3: one("code", "enum") })),
  16: one("flags", "fixed32"),
};
const logRecord: ProtobufMessage = {
  1: one("timeUnixNano", "fixed64"),
  2: one("severityNumber", "enum"),
  3: one("severityText", "string"),
  5: one("body", () => anyValue),
  6: attributes,
  7: dropped,
  8: one("flags", "fixed32"),
  9: one("traceId", "hex"),
  10: one("spanId", "hex"),
  11: one("observedTimeUnixNano", "fixed64"),
  12: one("eventName", "string"),
};
const perScope = (items: string, item: ProtobufMessage): ProtobufMessage => ({
  1: one("scope", () => scope),
  2: many(items, () => item),
  3: one("schemaUrl", "string"),
});
const perResource = (scopes: string, items: ProtobufMessage): ProtobufMessage => ({
  1: one("resource", () => resource),
  2: many(scopes, () => items),
  3: one("schemaUrl", "string"),
});

const scopeSpans: ProtobufMessage = perScope("spans", span);
const scopeLogs: ProtobufMessage = perScope("logRecords", logRecord);

/** The two export requests, and what of them holds the records of one scope. */
export const OTLP_MESSAGES: Readonly<
  Record<"tracesRequest" | "scopeSpans" | "logsRequest" | "scopeLogs", ProtobufMessage>
> = {
  tracesRequest: { 1: many("resourceSpans", () => perResource("scopeSpans", scopeSpans)) },
  scopeSpans,
  logsRequest: { 1: many("resourceLogs", () => perResource("scopeLogs", scopeLogs)) },
  scopeLogs,
};
