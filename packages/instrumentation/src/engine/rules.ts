/** What the conventions say of a value, whichever library it comes from. */

import * as semconv from "@genspan/semconv";
import type { Attributes } from "@opentelemetry/api";
import { putCount } from "./read.ts";

/** Only said where it is not one. */
export function putChoiceCount(attributes: Attributes, count: unknown): void {
  if (count !== 1) putCount(attributes, semconv.ATTR_GEN_AI_REQUEST_CHOICE_COUNT, count);
}

/** The length of a vector as it came, where it is a list of numbers. */
export function putVectorLength(attributes: Attributes, vector: unknown): void {
  if (!Array.isArray(vector) || vector.length === 0) return;
  attributes[semconv.ATTR_GEN_AI_EMBEDDINGS_DIMENSION_COUNT] = vector.length;
}
