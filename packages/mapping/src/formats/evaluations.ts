import {
  ATTR_GEN_AI_EVALUATION_EXPLANATION,
  ATTR_GEN_AI_EVALUATION_NAME,
  ATTR_GEN_AI_EVALUATION_SCORE_LABEL,
  ATTR_GEN_AI_EVALUATION_SCORE_VALUE,
  EVENT_GEN_AI_EVALUATION_RESULT,
} from "@genspan/semconv";
import { evaluatorResult } from "../engine/dialects/reading/evaluation.ts";
import type { GenAISpan } from "../engine/genai-span.ts";

/** What a `gen_ai.evaluation.result` event says of the span that it is on: a score, a label, or both. */
export interface Evaluation {
  /** Of the metric. */
  readonly name: string;
  readonly score?: number;
  readonly label?: string;
  readonly explanation?: string;
}

/**
 * The results of evaluations that are recorded on a span, and that of a span which is an evaluation itself. One without a
 * name, or without a result, is left out.
 */
export function evaluationsOf(span: GenAISpan): readonly Evaluation[] {
  const own = evaluatorResult(span.attributes, span.name);
  return own === undefined ? recordedOn(span) : [...recordedOn(span), own];
}

function recordedOn(span: GenAISpan): readonly Evaluation[] {
  return span.events.flatMap(({ name: event, attributes = {} }) => {
    if (event !== EVENT_GEN_AI_EVALUATION_RESULT) return [];
    const name = attributes[ATTR_GEN_AI_EVALUATION_NAME];
    const score = attributes[ATTR_GEN_AI_EVALUATION_SCORE_VALUE];
    const label = attributes[ATTR_GEN_AI_EVALUATION_SCORE_LABEL];
    const explanation = attributes[ATTR_GEN_AI_EVALUATION_EXPLANATION];
    const result = {
      ...(typeof score === "number" && Number.isFinite(score) && { score }),
      ...(typeof label === "string" && label !== "" && { label }),
    };
    if (typeof name !== "string" || name === "" || Object.keys(result).length === 0) return [];
    return [{ name, ...result, ...(typeof explanation === "string" && explanation !== "" && { explanation }) }];
  });
}

/** Ends the name under which a label stands beside a score. */
export const LABEL_SUFFIX = "_label";

/** By the name of the metric: the score, else the label; where there are both, the label as `<name>_label`. */
export function resultsByName(evaluations: readonly Evaluation[]): Readonly<Record<string, string | number>> {
  const results = new Map<string, string | number>();
  for (const { name, score, label } of evaluations) {
    const result = score ?? label;
    if (result !== undefined) results.set(name, result);
    const beside = name + LABEL_SUFFIX;
    if (score !== undefined && label !== undefined && !results.has(beside)) results.set(beside, label);
  }
  return Object.fromEntries(results);
}
