import { ATTR_ERROR_TYPE, ATTR_GEN_AI_RESPONSE_TIME_TO_FIRST_CHUNK } from "@genspan/semconv";
import { from, number, unavailable } from "../../engine/readers.ts";
import type { FilledRow, Mapping } from "../../engine/rows.ts";
import type { TokenCounts } from "../../engine/usage.ts";
import { errorMessageOf, hasFailed, httpStatusOf } from "../../formats/outcome.ts";
import { hrTimeToIso, nanosBetween } from "../../formats/time.ts";
import type { MeasureFields, UsageFields } from "../fields/measures.ts";
import type { KeywordsAIOptions } from "../options.ts";

const SERVER_PRICES = "the vendor has prices of its own; `cost` is sent where it is known";

/** OpenAI's spelling only: in Anthropic's, cached tokens come on top of the input tokens and would count twice. */
const ANTHROPIC_SPELLING = "Anthropic's spelling, whose input tokens exclude cached ones; OpenAI's is sent";

const usageRows: Mapping<UsageFields, KeywordsAIOptions> = {
  prompt_tokens: tokens("gen_ai.usage.input_tokens", "input"),
  completion_tokens: tokens("gen_ai.usage.output_tokens", "output"),
  total_tokens: from("the sum of the two", ({ span }) => span.ownUsage.total),
  prompt_tokens_details: {
    source: "cached tokens",
    rows: { cached_tokens: tokens("gen_ai.usage.cache_read.input_tokens", "cacheRead") },
  },
  completion_tokens_details: {
    source: "reasoning tokens",
    rows: { reasoning_tokens: tokens("gen_ai.usage.reasoning.output_tokens", "reasoning") },
  },
  cache_creation_prompt_tokens: tokens("gen_ai.usage.cache_write.input_tokens", "cacheWrite"),
  cache_creation_input_tokens: unavailable(ANTHROPIC_SPELLING),
  cache_read_input_tokens: unavailable(ANTHROPIC_SPELLING),
};

export const measureRows: Mapping<MeasureFields, KeywordsAIOptions> = {
  start_time: from("start of the span", ({ span }) => hrTimeToIso(span.startTime)),
  timestamp: from("end of the span", ({ span }) => hrTimeToIso(span.endTime)),
  latency: from("duration of the span in seconds", ({ span }) => nanosBetween(span.startTime, span.endTime) / 1e9),
  generation_time: unavailable("another name of `latency`, which is sent"),
  time_to_first_token: number(ATTR_GEN_AI_RESPONSE_TIME_TO_FIRST_CHUNK),
  ttft: number(ATTR_GEN_AI_RESPONSE_TIME_TO_FIRST_CHUNK),
  tokens_per_second: unavailable("follows from `completion_tokens` and the times; which of them, is not documented"),
  routing_time: unavailable("a measure of the vendor's gateway"),
  usage: { source: "token counts", rows: usageRows },
  prompt_tokens: tokens("gen_ai.usage.input_tokens", "input"),
  completion_tokens: tokens("gen_ai.usage.output_tokens", "output"),
  prompt_cache_hit_tokens: tokens("gen_ai.usage.cache_read.input_tokens", "cacheRead"),
  prompt_cache_creation_tokens: tokens("gen_ai.usage.cache_write.input_tokens", "cacheWrite"),
  reasoning_tokens: tokens("gen_ai.usage.reasoning.output_tokens", "reasoning"),
  cost: from(
    "`genspan.cost.usd`, else the price list on model and usage; not of agents and workflows, which repeat their calls'",
    ({ span }) => span.ownCost,
  ),
  prompt_unit_price: unavailable(SERVER_PRICES),
  completion_unit_price: unavailable(SERVER_PRICES),
  status_code: from("`http.response.status_code`, else 500 for a failed span and 200 otherwise", ({ span }) =>
    httpStatusOf(span),
  ),
  status: from("`error` for status ERROR or an `error.type`, else `success`", ({ span }) =>
    hasFailed(span) ? "error" : "success",
  ),
  error_message: from(
    "status message, else `exception.message` of the exception event, else `error.type`",
    ({ span }) => errorMessageOf(span) ?? (hasFailed(span) ? span.text(ATTR_ERROR_TYPE) : undefined),
  ),
  warnings: unavailable("the conventions have no warnings"),
};

function tokens(name: string, key: keyof TokenCounts): FilledRow<number, unknown> {
  return from(`\`${name}\``, ({ span }) => span.ownUsage[key]);
}
