/**
 * Reads `application/vnd.amazon.eventstream`: frames of u32 length, u32 header length, u32 checksum, headers, payload, u32
 * checksum (https://smithy.io/2.0/aws/amazon-eventstream.html). Checksums are the client's to verify.
 */
import { crc32 } from "node:zlib";

export interface EventStreamFrame {
  /** Those that are strings. */
  readonly headers: Readonly<Record<string, string>>;
  readonly payload: Buffer;
}

/** The frames as bytes, as they follow each other. What is left over at the end is a frame of its own. */
export function splitFrames(bytes: Buffer): readonly Buffer[] {
  const frames: Buffer[] = [];
  for (let at = 0; at < bytes.length; ) {
    const length = at + 4 <= bytes.length ? bytes.readUInt32BE(at) : 0;
    const end = length >= 16 ? at + length : bytes.length;
    frames.push(bytes.subarray(at, end));
    at = end;
  }
  return frames;
}

export function eventStreamFrames(bytes: Buffer): readonly EventStreamFrame[] {
  return splitFrames(bytes)
    .filter((frame) => frame.length >= 16 && frame.readUInt32BE(0) === frame.length)
    .map((frame) => {
      const headersEnd = 12 + frame.readUInt32BE(4);
      return { headers: readHeaders(frame.subarray(12, headersEnd)), payload: frame.subarray(headersEnd, -4) };
    });
}

/** Bytes of the values of header types without a length of their own; 6 is bytes and 7 is a string, with a u16 before. */
const FIXED_LENGTHS: Readonly<Record<number, number>> = { 0: 0, 1: 0, 2: 1, 3: 2, 4: 4, 5: 8, 8: 8, 9: 16 };

function readHeaders(bytes: Buffer): Readonly<Record<string, string>> {
  const headers: Record<string, string> = {};
  for (let at = 0; at < bytes.length; ) {
    const nameEnd = at + 1 + bytes.readUInt8(at);
    const name = bytes.toString("utf8", at + 1, nameEnd);
    const type = bytes.readUInt8(nameEnd);
    const fixed = FIXED_LENGTHS[type];
    const start = nameEnd + (fixed === undefined ? 3 : 1);
    const end = start + (fixed ?? bytes.readUInt16BE(nameEnd + 1));
    if (type === 7) headers[name] = bytes.toString("utf8", start, end);
    at = end;
  }
  return headers;
}

/** One frame, with headers that are strings. */
export function encodeFrame(headers: Readonly<Record<string, string>>, payload: string | Uint8Array): Buffer {
  const body = Buffer.from(payload as string); // either is taken as it is
  const fields = Buffer.concat(
    Object.entries(headers).flatMap(([name, value]) => {
      const [nameBytes, valueBytes] = [Buffer.from(name), Buffer.from(value)];
      const length = Buffer.alloc(2);
      length.writeUInt16BE(valueBytes.length);
      return [Buffer.from([nameBytes.length]), nameBytes, Buffer.from([7]), length, valueBytes];
    }),
  );
  const frame = Buffer.alloc(16 + fields.length + body.length);
  frame.writeUInt32BE(frame.length, 0);
  frame.writeUInt32BE(fields.length, 4);
  frame.writeUInt32BE(crc32(frame.subarray(0, 8)), 8);
  fields.copy(frame, 12);
  body.copy(frame, 12 + fields.length);
  frame.writeUInt32BE(crc32(frame.subarray(0, -4)), frame.length - 4);
  return frame;
}
