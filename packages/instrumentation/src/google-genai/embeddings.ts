import * as semconv from "@genspan/semconv";
import type { Attributes } from "@opentelemetry/api";
import type { Body } from "../adapter.ts";
import { isRecord, list, putCount, record } from "../engine/read.ts";
import { putVectorLength } from "../engine/rules.ts";

/** https://ai.google.dev/api/embeddings */
export function embedContentRequest(body: Body): Attributes {
  const attributes: Attributes = {};
  const { outputDimensionality } = record(body["config"]);
  putCount(attributes, semconv.ATTR_GEN_AI_EMBEDDINGS_DIMENSION_COUNT, outputDimensionality);
  return attributes;
}

/** Vertex AI counts the tokens of each text, newer models those of the whole request. */
export function embedContentResponse(value: unknown): Attributes {
  const { embeddings, usageMetadata } = record(value);
  const attributes: Attributes = {};
  const vectors = list(embeddings).filter(isRecord);
  const counts = vectors
    .map(({ statistics }) => record(statistics)["tokenCount"])
    .filter((it) => typeof it === "number");
  const counted = counts.length > 0 ? counts.reduce((sum, tokens) => sum + tokens, 0) : undefined;
  const input = record(usageMetadata)["promptTokenCount"] ?? counted;
  putCount(attributes, semconv.ATTR_GEN_AI_USAGE_INPUT_TOKENS, input);
  putVectorLength(attributes, vectors[0]?.["values"]);
  return attributes;
}
