/**
 * Text as it is; every other value as JSON. `undefined` for nothing, for an empty text, and for what JSON cannot hold.
 * Big integers, which JSON has no place for, become text.
 */
export function jsonText(value: unknown): string | undefined {
  if (value === undefined || value === null || value === "") return undefined;
  if (typeof value === "string") return value;
  return typeof value === "number" && Number.isFinite(value) ? String(value) : json(value);
}

/** JSON of a record, or an array of several, as a request's body. @throws {TypeError} for one that contains itself. */
export function bodyText(record: object | undefined): string {
  try {
    return JSON.stringify(record);
  } catch {
    return JSON.stringify(record, bigIntAsText); // half as fast
  }
}

/** JSON of a value, texts in quotes; `undefined` for what JSON cannot hold. */
export function json(value: unknown): string | undefined {
  try {
    return JSON.stringify(value);
  } catch {
    return withBigIntegers(value);
  }
}

/** Half as fast, so that only a value that needs it is written in this way. */
function withBigIntegers(value: unknown): string | undefined {
  try {
    return JSON.stringify(value, bigIntAsText);
  } catch {
    return undefined; // a value that contains itself, or is nested too deeply
  }
}

/** For `JSON.stringify`, which throws on a big integer. */
function bigIntAsText(_key: string, value: unknown): unknown {
  return typeof value === "bigint" ? String(value) : value;
}
