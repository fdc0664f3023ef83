import {
  ATTR_GEN_AI_EMBEDDINGS_DIMENSION_COUNT,
  ATTR_GEN_AI_MEMORY_RECORDS,
  ATTR_GEN_AI_RETRIEVAL_DOCUMENTS,
} from "@genspan/semconv";
import { defined } from "../engine/absent.ts";
import type { GenAISpan } from "../engine/genai-span.ts";
import { jsonText } from "../engine/json-text.ts";
import { isObject } from "../engine/message-guards.ts";
import { chatMessages, chatOutputMessages } from "../formats/chat-completion.ts";
import type { ChatMessage } from "../formats/chat-message.ts";
import { contentText, inputText, outputText } from "../formats/galileo/plain-text.ts";
import { isEmbeddings } from "../formats/galileo/span-type.ts";
import type { Document, Message } from "./message-schema.ts";
import type { StepInput, StepOutput } from "./span-types.ts";

/** Inputs and outputs in the types that Galileo has for each kind of span. */

export function messagesIn(span: GenAISpan): readonly Message[] | undefined {
  const messages = chatMessages(span);
  return messages.length === 0 ? undefined : messages.map(toMessage);
}

/** The first choice, since Galileo has a place for one. */
export function messageOut(span: GenAISpan): Message | undefined {
  const [message] = chatOutputMessages(span);
  return message && toMessage(message);
}

/** Of an agent or a workflow step: a single text as text, else the messages. */
export function stepInputOf(span: GenAISpan): StepInput | undefined {
  const messages = messagesIn(span);
  return messages === undefined || isPlain(messages) ? inputText(span) : messages;
}

export function stepOutputOf(span: GenAISpan): StepOutput | undefined {
  const message = messageOut(span);
  return message === undefined || isPlain([message]) ? outputText(span) : message;
}

/** What was found. Of embeddings, which find nothing, the size of a vector. */
export function documentsOf(span: GenAISpan): readonly Document[] | undefined {
  if (isEmbeddings(span)) return vectorDocument(span);
  const name =
    span.attributes[ATTR_GEN_AI_RETRIEVAL_DOCUMENTS] === undefined
      ? ATTR_GEN_AI_MEMORY_RECORDS
      : ATTR_GEN_AI_RETRIEVAL_DOCUMENTS;
  const found = span.json(name) ?? span.text(name);
  if (found === undefined) return undefined;
  return Array.isArray(found) ? found.map(toDocument) : [toDocument(found)];
}

export function toolOutputOf(span: GenAISpan): string | undefined {
  return isEmbeddings(span) ? vectorDocument(span)?.[0]?.content : outputText(span);
}

function vectorDocument(span: GenAISpan): readonly Document[] | undefined {
  const dimensions = span.number(ATTR_GEN_AI_EMBEDDINGS_DIMENSION_COUNT);
  if (dimensions === undefined) return undefined;
  return [{ content: `[embedding dims=${dimensions}]`, metadata: defined({ model: span.model, dimensions }) }];
}

/** Keys besides `content` are metadata, objects among them as JSON; those of `metadata` itself are not nested. */
function toDocument(value: unknown): Document {
  if (!isObject(value)) return { content: jsonText(value) ?? "" };
  const { content, metadata, ...rest } = value;
  const entries = Object.entries({ ...rest, ...(isObject(metadata) && metadata) }).flatMap(([key, item]) => {
    const scalar = typeof item === "boolean" || Number.isFinite(item) ? (item as boolean | number) : jsonText(item);
    return scalar === undefined ? [] : [[key, scalar] as const];
  });
  return {
    content: jsonText(content) ?? "",
    ...(entries.length > 0 && { metadata: Object.fromEntries(entries) }),
  };
}

function toMessage({ role, content, tool_call_id, tool_calls }: ChatMessage): Message {
  const text = contentText(content);
  if (tool_call_id === undefined && tool_calls === undefined) return { role, content: text };
  return defined({
    role,
    content: text,
    tool_call_id,
    tool_calls: tool_calls?.map(({ id, function: called }) => ({ id, function: called })),
  });
}

function isPlain([message, ...others]: readonly Message[]): boolean {
  return others.length === 0 && message?.tool_calls === undefined && message?.tool_call_id === undefined;
}
