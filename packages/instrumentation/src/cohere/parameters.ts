import * as semconv from "@genspan/semconv";
import type { Attributes } from "@opentelemetry/api";
import type { Body } from "../adapter.ts";
import { putCount, putInteger, putNumber, putTexts } from "../engine/read.ts";
import { field } from "./fields.ts";

/** Parameters that chat of both versions and `generate` share. */
export function samplingParameters(body: Body): Attributes {
  const attributes: Attributes = {};
  putCount(attributes, semconv.ATTR_GEN_AI_REQUEST_MAX_TOKENS, field(body, "maxTokens"));
  putNumber(attributes, semconv.ATTR_GEN_AI_REQUEST_TEMPERATURE, body["temperature"]);
  putNumber(attributes, semconv.ATTR_GEN_AI_REQUEST_TOP_P, body["p"]);
  putCount(attributes, semconv.ATTR_GEN_AI_REQUEST_TOP_K, body["k"]);
  putNumber(attributes, semconv.ATTR_GEN_AI_REQUEST_FREQUENCY_PENALTY, field(body, "frequencyPenalty"));
  putNumber(attributes, semconv.ATTR_GEN_AI_REQUEST_PRESENCE_PENALTY, field(body, "presencePenalty"));
  putInteger(attributes, semconv.ATTR_GEN_AI_REQUEST_SEED, body["seed"]);
  putTexts(attributes, semconv.ATTR_GEN_AI_REQUEST_STOP_SEQUENCES, field(body, "stopSequences"));
  const format = field(field(body, "responseFormat"), "type");
  if (format === "json_object") attributes[semconv.ATTR_GEN_AI_OUTPUT_TYPE] = semconv.GEN_AI_OUTPUT_TYPE_VALUE_JSON;
  else if (format === "text") attributes[semconv.ATTR_GEN_AI_OUTPUT_TYPE] = semconv.GEN_AI_OUTPUT_TYPE_VALUE_TEXT;
  return attributes;
}
