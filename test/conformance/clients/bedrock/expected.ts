/** What a span must have, read from the recording alone and without any code of the packages under test. */
import type { Cassette } from "../../../support/cassettes.ts";
import { attributesOf } from "../../recordings/conditions.ts";
import type { ExpectedSpan } from "../../recordings/recorded-client.ts";
import { isObject, type Json, objectsIn, requestFields, responseObjects } from "../../recordings/response-objects.ts";
import { invokeChunks } from "./wire.ts";

export function expectedSpan(cassette: Cassette): ExpectedSpan {
  const objects = cassette.api === "invoke-with-response-stream" ? invokeChunks(cassette) : responseObjects(cassette);
  const usage = expectedUsage(objects);
  const finishReasons = expectedFinishReasons(objects);
  const identity = expectedIdentity(objects);
  const unavailable = new Set(Object.keys(usage).filter((name) => usage[name] === undefined));
  for (const name of ["gen_ai.response.id", "gen_ai.response.model"]) if (!(name in identity)) unavailable.add(name);
  if (!finishReasons) unavailable.add("gen_ai.response.finish_reasons");
  return {
    usage,
    finishReasons,
    identity: { "gen_ai.provider.name": "aws.bedrock", ...identity },
    applicable: applicableAttributes(cassette),
    unavailable,
    promptTexts: promptTexts(cassette),
    answerTexts: cassette.response.status === 200 ? answerTexts(objects) : [],
  };
}

const number = (value: unknown): number | undefined => (typeof value === "number" ? value : undefined);

/** Every object in which usage may stand: Converse and Nova, Anthropic, Titan, and Bedrock's own metrics at the end. */
function usages(objects: readonly Json[]): readonly Json[] {
  return objects.flatMap((object) => {
    const holders = [object, object["message"], object["metadata"]].filter(isObject);
    const own = holders.map((holder) => holder["usage"]).filter(isObject);
    const titan = "inputTextTokenCount" in object ? [titanUsage(object)] : [];
    return [...own, ...titan];
  });
}

function titanUsage(object: Json): Json {
  const [result] = objectsIn(object["results"]);
  return { input_tokens: object["inputTextTokenCount"], output_tokens: result?.["tokenCount"] };
}

/** All three report cached tokens beside the input, and the last figure of a stream is the total. */
function expectedUsage(objects: readonly Json[]): Readonly<Record<string, number | undefined>> {
  const metrics = objects.map((object) => object["amazon-bedrock-invocationMetrics"]).filter(isObject);
  const found = usages(objects);
  const all = found.length > 0 ? found : metrics;
  const last = (...names: readonly string[]): number | undefined =>
    names.flatMap((name) => all.map((usage) => number(usage[name])).filter((tokens) => tokens !== undefined)).at(-1);
  const input = last("inputTokens", "input_tokens", "inputTokenCount");
  const read = last("cacheReadInputTokenCount", "cacheReadInputTokens", "cache_read_input_tokens");
  const written = last("cacheWriteInputTokenCount", "cacheWriteInputTokens", "cache_creation_input_tokens");
  return {
    "gen_ai.usage.input_tokens": input === undefined ? undefined : input + (read ?? 0) + (written ?? 0),
    "gen_ai.usage.output_tokens": last("outputTokens", "output_tokens", "outputTokenCount"),
    "gen_ai.usage.cache_read.input_tokens": read,
    "gen_ai.usage.cache_write.input_tokens": written,
    "gen_ai.usage.reasoning.output_tokens": undefined,
  };
}

const FINISH_REASONS: Readonly<Record<string, string>> = {
  end_turn: "stop",
  stop_sequence: "stop",
  FINISH: "stop",
  LENGTH: "length",
  max_tokens: "length",
  tool_use: "tool_call",
  guardrail_intervened: "content_filter",
  content_filtered: "content_filter",
};

function expectedFinishReasons(objects: readonly Json[]): readonly string[] | undefined {
  const reasons = objects.flatMap((object) => {
    const holders = [object, object["messageStop"], object["delta"], ...objectsIn(object["results"])].filter(isObject);
    return holders.map((holder) => holder["stopReason"] ?? holder["stop_reason"] ?? holder["completionReason"]);
  });
  const reason = reasons.filter((value) => typeof value === "string").at(-1);
  return reason === undefined ? undefined : [FINISH_REASONS[reason] ?? reason];
}

