import { ATTR_GEN_AI_REQUEST_MODEL, ATTR_GEN_AI_RESPONSE_ID } from "@genspan/semconv";
import type { GenAISpan } from "../engine/genai-span.ts";
import { chatMessages, chatOutputMessages } from "../formats/chat-completion.ts";
import type { ChatMessage } from "../formats/chat-message.ts";
import { rawRequest, rawResponse } from "../formats/raw.ts";

/**
 * Request and response objects of OpenAI's Responses API, for `log_type` `response`: the bodies as they were, else
 * rebuilt from the messages. https://platform.openai.com/docs/api-reference/responses
 */

/** Absent without captured content. */
export function responseRequest(span: GenAISpan): unknown {
  const raw = rawRequest(span);
  if (raw !== undefined) return raw;
  const messages = chatMessages(span);
  if (messages.length === 0) return undefined;
  return { model: span.text(ATTR_GEN_AI_REQUEST_MODEL), input: messages.flatMap(toInputItems) };
}

/** Absent without captured content. */
export function responseObject(span: GenAISpan): unknown {
  const raw = rawResponse(span);
  if (raw !== undefined) return raw;
  const messages = chatOutputMessages(span);
  if (messages.length === 0) return undefined;
  return {
    id: span.text(ATTR_GEN_AI_RESPONSE_ID),
    object: "response",
    model: span.model,
    output: messages.flatMap(toOutputItems),
  };
}

function toInputItems(message: ChatMessage): readonly object[] {
  if (message.role === "tool") {
    return [{ type: "function_call_output", call_id: message.tool_call_id, output: message.content }];
  }
  const silent = message.content === null || message.content === "";
  return [...(silent ? [] : [{ role: message.role, content: message.content }]), ...functionCalls(message)];
}

function toOutputItems(message: ChatMessage): readonly object[] {
  const { role, content } = message;
  const text = typeof content === "string" && content !== "" ? [{ type: "output_text", text: content }] : [];
  return [...(text.length === 0 ? [] : [{ type: "message", role, content: text }]), ...functionCalls(message)];
}

function functionCalls(message: ChatMessage): readonly object[] {
  return (message.tool_calls ?? []).map((call) => ({ type: "function_call", call_id: call.id, ...call.function }));
}
