import type { Codec } from "../destination.ts";
import { type Entry, SlabWriter } from "../otlp/slab.ts";

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

/** Lines of text. */
export function lineCodec(format: string): Codec {
  return { format, write: String, read: textOf };
}

/** Entries of a request, of two formats, which are their groups: JSON or protobuf. */
export function entryCodec(format: string): Codec {
  const json = new SlabWriter(",");
  const protobuf = new SlabWriter("");
  return {
    format,
    write: (payload) => (payload as Entry).bytes, // nothing else is encoded
    read(body, group) {
      const entry = (group === "json" ? json : protobuf).put(body);
      entry.slab.retain();
      return entry;
    },
  };
}
