import { nonEmpty } from "../engine/absent.ts";
import type { GenAISpan } from "../engine/genai-span.ts";
import { isObject } from "../engine/message-guards.ts";
import { type ChatTool, chatMessages, chatOutputMessages, chatTools } from "../formats/chat-completion.ts";
import type { ChatMessage, ChatToolCall } from "../formats/chat-message.ts";
import type { LogMessage } from "./fields/content.ts";

/** System instructions and input messages; absent without captured content. */
export function promptMessages(span: GenAISpan): readonly LogMessage[] | undefined {
  return withContent(chatMessages(span));
}

/** One message for each choice; absent without captured content. */
export function completionMessages(span: GenAISpan): readonly LogMessage[] | undefined {
  return withContent(chatOutputMessages(span));
}

/** The tool calls of all choices. */
export function toolCalls(span: GenAISpan): readonly ChatToolCall[] | undefined {
  return nonEmpty(chatOutputMessages(span).flatMap((message) => message.tool_calls ?? []));
}

/** The model's thinking, which a chat message has no place for. */
export function reasoning(span: GenAISpan): readonly Readonly<Record<string, unknown>>[] | undefined {
  return nonEmpty(
    (span.outputMessages ?? []).flatMap((message) =>
      message.parts.flatMap((part) => (part.type === "reasoning" && isObject(part) ? [part] : [])),
    ),
  );
}

/** Tool definitions; parameters that are no object (the vendor's SDK refuses them) are left out. */
export function tools(span: GenAISpan): readonly ChatTool[] | undefined {
  return chatTools(span)?.map(({ type, function: { parameters, ...rest } }) => ({
    type,
    function: isObject(parameters) ? { ...rest, parameters } : rest,
  }));
}

/** The vendor's SDK refuses a message with content null, so an assistant that only calls tools says "". */
function withContent(messages: readonly ChatMessage[]): readonly LogMessage[] | undefined {
  if (messages.every(hasContent)) return nonEmpty(messages);
  return messages.map((message) => (hasContent(message) ? message : { ...message, content: "" }));
}

function hasContent(message: ChatMessage): message is ChatMessage & LogMessage {
  return message.content !== null;
}
