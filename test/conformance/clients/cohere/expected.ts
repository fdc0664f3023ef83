/** What a span must have, read from the recording alone and without any code of the packages under test. */
import type { Cassette } from "../../../support/cassettes.ts";
import { attributesOf } from "../../recordings/conditions.ts";
import type { ExpectedSpan } from "../../recordings/recorded-client.ts";
import { isObject, type Json, objectsIn, requestFields, responseObjects } from "../../recordings/response-objects.ts";

export function expectedSpan(cassette: Cassette): ExpectedSpan {
  const objects = responseObjects(cassette);
  const usage = expectedUsage(cassette, objects);
  const finishReasons = expectedFinishReasons(objects);
  const id = expectedId(cassette, objects);
  const unavailable = new Set([
    "gen_ai.response.model",
    ...Object.keys(usage).filter((name) => usage[name] === undefined),
  ]);
  if (!finishReasons) unavailable.add("gen_ai.response.finish_reasons");
  if (id === undefined) unavailable.add("gen_ai.response.id");
  const hasMessages = /^(chat|generate)$/.test(cassette.api);
  return {
    usage,
    finishReasons,
    identity: { "gen_ai.provider.name": "cohere", ...(id !== undefined && { "gen_ai.response.id": id }) },
    applicable: applicableAttributes(cassette),
    unavailable,
    promptTexts: hasMessages || cassette.api === "rerank" ? promptTexts(cassette) : [],
    answerTexts: hasMessages ? answerTexts(objects) : [],
  };
}

/** `usage` of version 2, `meta` of version 1; both at the end of a stream. */
function recordedUsage(objects: readonly Json[]): Json {
  const holders = objects.flatMap((object) => [object, object["delta"], object["response"]]).filter(isObject);
  return (
    holders
      .flatMap((holder) => [holder["usage"], holder["meta"]])
      .filter(isObject)
      .at(-1) ?? {}
  );
}

/** What is billed; cached tokens are a part of the used ones, which are only said where nothing is billed. */
function expectedUsage(cassette: Cassette, objects: readonly Json[]): Readonly<Record<string, number | undefined>> {
  const { billed_units, tokens, cached_tokens } = recordedUsage(objects);
  const counts = isObject(billed_units) ? billed_units : isObject(tokens) ? tokens : {};
  const number = (value: unknown): number | undefined => (typeof value === "number" ? value : undefined);
  return {
    "gen_ai.usage.input_tokens": number(counts["input_tokens"]),
    "gen_ai.usage.output_tokens": cassette.api === "embeddings" ? undefined : number(counts["output_tokens"]),
    "gen_ai.usage.cache_read.input_tokens": isObject(billed_units) ? undefined : number(cached_tokens),
    "gen_ai.usage.cache_write.input_tokens": undefined,
    "gen_ai.usage.reasoning.output_tokens": undefined,
  };
}

const FINISH_REASONS: Readonly<Record<string, string>> = {
  COMPLETE: "stop",
  STOP_SEQUENCE: "stop",
  MAX_TOKENS: "length",
  TOOL_CALL: "tool_call",
};

function expectedFinishReasons(objects: readonly Json[]): readonly string[] | undefined {
  const holders = objects.flatMap((object) => [object, object["delta"]]).filter(isObject);
  const reason = holders.map((holder) => holder["finish_reason"]).findLast((value) => typeof value === "string");
  return reason === undefined ? undefined : [FINISH_REASONS[String(reason)] ?? String(reason)];
}

/** The conventions have no id on embeddings. */
function expectedId(cassette: Cassette, objects: readonly Json[]): unknown {
  if (cassette.api === "embeddings") return undefined;
  const holders = objects.flatMap((object) => [object, object["response"]]).filter(isObject);
  return holders.map((holder) => holder["response_id"] ?? holder["id"]).find((value) => typeof value === "string");
}

/** Attributes whose condition holds for the recorded request. */
function applicableAttributes(cassette: Cassette): ReadonlySet<string> {
  const request = requestFields(cassette);
  return attributesOf(request, {
    "gen_ai.request.model": "model",
    "gen_ai.request.stream": request["stream"] === true,
    "gen_ai.request.seed": "seed",
    "gen_ai.request.temperature": "temperature",
    "gen_ai.request.top_p": "p",
    "gen_ai.request.top_k": "k",
    "gen_ai.request.max_tokens": "max_tokens",
    "gen_ai.request.frequency_penalty": "frequency_penalty",
    "gen_ai.request.presence_penalty": "presence_penalty",
    "gen_ai.request.stop_sequences": "stop_sequences",
    "gen_ai.embeddings.dimension.count": "output_dimension",
  });
}

function promptTexts(cassette: Cassette): readonly string[] {
  const { messages, message, prompt, preamble, query } = requestFields(cassette);
  const walk = (value: unknown, field: string): readonly string[] => {
    if (typeof value === "string") return /^(text|content)$/.test(field) && value !== "" ? [value] : [];
    if (Array.isArray(value)) return value.flatMap((item) => walk(item, field));
    return isObject(value) ? Object.entries(value).flatMap(([name, inner]) => walk(inner, name)) : [];
  };
  const direct = [message, prompt, preamble, query].filter((value): value is string => typeof value === "string");
  return [...direct, ...walk(messages, "")];
}

/** What the model said, whole, and the tools that it called. */
function answerTexts(objects: readonly Json[]): readonly string[] {
  const answers = new Map<string, string>();
  const add = (key: string, text: unknown): void => {
    if (typeof text === "string" && text !== "") answers.set(key, (answers.get(key) ?? "") + text);
  };
  for (const object of objects) {
    if (object["event_type"] !== "stream-end") add("text", object["text"]);
    const delta = isObject(object["delta"]) ? object["delta"] : {};
    const message = [object["message"], delta["message"]].find(isObject) ?? {};
    add("plan", message["tool_plan"]);
    const contents = isObject(message["content"]) ? [message["content"]] : objectsIn(message["content"]);
    for (const [index, content] of contents.entries()) add(`content ${object["index"] ?? index}`, content["text"]);
    const calls = isObject(message["tool_calls"]) ? [message["tool_calls"]] : objectsIn(message["tool_calls"]);
    for (const [index, call] of calls.entries()) {
      add(`call ${object["index"] ?? index}`, isObject(call["function"]) && call["function"]["name"]);
    }
  }
  return [...answers.values()];
}
