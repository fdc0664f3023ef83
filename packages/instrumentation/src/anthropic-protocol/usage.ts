import * as semconv from "@genspan/semconv";
import type { Attributes } from "@opentelemetry/api";
import { putCount } from "../engine/read.ts";

interface InputTokens {
  /** Without cached tokens. */
  readonly input: unknown;
  readonly read: unknown;
  readonly written: unknown;
}

/**
 * For providers that report cached tokens beside the input, where the conventions count them as input. Without an input
 * count the cached ones are no sum.
 */
export function putCachedBeside(attributes: Attributes, { input, read, written }: InputTokens): void {
  if (typeof input !== "number") return;
  putCount(attributes, semconv.ATTR_GEN_AI_USAGE_INPUT_TOKENS, input + count(read) + count(written));
  putCount(attributes, semconv.ATTR_GEN_AI_USAGE_CACHE_READ_INPUT_TOKENS, read);
  putCount(attributes, semconv.ATTR_GEN_AI_USAGE_CACHE_WRITE_INPUT_TOKENS, written);
}

function count(value: unknown): number {
  return typeof value === "number" && value > 0 ? value : 0;
}
