import type { GenAISpan } from "../engine/genai-span.ts";
import { isObject } from "../engine/message-guards.ts";
import {
  type ChatCompletionRequest,
  type ChatCompletionResponse,
  type ChatTool,
  chatRequest,
  chatResponse,
} from "../formats/chat-completion.ts";
import type { ChatMessage } from "../formats/chat-message.ts";

/**
 * Chat Completions bodies, narrowed to what the vendor's own client takes. They are always rebuilt: a raw body may be
 * of another API, and one of this API may have roles, nulls and response formats that the client refuses.
 */

export function requestOf(span: GenAISpan): ChatCompletionRequest {
  const given = chatRequest(span);
  const isFit = given.tools === undefined && given.stop?.length !== 0 && given.messages.every(hasRequiredFields);
  if (isFit) return given;
  const { messages, tools, stop, ...request } = given;
  return {
    ...request,
    messages: messages.map(withRequiredFields),
    ...(stop !== undefined && stop.length > 0 && { stop }),
    ...(tools !== undefined && { tools: tools.map(withObjectParameters) }),
  };
}

export function responseOf(span: GenAISpan): ChatCompletionResponse | undefined {
  const response = chatResponse(span);
  if (response === undefined || response.choices.every(({ message }) => message.role === "assistant")) return response;
  return { ...response, choices: response.choices.map((choice) => ({ ...choice, message: answer(choice) })) };
}

function hasRequiredFields({ role }: ChatMessage): boolean {
  return role !== "tool" && role !== "function";
}

/** The client demands an id of a tool's message and a name of a function's, also where the producer gave none. */
function withRequiredFields(message: ChatMessage): ChatMessage {
  if (message.role === "tool") return { ...message, tool_call_id: message.tool_call_id ?? "" };
  return message.role === "function" ? { ...message, name: message.name ?? "" } : message;
}

/** A JSON Schema may be `true`; the client wants an object. */
function withObjectParameters({ type, function: { parameters, ...rest } }: ChatTool): ChatTool {
  return { type, function: isObject(parameters) ? { ...rest, parameters } : rest };
}

/** An answer is the assistant's, and text. */
function answer({ message }: { readonly message: ChatMessage }): ChatMessage {
  if (message.role === "assistant") return message;
  const { content } = message;
  const texts = Array.isArray(content) ? content.map((part) => (part.type === "text" ? part.text : "")) : [content];
  return { role: "assistant", content: texts.join("\n") };
}
