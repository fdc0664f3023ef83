import * as semconv from "@genspan/semconv";
import type { Attributes } from "@opentelemetry/api";
import type { Body, MethodAdapter } from "../adapter.ts";
import { list, putCount, putText, putTexts, record } from "../engine/read.ts";
import { putVectorLength } from "../engine/rules.ts";
import { putUsage } from "./usage.ts";

/**
 * https://platform.openai.com/docs/api-reference/embeddings/create
 * The conventions' embeddings span has no content attributes: texts and vectors are not captured.
 */
export const embeddings: MethodAdapter = {
  operation: semconv.GEN_AI_OPERATION_NAME_VALUE_EMBEDDINGS,
  path: "/embeddings",
  request: embeddingsRequest,
  response: embeddingsResponse,
};

function embeddingsRequest(body: Body): Attributes {
  const attributes: Attributes = {};
  putCount(attributes, semconv.ATTR_GEN_AI_EMBEDDINGS_DIMENSION_COUNT, body["dimensions"]);
  putTexts(attributes, semconv.ATTR_GEN_AI_REQUEST_ENCODING_FORMATS, body["encoding_format"]);
  return attributes;
}

function embeddingsResponse(response: unknown): Attributes {
  const { model, data, usage } = record(response);
  const attributes: Attributes = {};
  putText(attributes, semconv.ATTR_GEN_AI_RESPONSE_MODEL, model);
  putVectorLength(attributes, record(list(data)[0])["embedding"]);
  putUsage(attributes, usage);
  delete attributes[semconv.ATTR_GEN_AI_USAGE_OUTPUT_TOKENS];
  return attributes;
}
