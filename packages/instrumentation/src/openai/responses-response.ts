import type { OutputMessage } from "@genspan/semconv";
import * as semconv from "@genspan/semconv";
import type { Attributes } from "@opentelemetry/api";
import type { Failure } from "../adapter.ts";
import { isRecord, list, putText, record, text, type UnknownRecord } from "../engine/read.ts";
import { finishReason } from "../openai-protocol/finish-reason.ts";
import { putUsage } from "../openai-protocol/usage.ts";
import { itemParts } from "./responses-items.ts";
import { hasCompaction, idOf } from "./responses-request.ts";

/** https://platform.openai.com/docs/api-reference/responses/object */
export function responsesResponse(value: unknown): Attributes {
  const { output, usage } = record(value);
  const attributes = responseDescription(value);
  if (hasCompaction(output)) attributes[semconv.ATTR_GEN_AI_CONVERSATION_COMPACTED] = true;
  putUsage(attributes, usage);
  return attributes;
}

/** What is true of a response whoever asks for it: all but what it cost to make it. */
export function responseDescription(value: unknown): Attributes {
  const response = record(value);
  const attributes: Attributes = {};
  putText(attributes, semconv.ATTR_GEN_AI_RESPONSE_ID, response["id"]);
  putText(attributes, semconv.ATTR_GEN_AI_RESPONSE_MODEL, response["model"]);
  putText(attributes, semconv.ATTR_OPENAI_RESPONSE_SERVICE_TIER, response["service_tier"]);
  putText(attributes, semconv.ATTR_GEN_AI_CONVERSATION_ID, idOf(response["conversation"]));
  const reason = responseFinishReason(response);
  if (reason !== undefined) attributes[semconv.ATTR_GEN_AI_RESPONSE_FINISH_REASONS] = [reason];
  return attributes;
}

/**
 * A response has a status instead of a finish reason. `completed` is `tool_call` where the model waits for the
 * application's tools, as in Chat Completions. A response that still runs (background mode) has no reason yet.
 */
function responseFinishReason(response: UnknownRecord): string | undefined {
  const { status } = response;
  if (typeof status !== "string" || status === "queued" || status === "in_progress") return undefined;
  if (status === "incomplete") return finishReason(record(response["incomplete_details"])["reason"]);
  if (status === "completed" && list(response["output"]).some(isClientToolCall)) return finishReason("tool_calls");
  return finishReason(status);
}

function isClientToolCall(item: unknown): boolean {
  return isRecord(item) && itemParts(item).some((part) => part.type === "tool_call");
}

/** A model's failure arrives with HTTP status 200: the client library returns it and throws nothing. */
export function responsesFailure(value: unknown): Failure | undefined {
  const { status, error } = record(value);
  if (status !== "failed") return undefined;
  const { code, message } = record(error);
  return { type: text(code) ?? semconv.ERROR_TYPE_VALUE__OTHER, message: text(message) };
}

/** All items of the output are one choice. */
export function responsesOutput(value: unknown): OutputMessage[] {
  const parts = list(record(value)["output"]).filter(isRecord).flatMap(itemParts);
  return [{ role: "assistant", parts }];
}
