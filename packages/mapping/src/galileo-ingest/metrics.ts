import {
  ATTR_GEN_AI_RESPONSE_TIME_TO_FIRST_CHUNK,
  ATTR_GEN_AI_USAGE_AUDIO_INPUT_TOKENS,
  ATTR_GEN_AI_USAGE_AUDIO_OUTPUT_TOKENS,
  ATTR_GEN_AI_USAGE_IMAGE_INPUT_TOKENS,
  ATTR_GEN_AI_USAGE_IMAGE_OUTPUT_TOKENS,
} from "@genspan/semconv";
import type { HrTime } from "@opentelemetry/api";
import type { GenAISpan } from "../engine/genai-span.ts";
import { from } from "../engine/readers.ts";
import { type FilledRow, type Mapping, mapRows } from "../engine/rows.ts";
import { ownCostOf } from "../formats/galileo/span-type.ts";
import { evaluationMetricsOf } from "../formats/galileo/trace-values.ts";
import { nanosBetween } from "../formats/time.ts";
import type { LlmMetricFields, LlmMetrics, MetricFields, Metrics } from "./span-types.ts";

/** Absent beyond 104 days, where it is no whole number any more: one of the times is not known. */
export function durationNanos(start: HrTime, end: HrTime): number | undefined {
  const nanos = nanosBetween(start, end);
  return nanos > Number.MAX_SAFE_INTEGER ? undefined : nanos;
}

export const metricRows: Mapping<MetricFields, unknown> = {
  duration_ns: from("duration of the span in nanoseconds", ({ span }) => durationNanos(span.startTime, span.endTime)),
};

export const llmMetricRows: Mapping<LlmMetricFields, unknown> = {
  ...metricRows,
  num_input_tokens: from("`gen_ai.usage.input_tokens`", ({ span }) => span.usage.input),
  num_output_tokens: from("`gen_ai.usage.output_tokens`", ({ span }) => span.usage.output),
  num_total_tokens: from("sum of the two, where either is known", ({ span }) => span.usage.total),
  time_to_first_token_ns: from("`gen_ai.response.time_to_first_chunk`, which is in seconds", ({ span }) => {
    const seconds = span.number(ATTR_GEN_AI_RESPONSE_TIME_TO_FIRST_CHUNK);
    return seconds === undefined || seconds < 0 ? undefined : Math.round(seconds * 1e9);
  }),
  num_image_input_tokens: count(ATTR_GEN_AI_USAGE_IMAGE_INPUT_TOKENS),
  num_image_output_tokens: count(ATTR_GEN_AI_USAGE_IMAGE_OUTPUT_TOKENS),
  num_audio_input_tokens: count(ATTR_GEN_AI_USAGE_AUDIO_INPUT_TOKENS),
  num_audio_output_tokens: count(ATTR_GEN_AI_USAGE_AUDIO_OUTPUT_TOKENS),
};

export const metricsRow: FilledRow<Metrics, unknown> = from(
  "table Metrics; beyond it `cost` (USD; not of agents and workflows, which repeat their calls'), and each `gen_ai.evaluation.result` under its name (a label beside a score as `<name>_label`)",
  (input) => {
    const metrics = withEvaluations(input.span, mapRows(metricRows, input));
    const cost = ownCostOf(input.span);
    if (cost !== undefined) metrics["cost"] = cost;
    return metrics;
  },
);

export const llmMetricsRow: FilledRow<LlmMetrics, unknown> = from(
  "table LlmMetrics; beyond it `num_cached_input_tokens`, `num_reasoning_tokens` (as Galileo's client names them), " +
    "`cost` (USD), and each `gen_ai.evaluation.result` under its name (a label beside a score as `<name>_label`)",
  (input) => {
    const { cost, usage } = input.span;
    const metrics = withEvaluations(input.span, mapRows(llmMetricRows, input));
    if (usage.cacheRead !== undefined) metrics["num_cached_input_tokens"] = usage.cacheRead;
    if (usage.reasoning !== undefined) metrics["num_reasoning_tokens"] = usage.reasoning;
    if (cost !== undefined) metrics["cost"] = cost;
    return metrics;
  },
);

/** Results of evaluations, then the metrics, which win. What rows have made is new, and may be added to. */
function withEvaluations<T extends object>(span: GenAISpan, metrics: T): T & Record<string, unknown> {
  return span.events.length === 0
    ? (metrics as T & Record<string, unknown>)
    : { ...evaluationMetricsOf(span), ...metrics };
}

function count(name: string): FilledRow<number, unknown> {
  return from(`\`${name}\``, ({ span }) => {
    const value = span.number(name);
    return value === undefined || value < 0 ? undefined : Math.trunc(value);
  });
}
