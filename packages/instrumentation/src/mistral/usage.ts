import * as semconv from "@genspan/semconv";
import type { Attributes } from "@opentelemetry/api";
import { putCount, record } from "../engine/read.ts";

/**
 * `UsageInfo` (https://docs.mistral.ai/api/endpoint/chat). Prompt tokens include the cached ones, completion tokens the
 * reasoning. The client renames the fields that it knows; those that it does not know keep the API's names. Cached tokens
 * are in the details, and in earlier answers in a field of their own.
 */
export function putUsage(attributes: Attributes, usage: unknown): void {
  const { promptTokens, completionTokens, ...more } = record(usage);
  const input = record(more["promptTokensDetails"] ?? more["prompt_tokens_details"] ?? more["prompt_token_details"]);
  const output = record(more["completionTokensDetails"] ?? more["completion_tokens_details"]);
  const cached =
    input["cachedTokens"] ?? input["cached_tokens"] ?? more["numCachedTokens"] ?? more["num_cached_tokens"];
  const reasoning = output["reasoningTokens"] ?? output["reasoning_tokens"];
  putCount(attributes, semconv.ATTR_GEN_AI_USAGE_INPUT_TOKENS, promptTokens);
  putCount(attributes, semconv.ATTR_GEN_AI_USAGE_OUTPUT_TOKENS, completionTokens);
  putCount(attributes, semconv.ATTR_GEN_AI_USAGE_CACHE_READ_INPUT_TOKENS, cached);
  putCount(attributes, semconv.ATTR_GEN_AI_USAGE_REASONING_OUTPUT_TOKENS, reasoning);
}
