/** The texts of a recording that are content, and the search for them in a span. */
import type { Cassette } from "../../support/cassettes.ts";
import { parseJson } from "../../support/http.ts";
import { isObject, type Json, requestFields, responseObjects } from "./expected.ts";

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

function textsIn(value: unknown, isContent: boolean): readonly string[] {
  if (typeof value === "string") return isContent ? [value] : [];
  if (Array.isArray(value)) return value.flatMap((item) => textsIn(item, isContent));
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([field, inner]) => {
    if (typeof inner === "string") return CONTENT_FIELDS.has(field) ? [inner] : [];
    return textsIn(inner, CONTENT_FIELDS.has(field));
  });
}

/** Every text of at least eight characters that was asked or answered. */
export function contentTexts(cassette: Cassette): readonly string[] {
  const request = requestFields(cassette);
  const texts = [...textsIn(request, false), ...responseObjects(cassette).flatMap((object) => textsIn(object, false))];
  const model = String(request["model"] ?? "");
  return [...new Set(texts)].filter((text) => text.trim().length >= MINIMUM_LENGTH && !model.includes(text));
}

/** Content that is found anywhere in a span, given as JSON text. */
export function leakedTexts(cassette: Cassette, span: string): readonly string[] {
  return contentTexts(cassette).filter((text) => span.includes(JSON.stringify(text).slice(1, -1)));
}

/** What the model said, whole: one text for each choice or output item, also where it came in pieces. */
export function answerTexts(cassette: Cassette): readonly string[] {
  const answers = new Map<string, string>();
  const add = (key: string, text: unknown): void => {
    if (typeof text === "string" && text !== "") answers.set(key, (answers.get(key) ?? "") + text);
  };
  for (const object of responseObjects(cassette)) {
    for (const choice of list(object["choices"])) {
      const message = [choice["message"], choice["delta"]].find(isObject);
      add(`choice ${choice["index"]}`, message?.["content"] ?? choice["text"]);
      for (const call of list(message?.["tool_calls"])) {
        add(
          `tool ${choice["index"]} ${call["index"] ?? call["id"]}`,
          isObject(call["function"]) && call["function"]["name"],
        );
      }
    }
    if (object["type"] === "response.output_text.delta") {
      add(`output ${object["output_index"]} ${object["content_index"]}`, object["delta"]);
    }
    if (object["object"] === "response") addOutput(list(object["output"]), add);
  }
  return [...answers.values()];
}

function addOutput(output: readonly Json[], add: (key: string, text: unknown) => void): void {
  for (const [index, item] of output.entries()) {
    if (item["type"] === "function_call") add(`output ${index}`, item["name"]);
    for (const [part, content] of list(item["content"]).entries()) {
      if (item["type"] === "message") add(`output ${index} ${part}`, content["text"] ?? content["refusal"]);
    }
  }
}

const list = (value: unknown): readonly Json[] => (Array.isArray(value) ? value.filter(isObject) : []);

/** What was asked: the texts of prompts, messages and instructions, but not what tools were called with. */
export function promptTexts(cassette: Cassette): readonly string[] {
  const { messages, input, prompt, instructions } = requestFields(cassette);
  const walk = (value: unknown, field: string): readonly string[] => {
    if (typeof value === "string") return ["content", "text", "prompt"].includes(field) && value !== "" ? [value] : [];
    if (Array.isArray(value)) return value.flatMap((item) => walk(item, field));
    return isObject(value) ? Object.entries(value).flatMap(([name, inner]) => walk(inner, name)) : [];
  };
  const direct = [input, instructions].filter((value): value is string => typeof value === "string" && value !== "");
  return [
    ...direct,
    ...walk(messages, ""),
    ...walk(typeof input === "string" ? [] : input, ""),
    ...walk(prompt, "prompt"),
  ];
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
