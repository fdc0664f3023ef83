import * as semconv from "@genspan/semconv";
import type { Attributes } from "@opentelemetry/api";
import type { Body } from "../adapter.ts";
import { put, putCount, putInteger, putNumber, putText, putTexts, record } from "../engine/read.ts";
import { putChoiceCount } from "../engine/rules.ts";
import { outputType } from "../openai-protocol/sampling-parameters.ts";

/** Parameters that chat, agents and fill-in-the-middle share, as the client writes them. */
export function parameters(body: Body): Attributes {
  const attributes: Attributes = {};
  putCount(attributes, semconv.ATTR_GEN_AI_REQUEST_MAX_TOKENS, body["maxTokens"]);
  putNumber(attributes, semconv.ATTR_GEN_AI_REQUEST_TEMPERATURE, body["temperature"]);
  putNumber(attributes, semconv.ATTR_GEN_AI_REQUEST_TOP_P, body["topP"]);
  putNumber(attributes, semconv.ATTR_GEN_AI_REQUEST_FREQUENCY_PENALTY, body["frequencyPenalty"]);
  putNumber(attributes, semconv.ATTR_GEN_AI_REQUEST_PRESENCE_PENALTY, body["presencePenalty"]);
  putInteger(attributes, semconv.ATTR_GEN_AI_REQUEST_SEED, body["randomSeed"]);
  putText(attributes, semconv.ATTR_GEN_AI_REQUEST_REASONING_LEVEL, body["reasoningEffort"]);
  // The agent whose settings take the place of a model.
  putText(attributes, semconv.ATTR_GEN_AI_AGENT_ID, body["agentId"]);
  putChoiceCount(attributes, body["n"]);
  putTexts(attributes, semconv.ATTR_GEN_AI_REQUEST_STOP_SEQUENCES, body["stop"]);
  put(attributes, semconv.ATTR_GEN_AI_OUTPUT_TYPE, outputType(record(body["responseFormat"])["type"]));
  return attributes;
}

/** `parse` and `parseStream` take a Zod schema as the format. */
export function parsedParameters(body: Body): Attributes {
  const type = semconv.GEN_AI_OUTPUT_TYPE_VALUE_JSON;
  return { ...parameters({ ...body, responseFormat: undefined }), [semconv.ATTR_GEN_AI_OUTPUT_TYPE]: type };
}
