import { StringDecoder } from "node:string_decoder";

/** A JSON value of a stream, or why there is none. */
export type ValueRead =
  | { readonly status: "read"; readonly value: unknown; readonly line: number }
  | { readonly status: "malformed"; readonly line: number; readonly reason: string };

/** Larger values do not fit beside everything else; no record or request of that size is made by anybody. */
const LARGEST = 128 * 1024 * 1024;

const QUOTE = 34;
const BACKSLASH = 92;
const NEWLINE = 10;
const COMMA = 44;

/**
 * Reads a stream of JSON values of any length in constant memory: one on each line, one after another, objects over
 * several lines, or the elements of one array. What is malformed is reported by the line on which it begins, and reading
 * goes on with the next line that begins a value.
 */
export async function* readValues(input: AsyncIterable<unknown>): AsyncGenerator<ValueRead> {
  const scanner = new Scanner();
  const decoder = new StringDecoder("utf8");
  for await (const chunk of input) {
    yield* scanner.push(typeof chunk === "string" ? chunk : decoder.write(chunk as Buffer));
  }
  yield* scanner.push(decoder.end());
  yield* scanner.end();
}

/** Finds where values begin and end, without reading what is in them. */
class Scanner {
  /** Text that belongs to a value that has begun and not ended. */
  #held = "";
  #depth = 0;
  #isInString = false;
  #isEscaped = false;
  /** Whether the values are the elements of one array, whose brackets are no value's. */
  #isArray = false;
  #isFirst = true;
  #isLineStart = true;
  #line = 1;
  #begunAt = 1;

  *push(text: string): Generator<ValueRead> {
    let from = this.#depth > 0 ? 0 : -1;
    for (let at = 0; at < text.length; at++) {
      const code = text.charCodeAt(at);
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
      const isNewValue = this.#isLineStart && code === 123 && this.#depth > 0 && !this.#isArray;
      this.#isLineStart = false;
      if (isNewValue) {
        yield this.#drop("it ends in the middle");
        from = -1;
      }
      if (this.#depth === 0) {
        if (code === 32 || code === 9 || code === 13 || code === COMMA) continue;
        if (this.#opensArray(code)) continue;
        if (code === 93 && this.#isArray) continue;
        if (code !== 123 && code !== 91) {
          const end = endOfLine(text, at);
          yield {
            status: "malformed",
            line: this.#line,
            reason: `not JSON: ${JSON.stringify(text.slice(at, at + 20))}`,
          };
          at = end - 1;
          continue;
        }
        this.#begunAt = this.#line;
        from = at;
      }
      this.#isFirst = false;
      if (code === QUOTE) this.#isInString = true;
      else if (code === 123 || code === 91) this.#depth++;
      else if (code === 125 || code === 93) {
        this.#depth--;
        if (this.#depth > 0) continue;
        const value = this.#held + text.slice(from, at + 1);
        this.#held = "";
        from = -1;
        yield this.#parse(value);
      }
    }
    if (this.#depth === 0) return;
    this.#held += text.slice(from);
    if (this.#held.length > LARGEST) yield this.#drop(`it is larger than ${LARGEST / 1024 / 1024} MB`);
  }

  *end(): Generator<ValueRead> {
    if (this.#depth > 0) yield this.#drop("it ends in the middle");
  }

  #passString(code: number): void {
    if (this.#isEscaped) this.#isEscaped = false;
    else if (code === BACKSLASH) this.#isEscaped = true;
    else if (code === QUOTE) this.#isInString = false;
  }

  /** An array is one value of the stream's only if it is not the stream itself. */
  #opensArray(code: number): boolean {
    if (code !== 91 || !this.#isFirst) return false;
    this.#isFirst = false;
    this.#isArray = true;
    return true;
  }

  #parse(text: string): ValueRead {
    try {
      return { status: "read", value: JSON.parse(text) as unknown, line: this.#begunAt };
    } catch (error) {
      return { status: "malformed", line: this.#begunAt, reason: `not JSON: ${(error as Error).message}` };
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

function endOfLine(text: string, from: number): number {
  const end = text.indexOf("\n", from);
  return end < 0 ? text.length : end;
}
