import * as semconv from "@genspan/semconv";
import type { AttributeReader } from "./attribute-reader.ts";
import type { NameList, NeedsAttributes } from "./name-list.ts";
import type { Writable } from "./writable.ts";

/** The counts of {@link Usage} that are of no single modality. */
export interface TokenCounts {
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
  /** Part of `cacheWrite`: written to a cache that lasts 5 minutes (Anthropic). */
  readonly cacheWrite5m?: number;
  /** Part of `cacheWrite`: written to a cache that lasts an hour, which costs more. */
  readonly cacheWrite1h?: number;
  /** Part of `output`. */
  readonly reasoning?: number;
}

/**
 * Token counts of one span. A count that the span does not carry is absent, never 0. Every detail is a part of `input` or
 * of `output`, as the conventions count; sources that count otherwise are converted where they are read
 * (`token-algebra.ts`).
 */
export interface Usage extends TokenCounts {
  readonly text?: ModalityUsage;
  readonly image?: ModalityUsage;
  readonly audio?: ModalityUsage;
}

/** Counts of one modality. */
export interface ModalityUsage {
  /** Part of the usage's `input`. */
  readonly input?: number;
  /** Part of the usage's `output`. */
  readonly output?: number;
  /** Part of the usage's `cacheRead`. */
  readonly cacheRead?: number;
}

/** A count of the usage, or of one modality in it. */
interface Count extends NeedsAttributes {
  readonly modality?: "text" | "image" | "audio";
  readonly key: Exclude<keyof TokenCounts, "total">;
  readonly name: string;
  readonly needs: readonly string[];
}

function count(name: string, key: Count["key"], modality?: Count["modality"]): Count {
  return { name, key, needs: [name], ...(modality && { modality }) };
}

const COUNTS: readonly Count[] = [
  count(semconv.ATTR_GEN_AI_USAGE_INPUT_TOKENS, "input"),
  count(semconv.ATTR_GEN_AI_USAGE_OUTPUT_TOKENS, "output"),
  count(semconv.ATTR_GEN_AI_USAGE_CACHE_READ_INPUT_TOKENS, "cacheRead"),
  count(semconv.ATTR_GEN_AI_USAGE_CACHE_WRITE_INPUT_TOKENS, "cacheWrite"),
  count(semconv.ATTR_GENSPAN_USAGE_CACHE_WRITE_5M_INPUT_TOKENS, "cacheWrite5m"),
  count(semconv.ATTR_GENSPAN_USAGE_CACHE_WRITE_1H_INPUT_TOKENS, "cacheWrite1h"),
  count(semconv.ATTR_GEN_AI_USAGE_REASONING_OUTPUT_TOKENS, "reasoning"),
  count(semconv.ATTR_GEN_AI_USAGE_TEXT_INPUT_TOKENS, "input", "text"),
  count(semconv.ATTR_GEN_AI_USAGE_TEXT_OUTPUT_TOKENS, "output", "text"),
  count(semconv.ATTR_GEN_AI_USAGE_TEXT_CACHE_READ_INPUT_TOKENS, "cacheRead", "text"),
  count(semconv.ATTR_GEN_AI_USAGE_IMAGE_INPUT_TOKENS, "input", "image"),
  count(semconv.ATTR_GEN_AI_USAGE_IMAGE_OUTPUT_TOKENS, "output", "image"),
  count(semconv.ATTR_GEN_AI_USAGE_IMAGE_CACHE_READ_INPUT_TOKENS, "cacheRead", "image"),
  count(semconv.ATTR_GEN_AI_USAGE_AUDIO_INPUT_TOKENS, "input", "audio"),
  count(semconv.ATTR_GEN_AI_USAGE_AUDIO_OUTPUT_TOKENS, "output", "audio"),
  count(semconv.ATTR_GEN_AI_USAGE_AUDIO_CACHE_READ_INPUT_TOKENS, "cacheRead", "audio"),
];

/** Reads the counts of the GenAI conventions (section "usage" of the inference span). */
export function usageOf(span: AttributeReader & { readonly names: NameList }): Usage {
  const usage: Writable<Usage> = {};
  for (const { name, key, modality } of span.names.having(COUNTS)) {
    const value = span.number(name);
    if (value === undefined || value < 0) continue;
    let counts: Writable<TokenCounts> = usage;
    if (modality !== undefined) {
      counts = usage[modality] ?? {};
      usage[modality] = counts;
    }
    counts[key] = Math.trunc(value);
  }
  if (usage.input !== undefined || usage.output !== undefined) usage.total = (usage.input ?? 0) + (usage.output ?? 0);
  return usage;
}

/** What agents, workflows and steps say they used is the sum of the calls within them. */
const REPEATING: ReadonlySet<string> = new Set([
  "invoke_agent",
  "create_agent",
  "invoke_workflow",
  "agent_step",
  "plan",
  "execute_tool",
]);
const CLIENT = 2;

/**
 * Whether the usage of a span is that of spans within it. An agent that runs elsewhere (a span of kind CLIENT) has no
 * spans within it that anybody here could see: its usage is its own.
 */
export function repeatsUsage(operation: string | undefined, kind: number): boolean {
  return kind !== CLIENT && REPEATING.has(operation ?? "");
}
