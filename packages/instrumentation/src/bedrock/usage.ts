import * as semconv from "@genspan/semconv";
import type { Attributes } from "@opentelemetry/api";
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
  putInput(attributes, { input: value["inputTokens"] ?? value["inputTokenCount"], read, written });
  putCount(attributes, semconv.ATTR_GEN_AI_USAGE_OUTPUT_TOKENS, value["outputTokens"] ?? value["outputTokenCount"]);
}

interface InputTokens {
  /** Without cached tokens. */
  readonly input: unknown;
  readonly read: unknown;
  readonly written: unknown;
}

/** For providers that report cached tokens beside the input. Without an input count the cached ones are no sum. */
export function putInput(attributes: Attributes, { input, read, written }: InputTokens): void {
  if (typeof input !== "number") return;
  putCount(attributes, semconv.ATTR_GEN_AI_USAGE_INPUT_TOKENS, input + count(read) + count(written));
  putCount(attributes, semconv.ATTR_GEN_AI_USAGE_CACHE_READ_INPUT_TOKENS, read);
  putCount(attributes, semconv.ATTR_GEN_AI_USAGE_CACHE_WRITE_INPUT_TOKENS, written);
}

function count(value: unknown): number {
  return typeof value === "number" && value > 0 ? value : 0;
}
