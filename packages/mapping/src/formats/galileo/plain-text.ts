import {
  ATTR_GEN_AI_MEMORY_QUERY_TEXT,
  ATTR_GEN_AI_MEMORY_RECORDS,
  ATTR_GEN_AI_RETRIEVAL_DOCUMENTS,
  ATTR_GEN_AI_RETRIEVAL_QUERY_TEXT,
  ATTR_GEN_AI_TOOL_CALL_ARGUMENTS,
  ATTR_GEN_AI_TOOL_CALL_RESULT,
} from "@genspan/semconv";
import type { GenAISpan } from "../../engine/genai-span.ts";
import { json, jsonText } from "../../engine/json-text.ts";
import type { MappingInput } from "../../engine/rows.ts";
import { chatMessages, chatOutputMessages } from "../chat-completion.ts";
import type { ChatContentPart, ChatMessage } from "../chat-message.ts";
import { rawRequestField } from "../raw.ts";
import { isEmbeddings } from "./span-type.ts";

/** Inputs and outputs as one text, which a trace wants. Shared by the two Galileo formats. */

/** Tool arguments, a query, the texts to embed, else what the user said last. */
export function inputText(span: GenAISpan): string | undefined {
  return (
    jsonText(span.attributes[ATTR_GEN_AI_TOOL_CALL_ARGUMENTS]) ??
    span.text(ATTR_GEN_AI_RETRIEVAL_QUERY_TEXT) ??
    span.text(ATTR_GEN_AI_MEMORY_QUERY_TEXT) ??
    (isEmbeddings(span) ? jsonText(rawRequestField(span, "input")) : undefined) ??
    messageText(lastOfUser(chatMessages(span)))
  );
}

/** A tool's result, documents or records that were found, else what the model said. */
export function outputText(span: GenAISpan): string | undefined {
  return (
    jsonText(span.attributes[ATTR_GEN_AI_TOOL_CALL_RESULT]) ??
    jsonText(span.attributes[ATTR_GEN_AI_RETRIEVAL_DOCUMENTS]) ??
    jsonText(span.attributes[ATTR_GEN_AI_MEMORY_RECORDS]) ??
    messageText(chatOutputMessages(span)[0])
  );
}

type TraceInput = Pick<MappingInput<unknown>, "span" | "trace">;

/** Of the root, else of the first span that has one. */
export function traceInputText({ span, trace }: TraceInput): string | undefined {
  return inputText(span) ?? firstDefined(trace.spans, inputText);
}

/** Of the root, else of the span that began last and has one; a root that failed gave nothing. */
export function traceOutputText({ span, trace }: TraceInput): string | undefined {
  return outputText(span) ?? (span.failed ? undefined : firstDefined([...trace.spans].reverse(), outputText));
}

/** Text of a message; the calls as JSON, where it does nothing but call tools. */
function messageText(message: ChatMessage | undefined): string | undefined {
  if (message === undefined) return undefined;
  return contentText(message.content) || (message.tool_calls && json(message.tool_calls));
}

/** Galileo shows files that were uploaded to it, which ours are not: what is not text is named in brackets. */
export function contentText(content: ChatMessage["content"]): string {
  return content === null || typeof content === "string" ? (content ?? "") : content.map(partText).join("\n");
}

function partText(part: ChatContentPart): string {
  switch (part.type) {
    case "text":
      return part.text;
    case "image_url":
      return part.image_url.url.startsWith("data:") ? "[image]" : `[image ${part.image_url.url}]`;
    case "input_audio":
      return `[audio ${part.input_audio.format}]`;
    case "file":
      return part.file.file_id === undefined ? "[file]" : `[file ${part.file.file_id}]`;
  }
}

function lastOfUser(messages: readonly ChatMessage[]): ChatMessage | undefined {
  return messages.findLast(({ role }) => role === "user") ?? messages.at(-1);
}

function firstDefined<T>(spans: readonly GenAISpan[], read: (span: GenAISpan) => T | undefined): T | undefined {
  for (const span of spans) {
    const value = read(span);
    if (value !== undefined) return value;
  }
  return undefined;
}
