import { type Entry, SlabWriter } from "./slab.ts";

/** Protobuf's wire types (protobuf.dev/programming-guides/encoding). */
const VARINT = 0;
const FIXED64 = 1;
const LENGTH = 2;
const FIXED32 = 5;

/** Writes protobuf fields one after another. One writer is used again and again: `finish` copies what was written. */
export class ProtobufWriter {
  #buffer: Buffer = Buffer.allocUnsafe(32 * 1024);
  #at = 0;
  readonly #slabs = new SlabWriter("");

  /** Empties the writer, also after a message that was broken off. */
  begin(): this {
    this.#at = 0;
    return this;
  }

  finish(): Entry {
    return this.#slabs.put(this.#buffer, this.#at);
  }

  finishBase64(): string {
    return this.#buffer.toString("base64", 0, this.#at);
  }

  uint(field: number, value: number | bigint): void {
    this.#tag(field, VARINT);
    if (typeof value === "number" && value >= 0 && value <= Number.MAX_SAFE_INTEGER) this.#varint(value);
    else this.#varint64(BigInt.asUintN(64, BigInt(value)));
  }

  double(field: number, value: number): void {
    this.#tag(field, FIXED64);
    this.#reserve(8);
    this.#at = this.#buffer.writeDoubleLE(value, this.#at);
  }

  fixed64(field: number, value: bigint): void {
    this.#tag(field, FIXED64);
    this.#reserve(8);
    this.#at = this.#buffer.writeBigUInt64LE(value, this.#at);
  }

  fixed32(field: number, value: number): void {
    this.#tag(field, FIXED32);
    this.#reserve(4);
    this.#at = this.#buffer.writeUInt32LE(value >>> 0, this.#at);
  }

  bytes(field: number, value: Uint8Array): void {
    this.#tag(field, LENGTH);
    this.#varint(value.byteLength);
    this.#reserve(value.byteLength);
    this.#buffer.set(value, this.#at);
    this.#at += value.byteLength;
  }

  /** Half a surrogate pair becomes U+FFFD: that is how Node writes UTF-8. */
  text(field: number, value: string): void {
    this.#tag(field, LENGTH);
    const length = Buffer.byteLength(value);
    this.#varint(length);
    this.#reserve(length);
    this.#at += this.#buffer.write(value, this.#at, length, "utf8");
  }

  hex(field: number, value: string): void {
    this.#tag(field, LENGTH);
    this.#varint(value.length >> 1);
    this.#reserve(value.length >> 1);
    this.#at += this.#buffer.write(value, this.#at, "hex");
  }

  /** A nested message: its length is known only when it is written, so that it may have to move. */
  message(field: number, write: () => void): void {
    this.#tag(field, LENGTH);
    this.#reserve(1);
    const start = ++this.#at;
    write();
    const length = this.#at - start;
    if (length < 0x80) {
      this.#buffer[start - 1] = length;
      return;
    }
    const more = sizeOfVarint(length) - 1;
    this.#reserve(more);
    this.#buffer.copyWithin(start + more, start, this.#at);
    this.#at = start - 1;
    this.#varint(length);
    this.#at += length;
  }

  #tag(field: number, type: number): void {
    this.#varint(field * 8 + type);
  }

  #varint(value: number): void {
    this.#reserve(8);
    let rest = value;
    while (rest >= 0x80) {
      this.#buffer[this.#at++] = (rest % 0x80) | 0x80;
      rest = Math.floor(rest / 0x80);
    }
    this.#buffer[this.#at++] = rest;
  }

  #varint64(value: bigint): void {
    this.#reserve(10);
    let rest = value;
    for (; rest >= 0x80n; rest >>= 7n) this.#buffer[this.#at++] = Number(rest & 0x7fn) | 0x80;
    this.#buffer[this.#at++] = Number(rest);
  }

  #reserve(more: number): void {
    if (this.#at + more <= this.#buffer.length) return;
    const larger = Buffer.allocUnsafe(Math.max(this.#buffer.length * 2, this.#at + more));
    this.#buffer.copy(larger, 0, 0, this.#at);
    this.#buffer = larger;
  }
}

function sizeOfVarint(value: number): number {
  let size = 1;
  for (let rest = value; rest >= 0x80; rest = Math.floor(rest / 0x80)) size++;
  return size;
}

/** What stands before a nested message: its tag, and its length. @param field below 16. */
export function lengthHeader(field: number, length: number): Uint8Array {
  const bytes = [field * 8 + LENGTH];
  let rest = length;
  for (; rest >= 0x80; rest = Math.floor(rest / 0x80)) bytes.push((rest % 0x80) | 0x80);
  return Uint8Array.from([...bytes, rest]);
}
