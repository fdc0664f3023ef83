import { kindOf } from "./any-value.ts";

const MOST_NAMES = 2000;
/** `{"key":"gen_ai.system","value":` of the names that were seen; they repeat from span to span. */
const beginnings: Map<string, string> = new Map();

/**
 * A JSON string. Half a surrogate pair becomes U+FFFD: `JSON.stringify` would write it as an escape that strict
 * decoders refuse.
 */
export function quote(text: string): string {
  return JSON.stringify(text.isWellFormed() ? text : text.toWellFormed());
}

/** `KeyValue[]` of OTLP/JSON. */
export function attributesText(values: Readonly<Record<string, unknown>>, path: readonly object[] = []): string {
  let text = "";
  for (const name of Object.keys(values)) {
    const value = values[name];
    if (value === undefined || name === "") continue;
    text += `${text === "" ? "[" : ","}${beginningOf(name)}${valueText(value, path)}}`;
  }
  return text === "" ? "[]" : `${text}]`;
}

/** `AnyValue` of OTLP/JSON: 64-bit integers as text, NaN and the infinities by name. */
export function valueText(value: unknown, path: readonly object[] = []): string {
  if (typeof value === "string") return `{"stringValue":${quote(value)}}`;
  const kind = kindOf(value, path);
  switch (kind.kind) {
    case "text":
      return `{"stringValue":${quote(kind.text)}}`;
    case "bool":
      return kind.bool ? '{"boolValue":true}' : '{"boolValue":false}';
    case "int":
      return `{"intValue":"${kind.int}"}`;
    case "double":
      return Number.isFinite(kind.double) ? `{"doubleValue":${kind.double}}` : `{"doubleValue":"${kind.double}"}`;
    case "bytes":
      return `{"bytesValue":"${Buffer.from(kind.bytes).toString("base64")}"}`;
    case "list": {
      const inner = [...path, kind.list];
      return `{"arrayValue":{"values":[${kind.list.map((item) => valueText(item, inner)).join(",")}]}}`;
    }
    case "map":
      return `{"kvlistValue":{"values":${attributesText(kind.map, [...path, kind.map])}}}`;
    case "empty":
      return "{}";
  }
}

function beginningOf(name: string): string {
  const known = beginnings.get(name);
  if (known !== undefined) return known;
  const text = `{"key":${quote(name)},"value":`;
  if (beginnings.size < MOST_NAMES) beginnings.set(name, text);
  return text;
}
