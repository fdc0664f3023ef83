/** https://docs.cohere.com/reference/embed, both versions. Texts and vectors are not captured. */

import * as semconv from "@genspan/semconv";
import type { Attributes } from "@opentelemetry/api";
import type { Body } from "../adapter.ts";
import { list, putCount, putTexts, record } from "../engine/read.ts";
import { putVectorLength } from "../engine/rules.ts";
import { field } from "./fields.ts";
import { putUsage } from "./usage.ts";

export function embedRequest(body: Body): Attributes {
  const attributes: Attributes = {};
  putCount(attributes, semconv.ATTR_GEN_AI_EMBEDDINGS_DIMENSION_COUNT, field(body, "outputDimension"));
  putTexts(attributes, semconv.ATTR_GEN_AI_REQUEST_ENCODING_FORMATS, field(body, "embeddingTypes"));
  return attributes;
}

/** Vectors are a list, or lists by type, of which the packed ones have other lengths. */
export function embedResponse(response: unknown): Attributes {
  const attributes: Attributes = {};
  const embeddings = field(response, "embeddings");
  const byType = record(embeddings);
  const [vector] = list(
    Array.isArray(embeddings) ? embeddings : (byType["float"] ?? byType["int8"] ?? byType["uint8"]),
  );
  putVectorLength(attributes, vector);
  putUsage(attributes, field(response, "meta"));
  delete attributes[semconv.ATTR_GEN_AI_USAGE_OUTPUT_TOKENS];
  return attributes;
}
