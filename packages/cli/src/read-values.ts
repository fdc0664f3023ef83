import { decodeText, type TextRead } from "./decode-text.ts";
import { beginningOf, jsonProblem, LONGEST_LOOKED_AT } from "./json-problem.ts";

/** A JSON object of a stream, or why there is none. */
export type ValueRead =
  | {
      readonly status: "read";
      readonly value: unknown;
      readonly line: number;
      /** Whether bytes of it were no UTF-8. */
      readonly isDamaged: boolean;
    }
  | { readonly status: "malformed"; readonly line: number; readonly reason: string };

/** Larger values do not fit beside everything else; no record or request of that size is made by anybody. */
const LARGEST = 128 * 1024 * 1024;

const QUOTE = 34;
const BACKSLASH = 92;
const NEWLINE = 10;
const COMMA = 44;
const OPEN = 123;
const CLOSE = 125;
const OPEN_LIST = 91;
const CLOSE_LIST = 93;

/**
 * Reads a stream of JSON objects of any length in constant memory: one on each line, one after another, over several
 * lines, or as the elements of arrays. What is malformed is reported by the line on which it begins, and reading goes on
 * with the next line that begins a value; within an array, with its next element.
 */
export async function* readValues(input: AsyncIterable<unknown>): AsyncGenerator<ValueRead> {
  const scanner = new Scanner();
  for await (const piece of decodeText(input)) yield* scanner.push(piece);
  yield* scanner.end();
}

/** Finds where values begin and end, without reading what is in them. */
class Scanner {
  /** Text that belongs to a value that has begun and not ended. */
  #held = "";
  #depth = 0;
  #isInString = false;
  #isEscaped = false;
  /** Arrays around the values, whose brackets are no value's. */
  #arrays = 0;
  #isLineStart = true;
  #line = 1;
  #begunAt = 1;
  #isDamaged = false;
  /** What stands where an object should; it may go on in the next chunk. */
  #stray: { text: string; readonly line: number } | undefined;

  *push({ text, isDamaged }: TextRead): Generator<ValueRead> {
    this.#isDamaged ||= isDamaged;
    let from = this.#depth > 0 ? 0 : -1;
    for (let at = 0; at < text.length; at++) {
      const code = text.charCodeAt(at);
      if (this.#stray !== undefined) {
        if (!this.#endsStray(code)) continue;
        yield this.#reported();
      }
      if (this.#isInString && code !== NEWLINE) {
        this.#passString(code);
        continue;
      }
      if (code === NEWLINE) {
        const broken = this.#isInString;
        this.#line++;
        this.#isLineStart = true;
        if (broken) {
          yield this.#drop("a text is not closed on its line");
          from = -1;
        }
        continue;
      }
      // A line that begins a value while another is open: the open one was cut.
      const isNewValue = this.#isLineStart && code === OPEN && this.#depth > 0 && this.#arrays === 0;
      this.#isLineStart = false;
      if (isNewValue) {
        yield this.#drop("it ends in the middle");
        from = -1;
      }
      if (this.#depth === 0) {
        if (this.#isBetween(code)) continue;
        if (code !== OPEN) {
          this.#stray = { text: text[at] ?? "", line: this.#line };
          this.#isInString = code === QUOTE;
          continue;
        }
        this.#begunAt = this.#line;
        from = at;
      }
      if (code === QUOTE) this.#isInString = true;
      else if (code === OPEN || code === OPEN_LIST) this.#depth++;
      else if (code === CLOSE || code === CLOSE_LIST) {
        this.#depth--;
        if (this.#depth > 0) continue;
        const value = this.#held + text.slice(from, at + 1);
        this.#held = "";
        from = -1;
        yield this.#parse(value);
      }
    }
    if (this.#depth === 0) {
      this.#isDamaged = false;
      return;
    }
    this.#held += text.slice(from);
    if (this.#held.length > LARGEST) yield this.#drop(`it is larger than ${LARGEST / 1024 / 1024} MB`);
  }

  *end(): Generator<ValueRead> {
    if (this.#stray !== undefined) yield this.#reported();
    if (this.#depth > 0) yield this.#drop("it ends in the middle");
    else if (this.#arrays > 0)
      yield { status: "malformed", line: this.#line, reason: "not JSON: an array is not closed" };
  }

  #passString(code: number): void {
    if (this.#isEscaped) this.#isEscaped = false;
    else if (code === BACKSLASH) this.#isEscaped = true;
    else if (code === QUOTE) this.#isInString = false;
  }

  /** White space, commas and the brackets of arrays around the values. */
  #isBetween(code: number): boolean {
    if (code === 32 || code === 9 || code === 13 || code === COMMA) return true;
    if (code === OPEN_LIST) this.#arrays++;
    else if (code === CLOSE_LIST && this.#arrays > 0) this.#arrays--;
    else return false;
    return true;
  }

  /** A line holds one value, an array many. */
  #endsStray(code: number): boolean {
    const stray = this.#stray;
    if (stray === undefined || code === NEWLINE) return true;
    if (this.#isInString) this.#passString(code);
    else if (this.#arrays > 0 && (code === COMMA || code === CLOSE_LIST)) return true;
    if (stray.text.length < LONGEST_LOOKED_AT) stray.text += String.fromCharCode(code);
    return false;
  }

  #reported(): ValueRead {
    const { text, line } = this.#stray ?? { text: "", line: this.#line };
    this.#stray = undefined;
    this.#isInString = false;
    this.#isEscaped = false;
    return { status: "malformed", line, reason: `not a JSON object: ${beginningOf(text)}` };
  }

  #parse(text: string): ValueRead {
    const isDamaged = this.#isDamaged && text.includes("\uFFFD");
    try {
      return { status: "read", value: JSON.parse(text) as unknown, line: this.#begunAt, isDamaged };
    } catch (error) {
      return { status: "malformed", line: this.#begunAt, reason: `not JSON: ${jsonProblem(error)}` };
    }
  }

  #drop(reason: string): ValueRead {
    this.#held = "";
    this.#depth = 0;
    this.#isInString = false;
    this.#isEscaped = false;
    return { status: "malformed", line: this.#begunAt, reason: `not JSON: ${reason}` };
  }
}
