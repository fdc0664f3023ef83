import { kindOf } from "./any-value.ts";
import { patternOf, type Scalar } from "./attribute-pattern.ts";
import { JsonEscaper } from "./json-escaper.ts";
import { type Entry, SlabWriter } from "./slab.ts";

/** What JSON escapes, and halves of surrogate pairs. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what it looks for
const ESCAPED = /["\\\u0000-\u001f\ud800-\udfff]/;
/** Up to there a look for such characters costs less than `JSON.stringify`, and joining texts less than writing each. */
const SHORT = 200;
const MAX_NAMES = 2000;
const NOWHERE: readonly object[] = [];

/** What stands before the values of attributes, by name. */
const beginnings: Map<string, string> = new Map();

/** One for all writers, made when the first long text comes: of the pieces that it hands out nothing is kept. */
let escaper: JsonEscaper | undefined;
let isEscaperWanted = true;

function theEscaper(): JsonEscaper | undefined {
  if (escaper !== undefined || !isEscaperWanted) return escaper;
  isEscaperWanted = false;
  try {
    escaper = new JsonEscaper();
  } catch {
    // `JSON.stringify` does the same, in more time.
  }
  return escaper;
}

/**
 * A JSON string. Half a surrogate pair becomes U+FFFD: `JSON.stringify` would write it as an escape that strict
 * decoders refuse.
 */
function quote(text: string): string {
  if (text.length <= SHORT && !ESCAPED.test(text)) return `"${text}"`;
  return JSON.stringify(text.isWellFormed() ? text : text.toWellFormed());
}

/**
 * Writes OTLP/JSON as bytes. Short texts are joined before they are written; long ones, the content of prompts, are
 * written straight away, so that nothing large is copied on the way. One writer is used again and again.
 */
export class JsonWriter {
  #buffer: Buffer = Buffer.allocUnsafe(32 * 1024);
  #at = 0;
  #joined = "";
  readonly #slabs = new SlabWriter(",");

  /** Empties the writer, also after something that was broken off. */
  begin(): this {
    this.#at = 0;
    this.#joined = "";
    return this;
  }

  finish(): Entry {
    this.#flush();
    return this.#slabs.put(this.#buffer, this.#at);
  }

  finishText(): string {
    this.#flush();
    return this.#buffer.toString("utf8", 0, this.#at);
  }

  /** Text that is JSON already. */
  raw(text: string): this {
    this.#joined += text;
    return this;
  }

  quoted(text: string): this {
    if (text.length <= SHORT) {
      this.#joined += quote(text);
    } else {
      this.#long(text);
    }
    return this;
  }

  /** `KeyValue[]`. */
  attributes(values: Readonly<Record<string, unknown>>, path: readonly object[] = NOWHERE): this {
    const names = Object.keys(values);
    const pattern = path === NOWHERE ? patternOf(names, values) : undefined;
    let separator = "[";
    for (let index = 0; index < names.length; index++) {
      const run = pattern?.runAt(index, names, values, textOf);
      if (run !== undefined) {
        this.#joined += separator;
        this.#joined += run.text;
        separator = ",";
        index = run.end - 1;
        continue;
      }
      const name = names[index] ?? "";
      const value = values[name];
      if (value === undefined || name === "") continue;
      this.#joined += separator;
      separator = ",";
      this.#attribute(name, value, path);
    }
    this.#joined += separator === "[" ? "[]" : "]";
    return this;
  }

  /** `AnyValue`: 64-bit integers as text, NaN and the infinities by name. */
  value(value: unknown, path: readonly object[] = NOWHERE): this {
    const kind = kindOf(value, path);
    switch (kind.kind) {
      case "text":
        return this.raw('{"stringValue":').quoted(kind.text).raw("}");
      case "bytes":
        return this.raw('{"bytesValue":').quoted(Buffer.from(kind.bytes).toString("base64")).raw("}");
      case "list": {
        const inner = [...path, kind.list];
        this.raw('{"arrayValue":{"values":[');
        for (const [index, item] of kind.list.entries()) this.raw(index > 0 ? "," : "").value(item, inner);
        return this.raw("]}}");
      }
      case "map":
        return this.raw('{"kvlistValue":{"values":')
          .attributes(kind.map, [...path, kind.map])
          .raw("}}");
      case "empty":
        return this.raw("{}");
      default:
        return this.raw(scalarText(kind.kind === "bool" ? kind.bool : kind.kind === "int" ? kind.int : kind.double));
    }
  }

  #attribute(name: string, value: unknown, path: readonly object[]): void {
    this.#joined += beginnings.get(name) ?? beginningOf(name);
    const isShort = typeof value === "string" ? value.length <= SHORT : typeof value === "number";
    if (isShort)
      this.#joined += scalarText(value as string | number); // as was just looked at
    else this.value(value, path);
    this.#joined += "}";
  }

  #long(text: string): void {
    const escaper = theEscaper();
    if (escaper === undefined) {
      this.#flush();
      this.#write(quote(text));
      return;
    }
    this.#joined += '"';
    this.#flush();
    escaper.escape(text, this.#copy);
    this.#joined = '"';
  }

  readonly #copy = (bytes: Buffer, begin: number, end: number): void => {
    if (this.#at + end - begin > this.#buffer.length) this.#grow(end - begin);
    this.#at += bytes.copy(this.#buffer, this.#at, begin, end);
  };

  #flush(): void {
    if (this.#joined === "") return;
    this.#write(this.#joined);
    this.#joined = "";
  }

  #write(text: string): void {
    const most = text.length * 3;
    if (this.#at + most > this.#buffer.length) this.#grow(most);
    this.#at += this.#buffer.write(text, this.#at, "utf8");
  }

  #grow(more: number): void {
    const larger = Buffer.allocUnsafe(Math.max(this.#buffer.length * 2, this.#at + more));
    this.#buffer.copy(larger, 0, 0, this.#at);
    this.#buffer = larger;
  }
}

function scalarText(value: string | number | bigint | boolean): string {
  if (typeof value === "string") return `{"stringValue":${quote(value)}}`;
  if (typeof value === "boolean") return value ? '{"boolValue":true}' : '{"boolValue":false}';
  if (typeof value === "bigint" || Number.isSafeInteger(value)) return `{"intValue":"${value}"}`;
  return Number.isFinite(value) ? `{"doubleValue":${value}}` : `{"doubleValue":"${value}"}`;
}

const textOf = (name: string, value: Scalar): string => `${beginningOf(name)}${scalarText(value)}}`;

function beginningOf(name: string): string {
  const beginning = `{"key":${quote(name)},"value":`;
  if (beginnings.size < MAX_NAMES) beginnings.set(name, beginning);
  return beginning;
}
