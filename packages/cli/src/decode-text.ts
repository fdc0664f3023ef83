import { isUtf8 } from "node:buffer";
import { StringDecoder } from "node:string_decoder";

/** A piece of the text of a stream. */
export interface TextRead {
  readonly text: string;
  /** Whether some of its bytes were no UTF-8: U+FFFD stands in their place. */
  readonly isDamaged: boolean;
}

/** Bytes as text: UTF-8, or UTF-16 with a byte order mark, as some shells of Windows write it. The mark is no text. */
export async function* decodeText(input: AsyncIterable<unknown>): AsyncGenerator<TextRead> {
  let decoder: StringDecoder | undefined;
  let isUtf16 = false;
  let tail: Buffer = NONE;
  for await (const chunk of input) {
    const isFirst = decoder === undefined;
    if (typeof chunk === "string") {
      decoder ??= new StringDecoder("utf8");
      yield { text: isFirst ? withoutMark(chunk) : chunk, isDamaged: false };
      continue;
    }
    const bytes = chunk as Buffer; // streams without an encoding give bytes
    if (isFirst) isUtf16 = bytes[0] === 0xff && bytes[1] === 0xfe;
    decoder ??= new StringDecoder(isUtf16 ? "utf16le" : "utf8");
    const text = decoder.write(bytes);
    const isDamaged = !isUtf16 && text.includes("\uFFFD") && !isUtf8(wholeOf(tail, bytes));
    tail = cutAtEnd(bytes);
    yield { text: isFirst ? withoutMark(text) : text, isDamaged };
  }
  const rest = decoder?.end() ?? "";
  if (rest !== "") yield { text: rest, isDamaged: true };
}

const NONE: Buffer = Buffer.alloc(0);

function withoutMark(text: string): string {
  return text.startsWith("\uFEFF") ? text.slice(1) : text;
}

/** With the beginning of a character that the chunk before was cut in, without that of one that it is cut in itself. */
function wholeOf(tail: Buffer, bytes: Buffer): Buffer {
  const all = tail.length === 0 ? bytes : Buffer.concat([tail, bytes]);
  return all.subarray(0, all.length - cutAtEnd(bytes).length);
}

/** The bytes of a character at the end that is not whole. */
function cutAtEnd(bytes: Buffer): Buffer {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte < 0x80) return NONE;
    if (byte < 0xc0) continue;
    const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
    return length > back ? bytes.subarray(bytes.length - back) : NONE;
  }
  return NONE;
}
