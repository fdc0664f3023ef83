import type { Codec } from "../destination.ts";
import { Entry } from "../otlp/slab.ts";

const textOf = (body: Uint8Array): string =>
  Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString("utf8");

/** Big integers, which JSON has no place for, become text. */
const bigIntAsText = (_key: string, value: unknown): unknown => (typeof value === "bigint" ? String(value) : value);

/** `JSON.stringify`, with the function that slows it down only where a big integer asks for it. */
export function jsonOf(value: unknown): string {
  try {
    return JSON.stringify(value);
  } catch {
    return JSON.stringify(value, bigIntAsText);
  }
}

/** Records of a vendor, as JSON. */
export function recordCodec(format: string): Codec {
  return { format: `record:${format}`, write: jsonOf, read: (body) => JSON.parse(textOf(body)) as unknown };
}

/** What is encoded already: text or bytes. */
export function encodedCodec(format: string): Codec {
  return {
    format,
    write(payload) {
      if (payload instanceof Entry) return payload.bytes;
      return payload instanceof Uint8Array ? payload : String(payload);
    },
    read: (body) => body,
  };
}
