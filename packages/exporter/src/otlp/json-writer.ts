import { kindOf } from "./any-value.ts";
import { copyOfBytes } from "./slab.ts";

/** What JSON escapes, and halves of surrogate pairs. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what it looks for
const ESCAPED = /["\\\u0000-\u001f\ud800-\udfff]/;
/** Up to there a look for such characters costs less than `JSON.stringify`, and joining texts less than writing each. */
const SHORT = 200;
const MOST_NAMES = 2000;
const NOWHERE: readonly object[] = [];

/** One attribute name: what it is on the wire, and its last short value, since most repeat from span to span. */
interface Known {
  readonly beginning: string;
  value: string | number | boolean | undefined;
  text: string;
}

const known: Map<string, Known> = new Map();

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

  /** Empties the writer, also after something that was broken off. */
  begin(): this {
    this.#at = 0;
    this.#joined = "";
    return this;
  }

  finish(): Uint8Array {
    this.#flush();
    return copyOfBytes(this.#buffer.subarray(0, this.#at));
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
      this.#flush();
      this.#write(quote(text));
    }
    return this;
  }

  /** `KeyValue[]`. */
  attributes(values: Readonly<Record<string, unknown>>, path: readonly object[] = NOWHERE): this {
    this.#joined += "[";
    let isFirst = true;
    for (const name of Object.keys(values)) {
      const value = values[name];
      if (value === undefined || name === "") continue;
      if (!isFirst) this.#joined += ",";
      isFirst = false;
      this.#attribute(name, value, path);
    }
    this.#joined += "]";
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
    const entry = known.get(name) ?? know(name);
    const isShort = typeof value === "string" ? value.length <= SHORT : typeof value === "number";
    if (!isShort && typeof value !== "boolean") {
      this.raw(entry.beginning).value(value, path).raw("}");
      return;
    }
    const scalar = value as string | number | boolean; // as was just looked at
    if (entry.value !== scalar) {
      entry.text = `${entry.beginning}${scalarText(scalar)}}`;
      entry.value = scalar;
    }
    this.#joined += entry.text;
  }

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

function know(name: string): Known {
  const entry: Known = { beginning: `{"key":${quote(name)},"value":`, value: undefined, text: "" };
  if (known.size < MOST_NAMES) known.set(name, entry);
  return entry;
}
