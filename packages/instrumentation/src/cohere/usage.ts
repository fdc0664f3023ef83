import * as semconv from "@genspan/semconv";
import type { Attributes } from "@opentelemetry/api";
import { putCount } from "../engine/read.ts";
import { field } from "./fields.ts";

/**
 * `usage` of version 2, `meta` of version 1 (https://docs.cohere.com/reference/chat). Cohere reports what it bills and what
 * it used, which has its own template in it; the conventions want the billed count. Cached tokens are counted among the
 * used ones, and may be more than the billed ones: they are only said where used tokens are all there is.
 */
export function putUsage(attributes: Attributes, usage: unknown): void {
  const billed = field(usage, "billedUnits");
  const used = field(usage, "tokens");
  const billedInput = sum(field(billed, "inputTokens"), field(billed, "imageTokens"));
  putCount(attributes, semconv.ATTR_GEN_AI_USAGE_INPUT_TOKENS, billedInput ?? field(used, "inputTokens"));
  const output = field(billed, "outputTokens") ?? field(used, "outputTokens");
  putCount(attributes, semconv.ATTR_GEN_AI_USAGE_OUTPUT_TOKENS, output);
  if (billedInput !== undefined) return;
  putCount(attributes, semconv.ATTR_GEN_AI_USAGE_CACHE_READ_INPUT_TOKENS, field(usage, "cachedTokens"));
}

/** Tokens of text and of images are billed apart. */
function sum(...counts: readonly unknown[]): number | undefined {
  const known = counts.filter((tokens) => typeof tokens === "number");
  return known.length === 0 ? undefined : known.reduce((total, tokens) => total + tokens, 0);
}
