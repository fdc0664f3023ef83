/** The texts of a recording that are content, and the search for them in a span. */
import type { Cassette } from "../../support/cassettes.ts";
import { parseJson } from "../../support/http.ts";
import { replayOf } from "./recorded-clients.ts";
import { isObject, requestFields, responseObjects } from "./response-objects.ts";

/** Fields whose text somebody wrote or a model said. Roles, ids, names of models and the like are none. */
const CONTENT_FIELDS = new Set([
  "arguments",
  "b64_json",
  "content",
  "delta",
  "description",
  "input",
  "instructions",
  "output",
  "output_text",
  "prompt",
  "reasoning",
  "reasoning_content",
  "refusal",
  "summary",
  "text",
  "transcript",
]);
/** Shorter texts also occur by chance. */
const MINIMUM_LENGTH = 8;

function textsIn(value: unknown, fields: ReadonlySet<string>, isContent = false): readonly string[] {
  if (typeof value === "string") return isContent ? [value] : [];
  if (Array.isArray(value)) return value.flatMap((item) => textsIn(item, fields, isContent));
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([field, inner]) => textsIn(inner, fields, fields.has(field)));
}

/** Every text of at least eight characters that was asked or answered. */
export function contentTexts(cassette: Cassette): readonly string[] {
  const replayed = replayOf(cassette);
  const own = typeof replayed === "string" ? [] : (replayed.client.contentFields ?? []);
  const fields = new Set([...CONTENT_FIELDS, ...own]);
  const request = requestFields(cassette);
  const texts = [request, ...responseObjects(cassette)].flatMap((value) => textsIn(value, fields));
  const model = String(request["model"] ?? "");
  return [...new Set(texts)].filter((text) => text.trim().length >= MINIMUM_LENGTH && !model.includes(text));
}

/** Content that is found anywhere in a span, given as JSON text. */
export function leakedTexts(cassette: Cassette, span: string): readonly string[] {
  return contentTexts(cassette).filter((text) => span.includes(JSON.stringify(text).slice(1, -1)));
}

/** All string values inside JSON text, so that an answer can be looked for as it was said. */
export function stringsIn(json: unknown): readonly string[] {
  const walk = (value: unknown): readonly string[] => {
    if (typeof value === "string") return [value];
    if (typeof value !== "object" || value === null) return [];
    return Object.values(value).flatMap(walk);
  };
  return walk(typeof json === "string" ? parseJson(json) : json);
}
