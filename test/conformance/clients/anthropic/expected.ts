/** What a span must have, read from the recording alone and without any code of the packages under test. */
import type { Cassette } from "../../../support/cassettes.ts";
import { attributesOf } from "../../recordings/conditions.ts";
import type { ExpectedSpan } from "../../recordings/recorded-client.ts";
import { isObject, type Json, objectsIn, requestFields, responseObjects } from "../../recordings/response-objects.ts";

export function expectedSpan(cassette: Cassette): ExpectedSpan {
  const objects = responseObjects(cassette);
  const usage = expectedUsage(objects);
  const messages = objects.map((object) => (isObject(object["message"]) ? object["message"] : object));
  // Some recordings hold several messages in one stream: the last one speaks for it.
  const { id, model } = messages.findLast((message) => typeof message["model"] === "string") ?? {};
  const reason = objects
    .flatMap((object) => [
      object["stop_reason"],
      isObject(object["delta"]) ? object["delta"]["stop_reason"] : undefined,
    ])
    .filter((value) => typeof value === "string")
    .at(-1);
  const unavailable = new Set(Object.keys(usage).filter((name) => usage[name] === undefined));
  if (model === undefined) for (const name of ["gen_ai.response.id", "gen_ai.response.model"]) unavailable.add(name);
  if (reason === undefined) unavailable.add("gen_ai.response.finish_reasons");
  return {
    usage,
    finishReasons: reason === undefined ? undefined : [FINISH_REASONS[reason] ?? reason],
    identity: {
      "gen_ai.provider.name": "anthropic",
      ...(model !== undefined && { "gen_ai.response.id": id, "gen_ai.response.model": model }),
    },
    applicable: applicableAttributes(cassette),
    unavailable,
    promptTexts: promptTexts(cassette),
    answerTexts: cassette.response.status === 200 ? answerTexts(objects) : [],
  };
}

const FINISH_REASONS: Readonly<Record<string, string>> = {
  end_turn: "stop",
  stop_sequence: "stop",
  max_tokens: "length",
  tool_use: "tool_call",
  refusal: "content_filter",
};

/** Cached tokens are counted beside the input; the last figure of a stream is the total. */
function expectedUsage(objects: readonly Json[]): Readonly<Record<string, number | undefined>> {
  const found = objects
    .flatMap((object) => [object["usage"], isObject(object["message"]) ? object["message"]["usage"] : undefined])
    .filter(isObject);
  const last = (name: string): number | undefined =>
    found
      .map((usage) => usage[name])
      .filter((tokens): tokens is number => typeof tokens === "number")
      .at(-1);
  const [input, read, written] = ["input_tokens", "cache_read_input_tokens", "cache_creation_input_tokens"].map(last);
  return {
    "gen_ai.usage.input_tokens": input === undefined ? undefined : input + (read ?? 0) + (written ?? 0),
    "gen_ai.usage.output_tokens": last("output_tokens"),
    "gen_ai.usage.cache_read.input_tokens": read,
    "gen_ai.usage.cache_write.input_tokens": written,
    "gen_ai.usage.reasoning.output_tokens": thinkingIn(found.at(-1)),
  };
}

/** Part of the output; older models do not say it. */
function thinkingIn(usage: Json | undefined): number | undefined {
  const details = usage?.["output_tokens_details"];
  const tokens = isObject(details) ? details["thinking_tokens"] : undefined;
  return typeof tokens === "number" ? tokens : undefined;
}

/** Attributes whose condition holds for the recorded request. */
function applicableAttributes(cassette: Cassette): ReadonlySet<string> {
  const request = requestFields(cassette);
  const config = isObject(request["output_config"]) ? request["output_config"] : {};
  return attributesOf(request, {
    "gen_ai.request.model": "model",
    "gen_ai.request.stream": request["stream"] === true,
    "gen_ai.request.max_tokens": "max_tokens",
    "gen_ai.request.temperature": "temperature",
    "gen_ai.request.top_p": "top_p",
    "gen_ai.request.top_k": "top_k",
    "gen_ai.request.stop_sequences": Array.isArray(request["stop_sequences"]) && request["stop_sequences"].length > 0,
    "gen_ai.request.reasoning.level": typeof config["effort"] === "string",
  });
}

/** Texts of blocks at any depth, and messages that are nothing but text. */
function promptTexts(cassette: Cassette): readonly string[] {
  const { messages, system } = requestFields(cassette);
  const walk = (value: unknown): readonly string[] => {
    if (Array.isArray(value)) return value.flatMap(walk);
    if (!isObject(value)) return [];
    const own = value["type"] === "text" || typeof value["role"] === "string" ? [value["text"], value["content"]] : [];
    const texts = own.filter((text): text is string => typeof text === "string" && text !== "");
    return [...texts, ...Object.values(value).flatMap(walk)];
  };
  return [...(typeof system === "string" ? [system] : []), ...walk(system), ...walk(messages)];
}

/** What the model said and thought, and the tools that it or the provider called, block by block of each message. */
function answerTexts(objects: readonly Json[]): readonly string[] {
  const answers = new Map<string, string>();
  let message = 0;
  const add = (index: unknown, text: unknown): void => {
    const key = `${message} ${index}`;
    if (typeof text === "string" && text !== "") answers.set(key, (answers.get(key) ?? "") + text);
  };
  const addBlock = (index: unknown, block: Json): void => {
    add(index, block["text"] ?? block["thinking"]);
    add(`${index} name`, block["name"]);
  };
  for (const object of objects) {
    if (object["type"] === "message_start") message++;
    for (const [index, block] of objectsIn(object["content"]).entries()) addBlock(index, block);
    if (isObject(object["content_block"])) addBlock(object["index"], object["content_block"]);
    if (isObject(object["delta"])) add(object["index"], object["delta"]["text"] ?? object["delta"]["thinking"]);
  }
  return [...answers.values()];
}
