/** What a span must have, read from the recording alone and without any code of the packages under test. */
import type { Cassette } from "../../../support/cassettes.ts";
import { attributesOf } from "../../recordings/conditions.ts";
import type { ExpectedSpan } from "../../recordings/recorded-client.ts";
import { isObject, type Json, objectsIn, requestFields, responseObjects } from "../../recordings/response-objects.ts";
import { expectedInteraction } from "./expected-interaction.ts";
import { contentsOf, isVertex } from "./wire.ts";

export function expectedSpan(cassette: Cassette): ExpectedSpan {
  const objects = responseObjects(cassette);
  if (cassette.api === "interactions") return expectedInteraction(cassette, objects);
  const usage = expectedUsage(objects);
  const finishReasons = expectedFinishReasons(objects);
  const last = (name: string): unknown =>
    objects.map((object) => object[name]).findLast((value) => value !== undefined);
  const identity = {
    "gen_ai.provider.name": isVertex(cassette) ? "gcp.vertex_ai" : "gcp.gemini",
    ...(typeof last("responseId") === "string" && { "gen_ai.response.id": last("responseId") }),
    ...(typeof last("modelVersion") === "string" && { "gen_ai.response.model": last("modelVersion") }),
  };
  const unavailable = new Set<string>();
  for (const [name, tokens] of Object.entries(usage)) if (tokens === undefined) unavailable.add(name);
  for (const name of ["gen_ai.response.id", "gen_ai.response.model"]) if (!(name in identity)) unavailable.add(name);
  if (!finishReasons) unavailable.add("gen_ai.response.finish_reasons");
  return {
    usage,
    finishReasons,
    identity,
    applicable: applicableAttributes(cassette),
    unavailable,
    promptTexts: promptTexts(cassette),
    answerTexts: answerTexts(objects),
  };
}

/** The provider counts thoughts beside the candidates, and results of its own tools beside the prompt. */
function expectedUsage(objects: readonly Json[]): Readonly<Record<string, number | undefined>> {
  const counts: Json = Object.assign({}, ...objects.map((object) => object["usageMetadata"]).filter(isObject));
  const sum = (...names: readonly string[]): number | undefined => {
    const given = names.map((name) => counts[name]).filter((tokens) => typeof tokens === "number");
    return given.length > 0 ? given.reduce((total, tokens) => total + tokens, 0) : undefined;
  };
  return {
    "gen_ai.usage.input_tokens": sum("promptTokenCount", "toolUsePromptTokenCount"),
    "gen_ai.usage.output_tokens": sum("candidatesTokenCount", "thoughtsTokenCount"),
    "gen_ai.usage.cache_read.input_tokens": sum("cachedContentTokenCount"),
    "gen_ai.usage.cache_write.input_tokens": undefined,
    "gen_ai.usage.reasoning.output_tokens": sum("thoughtsTokenCount"),
  };
}

const FINISH_REASONS: Readonly<Record<string, string>> = {
  STOP: "stop",
  MAX_TOKENS: "length",
  SAFETY: "content_filter",
  RECITATION: "content_filter",
  PROHIBITED_CONTENT: "content_filter",
};

function expectedFinishReasons(objects: readonly Json[]): readonly string[] | undefined {
  const byCandidate = new Map<number, string | undefined>();
  for (const object of objects) {
    for (const [position, candidate] of objectsIn(object["candidates"]).entries()) {
      const key = typeof candidate["index"] === "number" ? candidate["index"] : position;
      const { finishReason } = candidate;
      byCandidate.set(key, typeof finishReason === "string" ? finishReason : byCandidate.get(key));
    }
  }
  const isBlocked = objects.some(({ promptFeedback }) => isObject(promptFeedback) && promptFeedback["blockReason"]);
  if (byCandidate.size === 0) return isBlocked ? ["content_filter"] : undefined;
  return [...byCandidate.values()].map((reason) => (reason ? (FINISH_REASONS[reason] ?? reason) : "error"));
}

function applicableAttributes(cassette: Cassette): ReadonlySet<string> {
  const { generationConfig } = requestFields(cassette);
  const config = isObject(generationConfig) ? generationConfig : {};
  return attributesOf(config, {
    "gen_ai.request.model": true,
    "gen_ai.request.stream": cassette.api === "streamGenerateContent",
    "gen_ai.request.temperature": "temperature",
    "gen_ai.request.top_p": "topP",
    "gen_ai.request.top_k": "topK",
    "gen_ai.request.seed": "seed",
    "gen_ai.request.max_tokens": "maxOutputTokens",
    "gen_ai.request.choice.count": (config["candidateCount"] ?? 1) !== 1,
    "gen_ai.request.stop_sequences": "stopSequences",
    "gen_ai.request.presence_penalty": "presencePenalty",
    "gen_ai.request.frequency_penalty": "frequencyPenalty",
    "gen_ai.output.type": "responseMimeType",
  });
}

/** Embedding has no content in the conventions. */
function promptTexts(cassette: Cassette): readonly string[] {
  if (/^(batchE|e)mbedContent/.test(cassette.api)) return [];
  const contents = [...contentsOf(cassette), requestFields(cassette)["systemInstruction"]].filter(isObject);
  return contents
    .flatMap(({ parts }) => objectsIn(parts))
    .flatMap(({ text }) => (typeof text === "string" && text ? [text] : []));
}

/** What the first candidate said and thought, each kind whole where nothing came between, and the tools that it called. */
function answerTexts(objects: readonly Json[]): readonly string[] {
  const texts: { kind: string; text: string }[] = [];
  for (const object of objects) {
    const [candidate = {}] = objectsIn(object["candidates"]);
    const content = isObject(candidate["content"]) ? candidate["content"] : {};
    for (const part of objectsIn(content["parts"])) {
      const { text, functionCall } = part;
      const kind = part["thought"] === true ? "thought" : "text";
      const last = texts.at(-1);
      if (typeof text === "string" && last?.kind === kind) last.text += text;
      else if (typeof text === "string") texts.push({ kind, text });
      else if (isObject(functionCall)) texts.push({ kind: "call", text: String(functionCall["name"] ?? "") });
      else texts.push({ kind: "other", text: "" });
    }
  }
  return texts.map(({ text }) => text).filter((text) => text !== "");
}
