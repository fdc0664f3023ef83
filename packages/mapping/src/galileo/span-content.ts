import {
  ATTR_GEN_AI_MEMORY_RECORDS,
  ATTR_GEN_AI_RETRIEVAL_DOCUMENTS,
  ATTR_GEN_AI_TOOL_CALL_ARGUMENTS,
  ATTR_GEN_AI_TOOL_CALL_RESULT,
  ATTR_GEN_AI_TOOL_NAME,
} from "@genspan/semconv";
import { nonEmpty } from "../engine/absent.ts";
import type { GenAISpan } from "../engine/genai-span.ts";
import { json } from "../engine/json-text.ts";
import { chatMessages, chatOutputMessages } from "../formats/chat-completion.ts";
import { type ChatMessage, calledTools } from "../formats/chat-message.ts";
import { inputText } from "../formats/galileo/plain-text.ts";
import { isEmbeddings, type SpanType } from "../formats/galileo/span-type.ts";

/** Input and output of the documented Span, which may be any JSON. */

export function spanInputOf(span: GenAISpan, type: SpanType): unknown {
  if (type === "llm") return nonEmpty(chatMessages(span));
  if (type === "retriever" || isEmbeddings(span)) return inputText(span);
  return jsonValue(span.attributes[ATTR_GEN_AI_TOOL_CALL_ARGUMENTS]) ?? textOrMessages(chatMessages(span));
}

export function spanOutputOf(span: GenAISpan, type: SpanType): unknown {
  const messages = chatOutputMessages(span);
  if (type === "llm") return messages.length > 1 ? messages : messages[0];
  return (
    jsonValue(span.attributes[ATTR_GEN_AI_TOOL_CALL_RESULT]) ??
    jsonValue(span.attributes[ATTR_GEN_AI_RETRIEVAL_DOCUMENTS]) ??
    jsonValue(span.attributes[ATTR_GEN_AI_MEMORY_RECORDS]) ??
    textOrMessages(messages)
  );
}

export function toolsUsedBy(span: GenAISpan): readonly string[] | undefined {
  const own = span.text(ATTR_GEN_AI_TOOL_NAME);
  return nonEmpty(own === undefined ? calledTools(span.outputMessages) : [own]);
}

/** The value that JSON text stands for; other text as it is; of a structured value a copy that is JSON. */
function jsonValue(value: unknown): unknown {
  const text = typeof value === "string" ? value : json(value);
  if (text === undefined || text === "" || text === "null") return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function textOrMessages(messages: readonly ChatMessage[]): string | readonly ChatMessage[] | undefined {
  const [message, ...others] = messages;
  const isText = others.length === 0 && message?.tool_calls === undefined && typeof message?.content === "string";
  return isText ? message.content || undefined : nonEmpty(messages);
}
