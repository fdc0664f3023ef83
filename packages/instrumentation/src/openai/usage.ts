import * as semconv from "@genspan/semconv";
import type { Attributes } from "@opentelemetry/api";
import { isRecord, putNumber, record } from "../engine/read.ts";

/**
 * Token usage in the spellings of Chat Completions (`prompt_tokens`), Responses and Images (`input_tokens`,
 * `input_tokens_details`) and Transcriptions (`input_token_details`). OpenAI's input count includes cached tokens.
 * A modality's count is kept where the provider splits at all, that is, where it is not zero.
 */
export function putUsage(attributes: Attributes, value: unknown): void {
  if (!isRecord(value)) return;
  const input = record(value["prompt_tokens_details"] ?? value["input_tokens_details"] ?? value["input_token_details"]);
  const output = record(value["completion_tokens_details"] ?? value["output_tokens_details"]);
  putNumber(attributes, semconv.ATTR_GEN_AI_USAGE_INPUT_TOKENS, value["prompt_tokens"] ?? value["input_tokens"]);
  putNumber(attributes, semconv.ATTR_GEN_AI_USAGE_OUTPUT_TOKENS, value["completion_tokens"] ?? value["output_tokens"]);
  // DeepSeek reports the hits beside the prompt tokens, Moonshot the cached tokens.
  const cached = input["cached_tokens"] ?? value["prompt_cache_hit_tokens"] ?? value["cached_tokens"];
  putNumber(attributes, semconv.ATTR_GEN_AI_USAGE_CACHE_READ_INPUT_TOKENS, cached);
  putNumber(attributes, semconv.ATTR_GEN_AI_USAGE_CACHE_WRITE_INPUT_TOKENS, input["cache_write_tokens"]);
  putNumber(attributes, semconv.ATTR_GEN_AI_USAGE_REASONING_OUTPUT_TOKENS, output["reasoning_tokens"]);
  putSome(attributes, semconv.ATTR_GEN_AI_USAGE_AUDIO_INPUT_TOKENS, input["audio_tokens"]);
  putSome(attributes, semconv.ATTR_GEN_AI_USAGE_IMAGE_INPUT_TOKENS, input["image_tokens"]);
  putSome(attributes, semconv.ATTR_GEN_AI_USAGE_TEXT_INPUT_TOKENS, input["text_tokens"]);
  putSome(attributes, semconv.ATTR_GEN_AI_USAGE_AUDIO_OUTPUT_TOKENS, output["audio_tokens"]);
  putSome(attributes, semconv.ATTR_GEN_AI_USAGE_IMAGE_OUTPUT_TOKENS, output["image_tokens"]);
  putSome(attributes, semconv.ATTR_GEN_AI_USAGE_TEXT_OUTPUT_TOKENS, output["text_tokens"]);
}

function putSome(attributes: Attributes, name: string, tokens: unknown): void {
  if (tokens !== 0) putNumber(attributes, name, tokens);
}
