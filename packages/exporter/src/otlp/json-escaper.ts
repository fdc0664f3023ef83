import { escapeModule } from "./escape-module.ts";

/** Characters of a text that are escaped at one go: in UTF-8 at most three bytes each, and each of these six escaped. */
const MAX_CHARACTERS = 16 * 1024;
const TABLE_BYTES = 256 * 8;
const FROM = TABLE_BYTES;
const TO = FROM + MAX_CHARACTERS * 3;
/** The last byte's eight are written whole. */
const END = TO + MAX_CHARACTERS * 3 * 6 + 8;
const PAGE_BYTES = 64 * 1024;

type Escape = (from: number, end: number, to: number) => number;

/** The part of the standard's global object that is used here; it may not be there. */
interface WebAssemblyLike {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (
    module: object,
  ) => { readonly exports: { readonly memory: { readonly buffer: ArrayBuffer }; readonly escape: Escape } };
}

/** Writes long texts as the inside of JSON strings. */
export class JsonEscaper {
  readonly #memory: Buffer;
  readonly #escape: Escape;

  /** @throws {Error} where there is no WebAssembly with SIMD, or none may be compiled, as in some workers at the edge. */
  constructor() {
    const { Module, Instance } = (globalThis as unknown as { readonly WebAssembly: WebAssemblyLike }).WebAssembly; // no type says so
    const { exports } = new Instance(new Module(escapeModule(Math.ceil(END / PAGE_BYTES))));
    this.#memory = Buffer.from(exports.memory.buffer);
    this.#escape = exports.escape;
    for (let byte = 0; byte < 256; byte++) this.#setEntry(byte);
  }

  /** @param write is given the bytes, piece after piece; they stand until it returns. */
  escape(text: string, write: (bytes: Buffer, begin: number, end: number) => void): void {
    for (let begin = 0; begin < text.length; ) {
      const end = endOfPiece(text, begin);
      const piece = begin === 0 && end === text.length ? text : text.slice(begin, end);
      const length = this.#memory.write(piece, FROM, "utf8");
      write(this.#memory, TO, this.#escape(FROM, FROM + length, TO));
      begin = end;
    }
  }

  /** Bytes of other than ASCII stand for themselves. */
  #setEntry(byte: number): void {
    const at = byte * 8;
    const escaped = byte < 0x80 ? JSON.stringify(String.fromCharCode(byte)).slice(1, -1) : undefined;
    if (escaped === undefined) this.#memory[at] = byte;
    else this.#memory.write(escaped, at, "latin1");
    this.#memory[at + 7] = escaped?.length ?? 1;
  }
}

/** A surrogate pair is not torn. */
function endOfPiece(text: string, begin: number): number {
  const end = begin + MAX_CHARACTERS;
  if (end >= text.length) return text.length;
  const last = text.charCodeAt(end - 1);
  return last >= 0xd800 && last < 0xdc00 ? end - 1 : end;
}
