import * as semconv from "@genspan/semconv";
import type { Attributes } from "@opentelemetry/api";
import { isRecord, list, putCount, text } from "../engine/read.ts";

/** Attribute names by modality; documents and videos have none. */
type ByModality = Readonly<Record<string, string>>;
const inputNames: ByModality = {
  text: semconv.ATTR_GEN_AI_USAGE_TEXT_INPUT_TOKENS,
  image: semconv.ATTR_GEN_AI_USAGE_IMAGE_INPUT_TOKENS,
  audio: semconv.ATTR_GEN_AI_USAGE_AUDIO_INPUT_TOKENS,
};
const outputNames: ByModality = {
  text: semconv.ATTR_GEN_AI_USAGE_TEXT_OUTPUT_TOKENS,
  image: semconv.ATTR_GEN_AI_USAGE_IMAGE_OUTPUT_TOKENS,
  audio: semconv.ATTR_GEN_AI_USAGE_AUDIO_OUTPUT_TOKENS,
};
const cachedNames: ByModality = {
  text: semconv.ATTR_GEN_AI_USAGE_TEXT_CACHE_READ_INPUT_TOKENS,
  image: semconv.ATTR_GEN_AI_USAGE_IMAGE_CACHE_READ_INPUT_TOKENS,
  audio: semconv.ATTR_GEN_AI_USAGE_AUDIO_CACHE_READ_INPUT_TOKENS,
};

/**
 * `totalTokenCount = promptTokenCount + toolUsePromptTokenCount + candidatesTokenCount + thoughtsTokenCount`
 * (https://ai.google.dev/api/generate-content#UsageMetadata): cached tokens are part of the prompt, thoughts are beside the
 * candidates, and so are results of Google's own tools beside the prompt. The conventions count the latter two in.
 */
export function putUsage(attributes: Attributes, value: unknown): void {
  if (!isRecord(value)) return;
  const { promptTokenCount, toolUsePromptTokenCount, candidatesTokenCount, thoughtsTokenCount } = value;
  putCount(attributes, semconv.ATTR_GEN_AI_USAGE_INPUT_TOKENS, sum(promptTokenCount, toolUsePromptTokenCount));
  putCount(attributes, semconv.ATTR_GEN_AI_USAGE_OUTPUT_TOKENS, sum(candidatesTokenCount, thoughtsTokenCount));
  putCount(attributes, semconv.ATTR_GEN_AI_USAGE_CACHE_READ_INPUT_TOKENS, value["cachedContentTokenCount"]);
  putCount(attributes, semconv.ATTR_GEN_AI_USAGE_REASONING_OUTPUT_TOKENS, thoughtsTokenCount);
  const inputDetails = [...list(value["promptTokensDetails"]), ...list(value["toolUsePromptTokensDetails"])];
  putDetails(attributes, inputNames, inputDetails);
  // Vertex AI calls the details of an answer `candidatesTokensDetails`, other surfaces `responseTokensDetails`.
  putDetails(attributes, outputNames, value["candidatesTokensDetails"] ?? value["responseTokensDetails"]);
  putDetails(attributes, cachedNames, value["cacheTokensDetails"]);
}

/**
 * The same of interactions (https://ai.google.dev/api/interactions-api#Resource:Usage):
 * `total_tokens = total_input_tokens + total_tool_use_tokens + total_output_tokens + total_thought_tokens`.
 */
export function putInteractionUsage(attributes: Attributes, value: unknown): void {
  if (!isRecord(value)) return;
  // Of 1.x.
  const thoughts = value["total_thought_tokens"] ?? value["total_reasoning_tokens"];
  const input = sum(value["total_input_tokens"], value["total_tool_use_tokens"]);
  putCount(attributes, semconv.ATTR_GEN_AI_USAGE_INPUT_TOKENS, input);
  putCount(attributes, semconv.ATTR_GEN_AI_USAGE_OUTPUT_TOKENS, sum(value["total_output_tokens"], thoughts));
  putCount(attributes, semconv.ATTR_GEN_AI_USAGE_CACHE_READ_INPUT_TOKENS, value["total_cached_tokens"]);
  putCount(attributes, semconv.ATTR_GEN_AI_USAGE_REASONING_OUTPUT_TOKENS, thoughts);
  const inputDetails = [...list(value["input_tokens_by_modality"]), ...list(value["tool_use_tokens_by_modality"])];
  putDetails(attributes, inputNames, inputDetails);
  putDetails(attributes, outputNames, value["output_tokens_by_modality"]);
  putDetails(attributes, cachedNames, value["cached_tokens_by_modality"]);
}

/** Absent where both are: a figure that was not given is not zero. */
function sum(first: unknown, second: unknown): number | undefined {
  if (typeof first !== "number") return typeof second === "number" ? second : undefined;
  return first + (typeof second === "number" ? second : 0);
}

/** `[{ modality: "TEXT", tokenCount: 8 }]`, of interactions `[{ modality: "text", tokens: 8 }]`. */
function putDetails(attributes: Attributes, names: ByModality, details: unknown): void {
  const tokensByName = new Map<string, number>();
  for (const detail of list(details)) {
    if (!isRecord(detail)) continue;
    const name = names[text(detail["modality"])?.toLowerCase() ?? ""];
    const tokens = detail["tokenCount"] ?? detail["tokens"];
    if (name !== undefined && typeof tokens === "number")
      tokensByName.set(name, (tokensByName.get(name) ?? 0) + tokens);
  }
  for (const [name, tokens] of tokensByName) if (tokens !== 0) putCount(attributes, name, tokens);
}
