/**
 * JSON text of a value that an application or a client library made: `undefined` is `null`, an integer of any size (Bedrock's
 * client reads large ones as BigInt) is a number, and what contains itself is cut there.
 */
export function jsonText(value: unknown): string {
  try {
    return JSON.stringify(value) ?? "null";
  } catch {
    return JSON.stringify(value, withoutCircles()) ?? "null";
  }
}

type RawJson = (text: string) => unknown;

/** A BigInt as a number of its exact value; as text where the platform cannot write one (V8 before 11.4). */
export function exactNumber(value: bigint): unknown {
  const { rawJSON } = JSON as { readonly rawJSON?: RawJson };
  return rawJSON === undefined ? String(value) : rawJSON(String(value));
}

function withoutCircles(): (this: unknown, key: string, value: unknown) => unknown {
  const path: unknown[] = [];
  return function (_key, value) {
    if (typeof value === "bigint") return exactNumber(value);
    if (typeof value !== "object" || value === null) return value;
    while (path.length > 0 && path.at(-1) !== this) path.pop();
    if (path.includes(value)) return "[circular]";
    path.push(value);
    return value;
  };
}
