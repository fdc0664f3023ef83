import {
  ATTR_GEN_AI_USAGE_CACHE_READ_INPUT_TOKENS,
  ATTR_GEN_AI_USAGE_CACHE_WRITE_INPUT_TOKENS,
  ATTR_GEN_AI_USAGE_INPUT_TOKENS,
  ATTR_GEN_AI_USAGE_OUTPUT_TOKENS,
  ATTR_GEN_AI_USAGE_REASONING_OUTPUT_TOKENS,
} from "@genspan/semconv";
import type { AttributeReader } from "./attribute-reader.ts";

/** Token counts of one span. A count that the span does not carry is absent, never 0. */
export interface Usage {
  /** All input tokens, those read from and written to a cache included. */
  readonly input?: number;
  /** All output tokens, reasoning included. */
  readonly output?: number;
  /** `input + output` where either is known. */
  readonly total?: number;
  /** Part of `input`. */
  readonly cacheRead?: number;
  /** Part of `input`. */
  readonly cacheWrite?: number;
  /** Part of `output`. */
  readonly reasoning?: number;
}

/** Reads the counts of the GenAI conventions (section "usage" of the inference span). */
export function usageOf(span: AttributeReader): Usage {
  const usage: { -readonly [Key in keyof Usage]: Usage[Key] } = {};
  const set = (key: keyof Usage, name: string) => {
    const value = span.number(name);
    if (value !== undefined && value >= 0) usage[key] = Math.trunc(value);
  };
  set("input", ATTR_GEN_AI_USAGE_INPUT_TOKENS);
  set("output", ATTR_GEN_AI_USAGE_OUTPUT_TOKENS);
  set("cacheRead", ATTR_GEN_AI_USAGE_CACHE_READ_INPUT_TOKENS);
  set("cacheWrite", ATTR_GEN_AI_USAGE_CACHE_WRITE_INPUT_TOKENS);
  set("reasoning", ATTR_GEN_AI_USAGE_REASONING_OUTPUT_TOKENS);
  if (usage.input !== undefined || usage.output !== undefined) usage.total = (usage.input ?? 0) + (usage.output ?? 0);
  return usage;
}
