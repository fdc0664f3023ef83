import * as semconv from "@genspan/semconv";
import type { Attributes } from "@opentelemetry/api";
import { putCachedBeside } from "../anthropic-protocol/usage.ts";
import { isRecord, putCount } from "../engine/read.ts";

/**
 * Converse and Nova report cached tokens beside the input: `totalTokens = inputTokens + cacheReadInputTokens +
 * cacheWriteInputTokens + outputTokens` (https://docs.aws.amazon.com/bedrock/latest/userguide/prompt-caching.html). The
 * conventions count them as input. Reasoning is part of the output and not reported by itself. InvokeModel names the
 * cached tokens `...TokenCount`, its stream metrics all of them.
 */
export function putUsage(attributes: Attributes, value: unknown): void {
  if (!isRecord(value)) return;
  const read = value["cacheReadInputTokens"] ?? value["cacheReadInputTokenCount"];
  const written = value["cacheWriteInputTokens"] ?? value["cacheWriteInputTokenCount"];
  putCachedBeside(attributes, { input: value["inputTokens"] ?? value["inputTokenCount"], read, written });
  putCount(attributes, semconv.ATTR_GEN_AI_USAGE_OUTPUT_TOKENS, value["outputTokens"] ?? value["outputTokenCount"]);
}
