import type { FinishReason } from "@genspan/semconv";
import * as semconv from "@genspan/semconv";
import type { Attributes } from "@opentelemetry/api";
import type { MethodAdapter } from "../adapter.ts";
import { list, record } from "../engine/read.ts";
import { putUsage } from "../openai-protocol/usage.ts";
import { itemMessages } from "./responses-items.ts";
import { responsesInput, responsesRequest } from "./responses-request.ts";
import { responseDescription } from "./responses-response.ts";

/**
 * `responses.compact`: a model reads a conversation and gives it back shorter, in which an encrypted item stands for what was
 * said; what it keeps of the user's own messages is part of that. https://platform.openai.com/docs/api-reference/responses/compact
 */
export const compactResponse: MethodAdapter = {
  operation: semconv.GEN_AI_OPERATION_NAME_VALUE_CHAT,
  path: "/responses/compact",
  isOptional: true,
  request: responsesRequest,
  input: responsesInput,
  response: compactedResponse,
  output: (value) => itemMessages(list(record(value)["output"])),
};

function compactedResponse(value: unknown): Attributes {
  const attributes = responseDescription(value);
  attributes[semconv.ATTR_GEN_AI_RESPONSE_FINISH_REASONS] = ["compaction" satisfies FinishReason];
  putUsage(attributes, record(value)["usage"]);
  return attributes;
}
