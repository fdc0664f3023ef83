import * as semconv from "@genspan/semconv";
import type { Attributes } from "@opentelemetry/api";
import type { Body } from "../adapter.ts";
import { putCount, putInteger, putNumber, putText, putTexts, record } from "../engine/read.ts";
import { putChoiceCount } from "../engine/rules.ts";

/** Parameters that chat completions, responses and text completions share. */
export function samplingParameters(body: Body): Attributes {
  const attributes: Attributes = {};
  const maxTokens = body["max_completion_tokens"] ?? body["max_output_tokens"] ?? body["max_tokens"];
  putCount(attributes, semconv.ATTR_GEN_AI_REQUEST_MAX_TOKENS, maxTokens);
  putNumber(attributes, semconv.ATTR_GEN_AI_REQUEST_TEMPERATURE, body["temperature"]);
  putNumber(attributes, semconv.ATTR_GEN_AI_REQUEST_TOP_P, body["top_p"]);
  // Not OpenAI's own, but services that speak its protocol take it.
  putCount(attributes, semconv.ATTR_GEN_AI_REQUEST_TOP_K, body["top_k"]);
  putNumber(attributes, semconv.ATTR_GEN_AI_REQUEST_FREQUENCY_PENALTY, body["frequency_penalty"]);
  putNumber(attributes, semconv.ATTR_GEN_AI_REQUEST_PRESENCE_PENALTY, body["presence_penalty"]);
  putInteger(attributes, semconv.ATTR_GEN_AI_REQUEST_SEED, body["seed"]);
  // OpenRouter takes the Responses form in chat completions too.
  const reasoningLevel = body["reasoning_effort"] ?? record(body["reasoning"])["effort"];
  putText(attributes, semconv.ATTR_GEN_AI_REQUEST_REASONING_LEVEL, reasoningLevel);
  putChoiceCount(attributes, body["n"]);
  putTexts(attributes, semconv.ATTR_GEN_AI_REQUEST_STOP_SEQUENCES, body["stop"]);
  return attributes;
}

/** An attribute of OpenAI's own conventions. */
export function putServiceTier(attributes: Attributes, { service_tier }: Body): void {
  if (service_tier === semconv.OPENAI_REQUEST_SERVICE_TIER_VALUE_AUTO) return;
  putText(attributes, semconv.ATTR_OPENAI_REQUEST_SERVICE_TIER, service_tier);
}

/** `response_format` of chat, `text.format` of responses. */
export function outputType(format: unknown): string | undefined {
  if (format === "text") return semconv.GEN_AI_OUTPUT_TYPE_VALUE_TEXT;
  const isJson = format === "json_object" || format === "json_schema";
  return isJson ? semconv.GEN_AI_OUTPUT_TYPE_VALUE_JSON : undefined;
}
