import * as semconv from "@genspan/semconv";
import type { Attributes } from "@opentelemetry/api";
import { isRecord, putCount, putNumber, record, type UnknownRecord } from "../engine/read.ts";

/**
 * Token usage in the spellings of Chat Completions (`prompt_tokens`), Responses and Images (`input_tokens`,
 * `input_tokens_details`), Transcriptions (`input_token_details`) and Assistants (`prompt_token_details`). OpenAI's input count includes cached tokens.
 * A modality's count is kept where the provider splits at all, that is, where it is not zero.
 */
export function putUsage(attributes: Attributes, value: unknown): void {
  if (!isRecord(value)) return;
  const details = value["prompt_tokens_details"] ?? value["input_tokens_details"];
  const input = record(details ?? value["input_token_details"] ?? value["prompt_token_details"]);
  const output = record(value["completion_tokens_details"] ?? value["output_tokens_details"]);
  putCount(attributes, semconv.ATTR_GEN_AI_USAGE_INPUT_TOKENS, value["prompt_tokens"] ?? value["input_tokens"]);
  putCount(attributes, semconv.ATTR_GEN_AI_USAGE_OUTPUT_TOKENS, outputTokens(value, output["reasoning_tokens"]));
  // DeepSeek reports the hits beside the prompt tokens, Moonshot the cached tokens.
  const cached = input["cached_tokens"] ?? value["prompt_cache_hit_tokens"] ?? value["cached_tokens"];
  putCount(attributes, semconv.ATTR_GEN_AI_USAGE_CACHE_READ_INPUT_TOKENS, cached);
  putCount(attributes, semconv.ATTR_GEN_AI_USAGE_CACHE_WRITE_INPUT_TOKENS, input["cache_write_tokens"]);
  putCount(attributes, semconv.ATTR_GEN_AI_USAGE_REASONING_OUTPUT_TOKENS, output["reasoning_tokens"]);
  // OpenRouter gives the cost in USD, Perplexity with its parts.
  putNumber(attributes, semconv.ATTR_GENSPAN_COST_USD, record(value["cost"])["total_cost"] ?? value["cost"]);
  putSome(attributes, semconv.ATTR_GEN_AI_USAGE_AUDIO_INPUT_TOKENS, input["audio_tokens"]);
  putSome(attributes, semconv.ATTR_GEN_AI_USAGE_IMAGE_INPUT_TOKENS, input["image_tokens"]);
  putSome(attributes, semconv.ATTR_GEN_AI_USAGE_TEXT_INPUT_TOKENS, input["text_tokens"]);
  putSome(attributes, semconv.ATTR_GEN_AI_USAGE_AUDIO_OUTPUT_TOKENS, output["audio_tokens"]);
  putSome(attributes, semconv.ATTR_GEN_AI_USAGE_IMAGE_OUTPUT_TOKENS, output["image_tokens"]);
  putSome(attributes, semconv.ATTR_GEN_AI_USAGE_TEXT_OUTPUT_TOKENS, output["text_tokens"]);
}

/** The conventions count reasoning as output. xAI does not: there the total is more than input and output together. */
function outputTokens(usage: UnknownRecord, reasoning: unknown): unknown {
  const output = usage["completion_tokens"] ?? usage["output_tokens"];
  const input = usage["prompt_tokens"] ?? usage["input_tokens"];
  if (typeof output !== "number" || typeof input !== "number" || typeof reasoning !== "number") return output;
  return usage["total_tokens"] === input + output + reasoning ? output + reasoning : output;
}

function putSome(attributes: Attributes, name: string, tokens: unknown): void {
  if (tokens !== 0) putCount(attributes, name, tokens);
}
