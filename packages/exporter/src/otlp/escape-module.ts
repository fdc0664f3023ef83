/**
 * A WebAssembly module of one function, `escape(from, end, to)`: copies UTF-8 from one place of its memory to another and
 * escapes it for JSON on the way. @returns where it ended. Sixteen bytes at a time are looked at, where `JSON.stringify`
 * looks at each: of a prompt of 2 KB it takes a tenth of the time.
 *
 * Its table, at address 0, has eight bytes for each byte: what is written in its place, and in the last the length of that.
 * Opcodes: webassembly.github.io/spec/core/appendix/index-instructions.html
 */

const [FROM, END, TO, MASK, BYTES] = [0, 1, 2, 3, 4];
const [I32, V128, FUNCTION, NO_RESULT] = [0x7f, 0x7b, 0x60, 0x40];

const vector = (...items: readonly (readonly number[])[]): readonly number[] => [items.length, ...items.flat()];
/** Lengths below 16 384, as LEB128. */
const sized = (bytes: readonly number[]): readonly number[] => [
  (bytes.length & 0x7f) | 0x80,
  bytes.length >> 7,
  ...bytes,
];
const name = (text: string): readonly number[] => [text.length, ...Buffer.from(text)];

const get = (local = 0): readonly number[] => [0x20, local];
const set = (local = 0): readonly number[] => [0x21, local];
const tee = (local = 0): readonly number[] => [0x22, local];
/** Below 64, or with a second byte. */
const constant = (value: number): readonly number[] =>
  value < 64 ? [0x41, value] : [0x41, (value & 0x7f) | 0x80, value >> 7];
const ADD = [0x6a];
const LOOP = [0x03, NO_RESULT ?? 0];
const IF = [0x04, NO_RESULT ?? 0];
const ELSE = [0x05];
const CLOSE = [0x0b];
/** To the loop that the `if` around it stands in. */
const AGAIN = [0x0c, 1];

const V128_OR = [0xfd, 0x50];
const inAll = (value: number): readonly number[] => [...constant(value), 0xfd, 0x0f];
const EQUAL = [0xfd, 0x23];
const LESS = [0xfd, 0x26];

const advance = (local: number | undefined, by: readonly number[]): readonly number[] => [
  ...get(local),
  ...by,
  ...ADD,
  ...set(local),
];

const ESCAPE_ONE = [
  ...[...get(FROM), 0x2d, 0, 0, ...constant(3), 0x74, ...set(MASK)], // MASK = table entry of the byte at FROM
  ...[...get(TO), ...get(MASK), 0x29, 0, 0, 0x37, 0, 0], // its eight bytes are written,
  ...advance(TO, [...get(MASK), 0x2d, 0, 7]), // of which so many count
  ...advance(FROM, constant(1)),
];

const SIXTEEN = [
  ...[...get(TO), ...get(FROM), 0xfd, 0, 0, 0, ...tee(BYTES), 0xfd, 11, 0, 0],
  ...[...get(BYTES), ...inAll(0x22), ...EQUAL],
  ...[...get(BYTES), ...inAll(0x5c), ...EQUAL, ...V128_OR],
  ...[...get(BYTES), ...inAll(0x20), ...LESS, ...V128_OR],
  ...[0xfd, 0x64, ...tee(MASK), 0x45], // one bit for each byte; are there none?
  ...IF,
  ...[...advance(FROM, constant(16)), ...advance(TO, constant(16))],
  ...ELSE,
  ...[...get(MASK), 0x68, ...set(MASK)], // so many bytes stand as they were copied
  ...[...advance(FROM, get(MASK)), ...advance(TO, get(MASK)), ...ESCAPE_ONE],
  ...CLOSE,
];

const CODE = [
  ...[
    ...LOOP,
    ...get(FROM),
    ...constant(16),
    ...ADD,
    ...get(END),
    0x4d,
    ...IF,
    ...SIXTEEN,
    ...AGAIN,
    ...CLOSE,
    ...CLOSE,
  ],
  ...[...LOOP, ...get(FROM), ...get(END), 0x49, ...IF, ...ESCAPE_ONE, ...AGAIN, ...CLOSE, ...CLOSE],
  ...[...get(TO), ...CLOSE],
];

const section = (id: number, content: readonly number[]): readonly number[] => [id, ...sized(content)];

/** @param pages of 64 KiB of its memory. */
export function escapeModule(pages: number): Uint8Array<ArrayBuffer> {
  const i32 = [I32 ?? 0];
  return Uint8Array.from([
    ...[0, ...Buffer.from("asm"), 1, 0, 0, 0],
    ...section(1, vector([FUNCTION ?? 0, ...vector(i32, i32, i32), ...vector(i32)])),
    ...section(3, vector([0])),
    ...section(5, vector([0, pages])),
    ...section(7, vector([...name("memory"), 2, 0], [...name("escape"), 0, 0])),
    ...section(10, vector(sized([...vector([1, ...i32], [1, V128 ?? 0]), ...CODE]))),
  ]);
}
