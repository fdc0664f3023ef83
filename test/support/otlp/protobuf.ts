/**
 * Reads the OTLP messages in protobuf into the shape of OTLP/JSON, by tables of field numbers
 * (opentelemetry-proto: common/v1, resource/v1, trace/v1, logs/v1). Unknown fields are skipped.
 */

type Scalar = "string" | "bool" | "int64" | "uint32" | "enum" | "double" | "fixed64" | "fixed32" | "bytes" | "hex";
interface Field {
  readonly name: string;
  /** A scalar, or the message that is nested. */
  readonly type: Scalar | (() => Message);
  readonly repeated?: boolean;
}
type Message = Readonly<Record<number, Field>>;
export type Decoded = Readonly<Record<string, unknown>>;

const one = (name: string, type: Field["type"]): Field => ({ name, type });
const many = (name: string, type: Field["type"]): Field => ({ name, type, repeated: true });

const keyValue: Message = { 1: one("key", "string"), 2: one("value", () => anyValue) };
const anyValue: Message = {
  1: one("stringValue", "string"),
  2: one("boolValue", "bool"),
  3: one("intValue", "int64"),
  4: one("doubleValue", "double"),
  5: one("arrayValue", () => ({ 1: many("values", () => anyValue) })),
  6: one("kvlistValue", () => ({ 1: many("values", () => keyValue) })),
  7: one("bytesValue", "bytes"),
};
const attributes: Field = many("attributes", () => keyValue);
const dropped: Field = one("droppedAttributesCount", "uint32");
const resource: Message = { 1: attributes, 2: dropped };
const scope: Message = { 1: one("name", "string"), 2: one("version", "string"), 3: attributes, 4: dropped };
const event: Message = { 1: one("timeUnixNano", "fixed64"), 2: one("name", "string"), 3: attributes, 4: dropped };
const link: Message = {
  1: one("traceId", "hex"),
  2: one("spanId", "hex"),
  3: one("traceState", "string"),
  4: attributes,
  5: dropped,
  6: one("flags", "fixed32"),
};
const span: Message = {
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
const logRecord: Message = {
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
const perScope = (items: string, item: Message): Message => ({
  1: one("scope", () => scope),
  2: many(items, () => item),
  3: one("schemaUrl", "string"),
});
const perResource = (scopes: string, items: Message): Message => ({
  1: one("resource", () => resource),
  2: many(scopes, () => items),
  3: one("schemaUrl", "string"),
});

export const TRACES_REQUEST: Message = {
  1: many("resourceSpans", () => perResource("scopeSpans", perScope("spans", span))),
};
export const LOGS_REQUEST: Message = {
  1: many("resourceLogs", () => perResource("scopeLogs", perScope("logRecords", logRecord))),
};

const MAXIMUM_DEPTH = 100;

/** Throws a RangeError where the bytes end too early, nest too deeply or are no protobuf. */
export function decode(bytes: Buffer, message: Message, depth = 0): Decoded {
  if (depth > MAXIMUM_DEPTH) throw new RangeError("messages are nested too deeply");
  const result: Record<string, unknown> = {};
  const reader = new Reader(bytes);
  while (!reader.done) {
    const { number, raw } = reader.field();
    const field = message[number];
    if (!field) continue;
    const value =
      typeof field.type === "function" ? decode(asBytes(raw), field.type(), depth + 1) : read(raw, field.type);
    const earlier = result[field.name];
    result[field.name] = field.repeated ? [...(Array.isArray(earlier) ? earlier : []), value] : value;
  }
  return result;
}

type Raw = bigint | Buffer;

function asBytes(raw: Raw): Buffer {
  if (typeof raw === "bigint") throw new RangeError("a number where bytes were expected");
  return raw;
}

function read(raw: Raw, type: Scalar): unknown {
  if (type === "string") return asBytes(raw).toString("utf8");
  if (type === "hex") return asBytes(raw).toString("hex");
  if (type === "bytes") return asBytes(raw).toString("base64");
  if (type === "double") return asBytes(raw).readDoubleLE();
  if (type === "fixed64") return asBytes(raw).readBigUInt64LE().toString();
  if (type === "fixed32") return asBytes(raw).readUInt32LE();
  if (typeof raw !== "bigint") throw new RangeError("bytes where a number was expected");
  if (type === "bool") return raw !== 0n;
  return type === "int64" ? BigInt.asIntN(64, raw).toString() : Number(raw);
}

/** Fields as the wire has them: varints as bigint, everything else as its bytes. */
class Reader {
  readonly #bytes: Buffer;
  #position = 0;
  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }
  get done(): boolean {
    return this.#position >= this.#bytes.length;
  }
  field(): { readonly number: number; readonly raw: Raw } {
    const tag = Number(this.#varint());
    const wireType = tag & 7;
    return { number: Math.floor(tag / 8), raw: this.#value(wireType) };
  }
  #value(wireType: number): Raw {
    if (wireType === 0) return this.#varint();
    if (wireType === 1) return this.#take(8);
    if (wireType === 2) return this.#take(Number(this.#varint()));
    if (wireType === 5) return this.#take(4);
    throw new RangeError(`unknown wire type ${wireType}`);
  }
  #take(length: number): Buffer {
    const end = this.#position + length;
    if (end > this.#bytes.length) throw new RangeError("the message ends too early");
    const bytes = this.#bytes.subarray(this.#position, end);
    this.#position = end;
    return bytes;
  }
  #varint(): bigint {
    let value = 0n;
    for (let shift = 0n; shift < 70n; shift += 7n) {
      const byte = this.#take(1)[0] ?? 0;
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return value;
    }
    throw new RangeError("a varint is too long");
  }
}
