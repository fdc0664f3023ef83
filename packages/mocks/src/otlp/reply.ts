import type { Reply } from "../intake.ts";

/**
 * The answer to a request that was taken: with `partial_success` where records were rejected, or where there is a
 * message to tell (OTLP specification, "Partial Success").
 */
export function partialSuccess(isProtobuf: boolean, counter: string, rejected: number, message: string): Reply {
  const isPlain = rejected === 0 && message === "";
  if (!isProtobuf) {
    const told = { [counter]: String(rejected), errorMessage: message };
    return { status: 200, body: isPlain ? {} : { partialSuccess: told } };
  }
  const inner = Buffer.concat([
    ...(rejected > 0 ? [Buffer.from([0x08]), varint(rejected)] : []),
    ...(message !== "" ? [field(2, Buffer.from(message))] : []),
  ]);
  return { status: 200, body: isPlain ? Buffer.alloc(0) : field(1, inner), contentType: "application/x-protobuf" };
}

function field(number: number, bytes: Buffer): Buffer {
  return Buffer.concat([Buffer.from([number * 8 + 2]), varint(bytes.length), bytes]);
}

function varint(value: number): Buffer {
  const bytes: number[] = [];
  let rest = value;
  for (; rest > 0x7f; rest = Math.floor(rest / 128)) bytes.push((rest % 128) | 0x80);
  return Buffer.from([...bytes, rest]);
}
