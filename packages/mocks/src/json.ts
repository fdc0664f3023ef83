/** The value of a JSON text, or undefined where it is none. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export type JsonObject = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The texts of a value at any depth that hold half of a surrogate pair: strict decoders refuse them. */
export function malformedTexts(value: unknown, path = ""): readonly string[] {
  if (typeof value === "string") return value.isWellFormed() ? [] : [`${path}: half of a surrogate pair`];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => malformedTexts(inner, path === "" ? key : `${path}.${key}`));
}
