import { byName } from "../engine/by-name.ts";
import type { GenAISpan } from "../engine/genai-span.ts";
import { evaluationsOf, resultsByName } from "../formats/evaluations.ts";
import { askedMetadata, isKeptOutOfMetadata, serviceNames, Texts } from "../formats/texts.ts";
import { READ_ATTRIBUTES } from "./read-attributes.ts";

/**
 * Everything that has no field of its own, as text, which is how the vendor stores it: who runs the service, the
 * attributes that no row reads, evaluation results; then what the user asked for, which wins.
 * Content never comes here: an attribute that may hold it is mapped by a row or left out.
 */
export function metadataOf(
  span: GenAISpan,
  own: Readonly<Record<string, unknown>>,
): Readonly<Record<string, string>> | undefined {
  const metadata = new Texts();
  metadata.addAll(span.resource, serviceNames(span));
  metadata.addAll(span.attributes, span.names.where(isLeft));
  if (span.ownCost !== undefined) metadata.addAll(span.priceNote);
  addEvaluations(metadata, span);
  metadata.addAll(own);
  metadata.addAll(askedMetadata(span));
  return metadata.toObject();
}

const isLeft = byName((name) => !READ_ATTRIBUTES.has(name) && !isKeptOutOfMetadata(name));

/**
 * `evaluation.<name>`: the score, else its label; a label beside a score as `evaluation.<name>_label`. The vendor keeps
 * scores of its own, which a log cannot set.
 */
function addEvaluations(metadata: Texts, span: GenAISpan): void {
  for (const [name, result] of Object.entries(resultsByName(evaluationsOf(span))))
    metadata.add(`evaluation.${name}`, String(result));
}
