import {
  ATTR_GEN_AI_MEMORY_QUERY_TEXT,
  ATTR_GEN_AI_MEMORY_RECORDS,
  ATTR_GEN_AI_RETRIEVAL_DOCUMENTS,
  ATTR_GEN_AI_RETRIEVAL_QUERY_TEXT,
  ATTR_GEN_AI_TOOL_CALL_ARGUMENTS,
  ATTR_GEN_AI_TOOL_CALL_RESULT,
} from "@genspan/semconv";
import type { GenAISpan } from "../engine/genai-span.ts";
import { json, jsonText } from "../engine/json-text.ts";
import { isObject } from "../engine/message-guards.ts";
import { chatMessages, chatOutputMessages } from "../formats/chat-completion.ts";
import type { ChatMessage } from "../formats/chat-message.ts";
import { rawRequestField, rawResponse } from "../formats/raw.ts";
import type { LogType } from "./log-type.ts";
import { responseObject, responseRequest } from "./responses.ts";

/**
 * The universal `input`, by log type. A text completion, an embedding and a tool have text of their own; a chat is a
 * list of messages; everything else is any JSON, for which a single text stands as a JSON string.
 * Source: docs.keywordsai.co "Log types".
 */
export function inputOf(span: GenAISpan, type: LogType): string | undefined {
  switch (type) {
    case "chat":
      return messagesJson(chatMessages(span));
    case "completion":
      return soleText(chatMessages(span)) ?? messagesJson(chatMessages(span));
    case "response":
      return jsonText(responseRequest(span));
    case "embedding":
      return jsonText(rawRequestField(span, "input"));
    case "tool":
      return jsonText(span.attributes[ATTR_GEN_AI_TOOL_CALL_ARGUMENTS]);
    default:
      return (
        firstJson(span, ATTR_GEN_AI_RETRIEVAL_QUERY_TEXT, ATTR_GEN_AI_MEMORY_QUERY_TEXT) ?? anyJson(chatMessages(span))
      );
  }
}

/** The universal `output`, by log type. */
export function outputOf(span: GenAISpan, type: LogType): string | undefined {
  switch (type) {
    case "chat":
      return chatOutputMessages(span).length === 0 ? undefined : json(chatOutputMessages(span)[0]);
    case "completion":
      return soleText(chatOutputMessages(span).slice(0, 1));
    case "response":
      return jsonText(responseObject(span));
    case "embedding":
      return embeddingOutput(span);
    case "tool":
      return jsonText(span.attributes[ATTR_GEN_AI_TOOL_CALL_RESULT]);
    default:
      return (
        firstJson(span, ATTR_GEN_AI_RETRIEVAL_DOCUMENTS, ATTR_GEN_AI_MEMORY_RECORDS) ??
        anyJson(chatOutputMessages(span))
      );
  }
}

/** The first vector, where the raw response holds vectors of numbers (not base64). */
export function firstVector(span: GenAISpan): readonly number[] | undefined {
  return vectors(span)[0];
}

function embeddingOutput(span: GenAISpan): string | undefined {
  const all = vectors(span);
  return all.length === 0 ? undefined : json(all.length === 1 ? all[0] : all);
}

function vectors(span: GenAISpan): readonly (readonly number[])[] {
  return span.once("keywords-ai.vectors", () => {
    const response = rawResponse(span);
    const data = isObject(response) ? response["data"] : undefined;
    const embeddings = Array.isArray(data) ? data.map((item: unknown) => isObject(item) && item["embedding"]) : [];
    return embeddings.filter(isVector);
  });
}

function isVector(value: unknown): value is readonly number[] {
  return Array.isArray(value) && value.every((item) => typeof item === "number");
}

function messagesJson(messages: readonly ChatMessage[]): string | undefined {
  return messages.length === 0 ? undefined : json(messages);
}

function anyJson(messages: readonly ChatMessage[]): string | undefined {
  const text = soleText(messages);
  return text === undefined ? messagesJson(messages) : json(text);
}

/** The text of the only message, where it is nothing but text. */
function soleText(messages: readonly ChatMessage[]): string | undefined {
  const [message, ...others] = messages;
  const isText = others.length === 0 && message?.tool_calls === undefined && message?.content !== "";
  return isText && typeof message?.content === "string" ? message.content : undefined;
}

function firstJson(span: GenAISpan, ...names: readonly string[]): string | undefined {
  const name = names.find((candidate) => span.attributes[candidate] !== undefined);
  return name === undefined ? undefined : jsonText(span.attributes[name]);
}
