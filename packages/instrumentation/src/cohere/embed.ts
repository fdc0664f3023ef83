/** https://docs.cohere.com/reference/embed, both versions. Texts and vectors are not captured. */

import * as semconv from "@genspan/semconv";
import type { Attributes } from "@opentelemetry/api";
import type { Body } from "../adapter.ts";
import { list, putCount, record } from "../engine/read.ts";
import { field } from "./fields.ts";
import { putUsage } from "./usage.ts";

export function embedRequest(body: Body): Attributes {
  const attributes: Attributes = {};
  putCount(attributes, semconv.ATTR_GEN_AI_EMBEDDINGS_DIMENSION_COUNT, field(body, "outputDimension"));
  const types = list(field(body, "embeddingTypes")).filter((type) => typeof type === "string");
  if (types.length > 0) attributes[semconv.ATTR_GEN_AI_REQUEST_ENCODING_FORMATS] = types;
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
  if (Array.isArray(vector) && vector.length > 0) {
    attributes[semconv.ATTR_GEN_AI_EMBEDDINGS_DIMENSION_COUNT] = vector.length;
  }
  putUsage(attributes, field(response, "meta"));
  delete attributes[semconv.ATTR_GEN_AI_USAGE_OUTPUT_TOKENS];
  return attributes;
}
