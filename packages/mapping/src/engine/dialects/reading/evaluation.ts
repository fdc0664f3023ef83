import { field, number, parsedObject, text } from "./values.ts";

type Attributes = Readonly<Record<string, unknown>>;

/** The result of a span that evaluates. */
export interface EvaluatorResult {
  readonly name: string;
  readonly score?: number;
  readonly label?: string;
  readonly explanation?: string;
}

/**
 * What an evaluator's own span says, of producers that give evaluations spans (OpenInference, Langfuse) where the
 * conventions have events: attributes of the result, else its output. `undefined` for any other span.
 */
export function evaluatorResult(attributes: Attributes, spanName: string): EvaluatorResult | undefined {
  const isEvaluator =
    attributes["openinference.span.kind"] === "EVALUATOR" || attributes["langfuse.observation.type"] === "evaluator";
  if (!isEvaluator) return undefined;
  const output = parsedObject(attributes["output.value"] ?? attributes["langfuse.observation.output"]);
  const stated = (...names: readonly string[]): unknown => {
    for (const name of names) {
      const value = attributes[`evaluation.${name}`] ?? attributes[`annotation.${name}`] ?? field(output, name);
      if (value !== undefined && value !== null) return value;
    }
    return undefined;
  };
  const score = number(stated("score", "value"));
  const label = text(stated("label"));
  if (score === undefined && label === undefined) return undefined;
  const explanation = text(stated("explanation", "reason", "comment"));
  return {
    name: text(stated("name")) ?? spanName,
    ...(score !== undefined && { score }),
    ...(label !== undefined && { label }),
    ...(explanation !== undefined && { explanation }),
  };
}
