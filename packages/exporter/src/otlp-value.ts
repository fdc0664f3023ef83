/** Deeper than that, values are left empty. */
const MOST_DEPTH = 64;

/** `KeyValue[]` of OTLP/JSON; entries without a value are left out. */
export function toKeyValues(values: Readonly<Record<string, unknown>>): object[] {
  return keyValues(values, []);
}

function keyValues(values: object, path: readonly object[]): object[] {
  return Object.entries(values).flatMap(([key, value]) =>
    value === undefined ? [] : [{ key, value: toAnyValue(value, path) }],
  );
}

/** @param path the objects that hold this value: what holds itself is left empty where it repeats. */
function toAnyValue(value: unknown, path: readonly object[]): object {
  switch (typeof value) {
    case "string":
      return { stringValue: value };
    case "boolean":
      return { boolValue: value };
    case "bigint":
      return { intValue: value.toString() };
    case "number":
      if (Number.isSafeInteger(value)) return { intValue: String(value) };
      // The JSON form of protobuf spells NaN and Infinity as text.
      return { doubleValue: Number.isFinite(value) ? value : String(value) };
    case "object":
      return value === null || path.length >= MOST_DEPTH || path.includes(value) ? {} : toStructure(value, path);
    default:
      return {};
  }
}

function toStructure(value: object, path: readonly object[]): object {
  if (value instanceof Uint8Array) return { bytesValue: Buffer.from(value).toString("base64") };
  const inner = [...path, value];
  if (Array.isArray(value)) return { arrayValue: { values: value.map((item) => toAnyValue(item, inner)) } };
  return { kvlistValue: { values: keyValues(value, inner) } };
}
