/** Texts of a recording in OpenAI's forms that have to be found in the span where content is on. */
import type { Cassette } from "../../../support/cassettes.ts";
import { isObject, type Json, objectsIn, requestFields, responseObjects } from "../../recordings/response-objects.ts";

/** What the model said, whole: one text for each choice or output item, also where it came in pieces. */
export function answerTexts(cassette: Cassette): readonly string[] {
  const answers = new Map<string, string>();
  const add = (key: string, text: unknown): void => {
    if (typeof text === "string" && text !== "") answers.set(key, (answers.get(key) ?? "") + text);
  };
  for (const object of responseObjects(cassette)) {
    for (const choice of objectsIn(object["choices"])) {
      const message = [choice["message"], choice["delta"]].find(isObject);
      add(`choice ${choice["index"]}`, message?.["content"] ?? choice["text"]);
      for (const call of objectsIn(message?.["tool_calls"])) {
        add(
          `tool ${choice["index"]} ${call["index"] ?? call["id"]}`,
          isObject(call["function"]) && call["function"]["name"],
        );
      }
    }
    if (object["type"] === "response.output_text.delta") {
      add(`output ${object["output_index"]} ${object["content_index"]}`, object["delta"]);
    }
    if (object["object"] === "response") addOutput(objectsIn(object["output"]), add);
  }
  return [...answers.values()];
}

function addOutput(output: readonly Json[], add: (key: string, text: unknown) => void): void {
  for (const [index, item] of output.entries()) {
    if (item["type"] === "function_call") add(`output ${index}`, item["name"]);
    for (const [part, content] of objectsIn(item["content"]).entries()) {
      if (item["type"] === "message") add(`output ${index} ${part}`, content["text"] ?? content["refusal"]);
    }
  }
}

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
