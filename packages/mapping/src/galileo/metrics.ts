import {
  ATTR_GEN_AI_RESPONSE_TIME_TO_FIRST_CHUNK,
  ATTR_GENSPAN_COST_PRICE_DATE,
  ATTR_GENSPAN_COST_SOURCE,
} from "@genspan/semconv";
import { defined, nonEmptyObject } from "../engine/absent.ts";
import type { GenAISpan } from "../engine/genai-span.ts";
import type { MappingInput } from "../engine/rows.ts";
import { usageOfTrace } from "../engine/trace-usage.ts";
import { ownCostOf } from "../formats/galileo/span-type.ts";
import { evaluationMetricsOf, extentOf } from "../formats/galileo/trace-values.ts";
import { errorMessageOf, errorTypeOf } from "../formats/outcome.ts";
import { nanosBetween } from "../formats/time.ts";
import type { Metrics } from "./schema.ts";

/** `metrics` takes any keys: what a span knows and no documented field has a place for. Absent when it knows none. */
export function spanMetricsOf(span: GenAISpan): Metrics | undefined {
  const { total, cacheRead, reasoning } = span.usage;
  const cost = ownCostOf(span);
  const note = cost === undefined ? {} : span.priceNote;
  const own = defined({
    time_to_first_token_ms: inMillis(span.number(ATTR_GEN_AI_RESPONSE_TIME_TO_FIRST_CHUNK)),
    tokens_total: total,
    tokens_input_cached: cacheRead,
    tokens_output_reasoning: reasoning,
    cost,
    cost_source: note[ATTR_GENSPAN_COST_SOURCE],
    cost_price_date: note[ATTR_GENSPAN_COST_PRICE_DATE],
    error: errorTypeOf(span),
    error_message: errorMessageOf(span),
  });
  const metrics = span.events.length === 0 ? own : { ...evaluationMetricsOf(span), ...own };
  return nonEmptyObject(metrics);
}

export function traceMetricsOf({ span, trace }: Pick<MappingInput<unknown>, "span" | "trace">): Metrics {
  const { input, output, cost } = usageOfTrace(trace);
  return defined({
    duration_ms: Math.round(nanosBetween(...extentOf(trace)) / 1e6),
    tokens_input: input,
    tokens_output: output,
    cost,
    error: errorTypeOf(span),
  });
}

function inMillis(seconds: number | undefined): number | undefined {
  return seconds === undefined ? undefined : Number((seconds * 1e3).toFixed(6));
}
