import type { OutputMessage } from "@genspan/semconv";
import * as semconv from "@genspan/semconv";
import type { Attributes } from "@opentelemetry/api";
import { isRecord, list, putText, record } from "../engine/read.ts";
import { chatMessage } from "./chat-messages.ts";
import { finishReason } from "./finish-reason.ts";
import { putUsage } from "./usage.ts";

/** https://platform.openai.com/docs/api-reference/chat/object */
export function chatResponse(response: unknown): Attributes {
  const { service_tier, system_fingerprint } = record(response);
  const attributes = chatAnswer(response);
  putText(attributes, semconv.ATTR_OPENAI_RESPONSE_SERVICE_TIER, service_tier);
  putText(attributes, semconv.ATTR_OPENAI_RESPONSE_SYSTEM_FINGERPRINT, system_fingerprint);
  return attributes;
}

/** What every service that speaks the protocol answers. */
export function chatAnswer(response: unknown): Attributes {
  const { id, model, choices, usage } = record(response);
  const attributes: Attributes = {};
  putText(attributes, semconv.ATTR_GEN_AI_RESPONSE_ID, id);
  putText(attributes, semconv.ATTR_GEN_AI_RESPONSE_MODEL, model);
  const reasons = list(choices).map((choice) => record(choice)["finish_reason"]);
  // Some services send none at all with a whole answer: that is no error, and stays unknown.
  if (reasons.some(Boolean)) attributes[semconv.ATTR_GEN_AI_RESPONSE_FINISH_REASONS] = reasons.map(finishReason);
  putUsage(attributes, usage);
  return attributes;
}

/** One message for each choice. */
export function chatOutput(response: unknown): OutputMessage[] {
  return list(record(response)["choices"]).map((choice) => {
    const { message } = record(choice);
    return chatMessage({ ...(isRecord(message) ? message : {}), role: "assistant" });
  });
}
