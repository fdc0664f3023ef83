/**
 * Deeper than that, values are left empty. Protobuf readers take 100 nested messages by default, and a level of a map
 * is three of them.
 */
const MAX_DEPTH = 24;
const MIN_INT64 = -(2n ** 63n);
const MAX_INT64 = 2n ** 63n - 1n;

/**
 * A value as OTLP tells kinds of values apart (opentelemetry-proto, common/v1 `AnyValue`). Every wire format writes
 * these; what may not stand on the wire is decided here, once: integers are in the range of int64, texts are Unicode.
 */
export type Kind =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "bool"; readonly bool: boolean }
  | { readonly kind: "int"; readonly int: number | bigint }
  | { readonly kind: "double"; readonly double: number }
  | { readonly kind: "bytes"; readonly bytes: Uint8Array }
  | { readonly kind: "list"; readonly list: readonly unknown[] }
  | { readonly kind: "map"; readonly map: Readonly<Record<string, unknown>> }
  | { readonly kind: "empty" };

const EMPTY: Kind = { kind: "empty" };

/**
 * @param path the objects that hold this value: what holds itself is left empty where it repeats, and so is what lies
 * deeper than 24 levels.
 */
export function kindOf(value: unknown, path: readonly object[]): Kind {
  switch (typeof value) {
    case "string":
      return { kind: "text", text: value };
    case "boolean":
      return { kind: "bool", bool: value };
    case "number":
      return Number.isSafeInteger(value) ? { kind: "int", int: value } : { kind: "double", double: value };
    case "bigint":
      // Beyond 64 bits there is no integer in protobuf; as text nothing of it is lost.
      return value < MIN_INT64 || value > MAX_INT64
        ? { kind: "text", text: value.toString() }
        : { kind: "int", int: value };
    case "object":
      return value === null || path.length >= MAX_DEPTH || path.includes(value) ? EMPTY : structureOf(value);
    default:
      return EMPTY;
  }
}

function structureOf(value: object): Kind {
  if (value instanceof Uint8Array) return { kind: "bytes", bytes: value };
  if (Array.isArray(value)) return { kind: "list", list: value };
  return { kind: "map", map: value as Readonly<Record<string, unknown>> }; // any other object is its own properties
}

/** Names of attributes that are written: OTLP wants no empty ones, and leaves out what has no value. */
export function namesOf(values: Readonly<Record<string, unknown>>): string[] {
  return Object.keys(values).filter((name) => name !== "" && values[name] !== undefined);
}
