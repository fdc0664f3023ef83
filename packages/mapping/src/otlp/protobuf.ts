import type { ProtobufMessage, ProtobufScalar } from "./messages.ts";

/** A message in the shape of OTLP/JSON: 64-bit numbers as text, bytes in base64, ids in hex. */
export type DecodedMessage = Readonly<Record<string, unknown>>;

const MAXIMUM_DEPTH = 100;
/** Text that is not UTF-8 makes a message invalid: it throws a TypeError. */
const UTF8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/**
 * Reads a message in protobuf into the shape of OTLP/JSON. Unknown fields are skipped.
 * @throws {RangeError} where the bytes end too early, nest too deeply or are no protobuf.
 * @throws {TypeError} where text is not UTF-8.
 */
export function decodeProtobuf(bytes: Uint8Array, message: ProtobufMessage): DecodedMessage {
  return decode(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), message, 0);
}

function decode(bytes: Buffer, message: ProtobufMessage, depth: number): DecodedMessage {
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
    if (field.repeated && Array.isArray(earlier)) earlier.push(value);
    else result[field.name] = field.repeated ? [value] : value;
  }
  return result;
}

type Raw = bigint | Buffer;

function asBytes(raw: Raw): Buffer {
  if (typeof raw === "bigint") throw new RangeError("a number where bytes were expected");
  return raw;
}

function read(raw: Raw, type: ProtobufScalar): unknown {
  if (type === "string") return UTF8.decode(asBytes(raw));
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
    const tag = this.#small();
    const wireType = tag & 7;
    return { number: Math.floor(tag / 8), raw: this.#value(wireType) };
  }
  #value(wireType: number): Raw {
    if (wireType === 0) return this.#varint();
    if (wireType === 1) return this.#take(8);
    if (wireType === 2) return this.#take(this.#small());
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
  /** Tags and lengths are below 2^32. */
  #small(): number {
    let value = 0;
    for (let scale = 1; scale < 2 ** 35; scale *= 128) {
      const byte = this.#take(1)[0] ?? 0;
      value += (byte & 0x7f) * scale;
      if (byte < 0x80) return value;
    }
    throw new RangeError("a varint is too long");
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
