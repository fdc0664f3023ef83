import { ATTR_GEN_AI_RESPONSE_TIME_TO_FIRST_CHUNK } from "@genspan/semconv";
import type { GenAISpan } from "../engine/genai-span.ts";
import type { MappingInput } from "../engine/rows.ts";
import { defined } from "../formats/chat-completion.ts";
import { errorMessageOf } from "../formats/outcome.ts";
import { nanosBetween } from "../formats/time.ts";
import { errorTypeOf } from "./outcome.ts";
import type { Metrics } from "./schema.ts";
import { isModelCall, ownCostOf } from "./span-type.ts";
import { evaluationsOf, extentOf } from "./trace-values.ts";

/** `metrics` takes any keys: what a span knows and no documented field has a place for. Absent when it knows none. */
export function spanMetricsOf(span: GenAISpan): Metrics | undefined {
  const { total, cacheRead, reasoning } = span.usage;
  const metrics = {
    ...evaluationsOf(span),
    ...defined({
      time_to_first_token_ms: inMillis(span.number(ATTR_GEN_AI_RESPONSE_TIME_TO_FIRST_CHUNK)),
      tokens_total: total,
      tokens_input_cached: cacheRead,
      tokens_output_reasoning: reasoning,
      cost: ownCostOf(span),
      error: errorTypeOf(span),
      error_message: errorMessageOf(span),
    }),
  };
  return Object.keys(metrics).length === 0 ? undefined : metrics;
}

export function traceMetricsOf({ span, trace }: Pick<MappingInput<unknown>, "span" | "trace">): Metrics {
  const calls = trace.spans.filter(isModelCall);
  const usages = calls.map(({ usage }) => usage);
  const priced = calls.filter(({ usage }) => usage.total !== undefined);
  return defined({
    duration_ms: Math.round(nanosBetween(...extentOf(trace)) / 1e6),
    tokens_input: sumOf(usages.map(({ input }) => input)),
    tokens_output: sumOf(usages.map(({ output }) => output)),
    cost: priced.every(({ cost }) => cost !== undefined) ? sumOf(priced.map(({ cost }) => cost)) : undefined,
    error: errorTypeOf(span),
  });
}

/** Of what is known, without the long tail of binary fractions; `undefined` where nothing is known. */
function sumOf(numbers: readonly (number | undefined)[]): number | undefined {
  const known = numbers.filter((number) => number !== undefined);
  return known.length === 0 ? undefined : Number(known.reduce((sum, number) => sum + number, 0).toFixed(12));
}

function inMillis(seconds: number | undefined): number | undefined {
  return seconds === undefined ? undefined : Number((seconds * 1e3).toFixed(6));
}
