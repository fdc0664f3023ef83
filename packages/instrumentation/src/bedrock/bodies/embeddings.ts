import * as semconv from "@genspan/semconv";
import type { Attributes } from "@opentelemetry/api";
import type { Body } from "../../adapter.ts";
import { isRecord, list, putCount, putTexts, record } from "../../engine/read.ts";
import { putVectorLength } from "../../engine/rules.ts";
import type { BodyFormat } from "./body-format.ts";

/**
 * Titan (https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-titan-embed-text.html and `-titan-embed-mm`),
 * Cohere Embed and Nova's multimodal embeddings. Texts and vectors are not captured.
 */
export const embeddings: BodyFormat = {
  operation: semconv.GEN_AI_OPERATION_NAME_VALUE_EMBEDDINGS,
  fits: (body, model) =>
    /embed/.test(model) ||
    "inputImage" in body ||
    "embeddingTypes" in body ||
    "singleEmbeddingParams" in body ||
    ("input_type" in body && ("texts" in body || "images" in body || "inputs" in body)) ||
    ("inputText" in body && ("dimensions" in body || "normalize" in body)),
  request: embeddingsRequest,
  response: embeddingsResponse,
};

function embeddingsRequest(body: Body): Attributes {
  const attributes: Attributes = {};
  const dimensions =
    body["dimensions"] ??
    body["output_dimension"] ??
    record(body["embeddingConfig"])["outputEmbeddingLength"] ??
    record(body["singleEmbeddingParams"])["embeddingDimension"];
  putCount(attributes, semconv.ATTR_GEN_AI_EMBEDDINGS_DIMENSION_COUNT, dimensions);
  const types = body["embeddingTypes"] ?? body["embedding_types"];
  putTexts(attributes, semconv.ATTR_GEN_AI_REQUEST_ENCODING_FORMATS, types);
  return attributes;
}

function embeddingsResponse(value: unknown): Attributes {
  const response = record(value);
  const attributes: Attributes = {};
  putVectorLength(attributes, vectorOf(response));
  putCount(attributes, semconv.ATTR_GEN_AI_USAGE_INPUT_TOKENS, response["inputTextTokenCount"]);
  return attributes;
}

/**
 * The first vector: `embedding` and `embeddingsByType.float` of Titan, `embeddings[0]` and `embeddings.float[0]` of Cohere,
 * `embeddings[0].embedding` of Nova. Packed types have other lengths than the embedding.
 */
function vectorOf(response: Body): unknown {
  const { embedding, embeddingsByType, embeddings: several } = response;
  const first = list(isRecord(several) ? (several["float"] ?? several["int8"]) : several)[0];
  const candidates = [embedding, record(embeddingsByType)["float"], isRecord(first) ? first["embedding"] : first];
  return candidates.find((candidate) => Array.isArray(candidate));
}
