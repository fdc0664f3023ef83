import type { OutputMessage } from "@genspan/semconv";
import * as semconv from "@genspan/semconv";
import type { Attributes } from "@opentelemetry/api";
import { isRecord, putText, record } from "../engine/read.ts";
import { converseMessage } from "./converse-messages.ts";
import { finishReason } from "./finish-reason.ts";
import { putUsage } from "./usage.ts";

/**
 * https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_Converse.html#API_runtime_Converse_ResponseSyntax
 * There is no id of the response; a model is only named where a prompt router chose it.
 */
export function converseResponse(value: unknown): Attributes {
  const { stopReason, usage, trace } = record(value);
  const attributes: Attributes = {};
  const { invokedModelId } = record(record(trace)["promptRouter"]);
  putText(attributes, semconv.ATTR_GEN_AI_RESPONSE_MODEL, invokedModelId);
  if (stopReason !== undefined) attributes[semconv.ATTR_GEN_AI_RESPONSE_FINISH_REASONS] = [finishReason(stopReason)];
  putUsage(attributes, usage);
  return attributes;
}

export function converseOutput(value: unknown): OutputMessage[] {
  const { message } = record(record(value)["output"]);
  return isRecord(message) ? [converseMessage({ ...message, role: "assistant" })] : [];
}
