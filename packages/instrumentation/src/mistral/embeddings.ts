import * as semconv from "@genspan/semconv";
import type { Attributes } from "@opentelemetry/api";
import type { Body } from "../adapter.ts";
import { list, putCount, putText, putTexts, record } from "../engine/read.ts";
import { putVectorLength } from "../engine/rules.ts";
import { putUsage } from "./usage.ts";

/** https://docs.mistral.ai/api/endpoint/embeddings. The conventions' embeddings span has no content attributes. */
export function embeddingsRequest(body: Body): Attributes {
  const attributes: Attributes = {};
  putCount(attributes, semconv.ATTR_GEN_AI_EMBEDDINGS_DIMENSION_COUNT, body["outputDimension"]);
  putTexts(attributes, semconv.ATTR_GEN_AI_REQUEST_ENCODING_FORMATS, body["encodingFormat"]);
  return attributes;
}

export function embeddingsResponse(response: unknown): Attributes {
  const { model, data, usage } = record(response);
  const attributes: Attributes = {};
  putText(attributes, semconv.ATTR_GEN_AI_RESPONSE_MODEL, model);
  putVectorLength(attributes, record(list(data)[0])["embedding"]);
  putUsage(attributes, usage);
  delete attributes[semconv.ATTR_GEN_AI_USAGE_OUTPUT_TOKENS];
  return attributes;
}