/** Only Anthropic's bodies have an id and a model. */
function expectedIdentity(objects: readonly Json[]): Readonly<Record<string, unknown>> {
  const messages = objects.map((object) => (isObject(object["message"]) ? object["message"] : object));
  const { id, model } = messages.find((message) => typeof message["id"] === "string") ?? {};
  return id === undefined ? {} : { "gen_ai.response.id": id, "gen_ai.response.model": model };
}

/** Attributes whose condition holds for the recorded request. */
function applicableAttributes(cassette: Cassette): ReadonlySet<string> {
  const request = requestFields(cassette);
  const { inferenceConfig, textGenerationConfig } = request;
  const parameters = [request, inferenceConfig, textGenerationConfig].filter(isObject);
  const stops = parameters.flatMap((holder) => holder["stopSequences"] ?? holder["stop_sequences"] ?? []);
  return attributesOf(Object.assign({}, ...parameters), {
    "gen_ai.request.model": true,
    "gen_ai.request.stream": cassette.api.endsWith("-stream"),
    "gen_ai.request.max_tokens": ["maxTokens", "max_tokens", "max_new_tokens", "maxTokenCount", "max_tokens_to_sample"],
    "gen_ai.request.temperature": "temperature",
    "gen_ai.request.top_p": ["topP", "top_p", "p"],
    "gen_ai.request.top_k": ["topK", "top_k", "k"],
    "gen_ai.request.stop_sequences": stops.length > 0,
  });
}

/** Texts under the names that all families have for them. */
function promptTexts(cassette: Cassette): readonly string[] {
  const { messages, system, prompt, inputText } = requestFields(cassette);
  const walk = (value: unknown, field: string): readonly string[] => {
    if (typeof value === "string") return /^(text|content)$/.test(field) && value !== "" ? [value] : [];
    if (Array.isArray(value)) return value.flatMap((item) => walk(item, field));
    return isObject(value) ? Object.entries(value).flatMap(([name, inner]) => walk(inner, name)) : [];
  };
  const direct = [prompt, inputText].filter((value): value is string => typeof value === "string");
  return [...direct, ...walk(messages, ""), ...walk(system, "content")];
}

/** What the model said, and the tools that it called; text that follows on text is one text in Nova's streams. */
function answerTexts(objects: readonly Json[]): readonly string[] {
  const answers = new Map<string, string>();
  const add = (key: unknown, text: unknown): void => {
    if (typeof text === "string" && text !== "") answers.set(String(key), (answers.get(String(key)) ?? "") + text);
  };
  const isNova = objects.some(
    (object) => "contentBlockDelta" in object && "amazon-bedrock-invocationMetrics" in (objects.at(-1) ?? {}),
  );
  for (const object of objects) {
    const { contentBlockDelta, contentBlockStart, output, content, completion, results } = object;
    add("completion", completion);
    for (const result of objectsIn(results)) add("result", result["outputText"]);
    const message = isObject(output) && isObject(output["message"]) ? output["message"] : {};
    for (const [index, block] of [...objectsIn(message["content"]), ...objectsIn(content)].entries()) {
      add(index, block["text"] ?? (isObject(block["toolUse"]) ? block["toolUse"]["name"] : block["name"]));
    }
    if (isObject(contentBlockDelta) && isObject(contentBlockDelta["delta"])) {
      add(isNova ? "text" : contentBlockDelta["contentBlockIndex"], contentBlockDelta["delta"]["text"]);
    }
    if (isObject(contentBlockStart) && isObject(contentBlockStart["start"])) {
      const { toolUse } = contentBlockStart["start"];
      add(contentBlockStart["contentBlockIndex"], isObject(toolUse) && toolUse["name"]);
    }
    if (isObject(object["delta"])) add(object["index"], object["delta"]["text"]);
    if (isObject(object["content_block"])) add(object["index"], object["content_block"]["name"]);
  }
  return [...answers.values()];
}
