/** What a span must have, read from the recording alone and without any code of the packages under test. */
import type { Cassette } from "../../../support/cassettes.ts";
import { attributesOf } from "../../recordings/conditions.ts";
import type { ExpectedSpan } from "../../recordings/recorded-client.ts";
import { isObject, type Json, objectsIn, requestFields, responseObjects } from "../../recordings/response-objects.ts";

export function expectedSpan(cassette: Cassette): ExpectedSpan {
  const objects = responseObjects(cassette);
  const last = objects.at(-1) ?? {};
  const number = (value: unknown): number | undefined => (typeof value === "number" ? value : undefined);
  const usage = {
    "gen_ai.usage.input_tokens": number(last["prompt_eval_count"]),
    "gen_ai.usage.output_tokens": number(last["eval_count"]),
    "gen_ai.usage.cache_read.input_tokens": undefined,
    "gen_ai.usage.cache_write.input_tokens": undefined,
    "gen_ai.usage.reasoning.output_tokens": undefined,
  };
  const { done_reason: reason, model } = last;
  const unavailable = new Set(["gen_ai.response.id"]);
  for (const [name, tokens] of Object.entries(usage)) if (tokens === undefined) unavailable.add(name);
  if (typeof reason !== "string") unavailable.add("gen_ai.response.finish_reasons");
  return {
    usage,
    finishReasons: typeof reason === "string" ? [reason] : undefined,
    identity: { "gen_ai.provider.name": "ollama", ...(model !== undefined && { "gen_ai.response.model": model }) },
    applicable: applicableAttributes(cassette),
    unavailable,
    promptTexts: promptTexts(cassette),
    answerTexts: answerTexts(objects),
  };
}

function applicableAttributes(cassette: Cassette): ReadonlySet<string> {
  const request = requestFields(cassette);
  const options = isObject(request["options"]) ? request["options"] : {};
  return attributesOf(options, {
    "gen_ai.request.model": true,
    "gen_ai.request.stream": request["stream"] === true,
    "gen_ai.request.temperature": "temperature",
    "gen_ai.request.top_p": "top_p",
    "gen_ai.request.top_k": "top_k",
    "gen_ai.request.seed": "seed",
    "gen_ai.request.max_tokens": "num_predict",
    "gen_ai.request.stop_sequences": "stop",
  });
}

function promptTexts(cassette: Cassette): readonly string[] {
  const { messages, prompt, system } = requestFields(cassette);
  const contents = objectsIn(messages).map(({ content }) => content);
  return [...contents, prompt, system].filter((text): text is string => typeof text === "string" && text !== "");
}

/** What the model thought and said, and the tools that it called. */
function answerTexts(objects: readonly Json[]): readonly string[] {
  const parts = objects.map((object) => (isObject(object["message"]) ? object["message"] : object));
  const whole = (...names: readonly string[]): string =>
    parts
      .flatMap((part) => names.map((name) => part[name]))
      .filter((text) => typeof text === "string")
      .join("");
  const tools = parts
    .flatMap((part) => objectsIn(part["tool_calls"]))
    .map((call) => call["function"])
    .filter(isObject);
  const names = tools.map(({ name }) => name).filter((name): name is string => typeof name === "string");
  return [whole("content", "response"), whole("thinking"), ...names].filter((text) => text !== "");
}
