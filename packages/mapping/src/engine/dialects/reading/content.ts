import {
  ATTR_GEN_AI_INPUT_MESSAGES,
  ATTR_GEN_AI_OPERATION_NAME,
  ATTR_GEN_AI_OUTPUT_MESSAGES,
  ATTR_GEN_AI_RESPONSE_FINISH_REASONS,
  ATTR_GEN_AI_SYSTEM_INSTRUCTIONS,
  ATTR_GEN_AI_TOOL_DEFINITIONS,
  type InputMessage,
  type MessagePart,
} from "@genspan/semconv";
import { nonEmpty } from "../../absent.ts";
import { json } from "../../json-text.ts";
import { isObject } from "../../message-guards.ts";
import { needsCare } from "./current.ts";
import type { Draft } from "./draft.ts";
import { messagesOf } from "./messages.ts";
import { partOf, partsOf } from "./parts.ts";
import { ofProvider } from "./server-tools.ts";
import { toolDefinitions } from "./tools.ts";
import { finishReasons } from "./value-maps.ts";
import { field, parsed, parsedOrText } from "./values.ts";

/** Content that stands under a current name in another form than the conventions give it. */

/** What any producer may get wrong and what a look at the text shows: no list, or reasons only within the messages. */
export function refineContent(draft: Draft): void {
  refineList(draft, ATTR_GEN_AI_SYSTEM_INSTRUCTIONS, "content", (value) => nonEmpty(partsOf(value)));
  refineList(draft, ATTR_GEN_AI_INPUT_MESSAGES, "parts", (value) => messagesOf(value, "user"));
  refineList(draft, ATTR_GEN_AI_OUTPUT_MESSAGES, "parts", (value) => messagesOf(value, "assistant"));
  refineDefinitions(draft);
  const output = draft.source[ATTR_GEN_AI_OUTPUT_MESSAGES];
  if (draft.get(ATTR_GEN_AI_OUTPUT_MESSAGES) !== output) return; // made by a table: it has no reasons in it
  if (typeof output !== "string" || !output.includes('"finish_reason"')) return;
  const messages = parsed(output);
  if (!Array.isArray(messages)) return;
  collectFinishReasons(draft, messages);
  if (!draft.has(ATTR_GEN_AI_RESPONSE_FINISH_REASONS) || !messages.some((one) => field(one, "finish_reason"))) return;
  draft.replace(ATTR_GEN_AI_OUTPUT_MESSAGES, json(messages.map(withoutFinishReason)));
}

/** One reason for each message, or none at all: the attribute is read by position. */
function collectFinishReasons(draft: Draft, messages: readonly unknown[]): void {
  const reasons = messages.flatMap((message) => (isObject(message) && finishReasons(message["finish_reason"])) || []);
  if (reasons.length > 0 && reasons.length === messages.length) {
    draft.set(ATTR_GEN_AI_RESPONSE_FINISH_REASONS, reasons);
  }
}

/** Up to 1.41 a message had its own; the span says it now. */
function withoutFinishReason(message: unknown): unknown {
  if (!isObject(message) || !("finish_reason" in message)) return message;
  const { finish_reason: _said, ...rest } = message;
  return rest;
}

/** Plain text, a single object, or a list of an API's own messages, under the name of a list. */
function refineList(draft: Draft, name: string, key: string, read: (value: unknown) => unknown): void {
  const value = draft.source[name];
  if (value === undefined || value === "" || draft.get(name) !== value || !needsCare(name, draft.source)) return;
  const given = parsedOrText(value);
  if (Array.isArray(given) && given.every((one) => field(one, key) !== undefined)) return;
  const list = read(given);
  if (list !== undefined) draft.replace(name, json(list));
}

/** Definitions as OpenAI's chat API has them: the function in an object of its own. */
function refineDefinitions(draft: Draft): void {
  const value = draft.source[ATTR_GEN_AI_TOOL_DEFINITIONS];
  if (draft.get(ATTR_GEN_AI_TOOL_DEFINITIONS) === value && needsCare(ATTR_GEN_AI_TOOL_DEFINITIONS, draft.source)) {
    refineTools(draft);
  }
}

/** What the producer's own parts, roles and tools are called in the conventions, through all messages of the span. */
export function refineMessages(draft: Draft, options: RefineOptions = {}): void {
  for (const name of [ATTR_GEN_AI_INPUT_MESSAGES, ATTR_GEN_AI_OUTPUT_MESSAGES]) {
    const value = draft.get(name);
    const messages = parsed(value);
    if (!Array.isArray(messages)) continue;
    const speaker = name === ATTR_GEN_AI_INPUT_MESSAGES ? "user" : "assistant";
    if (speaker === "assistant") collectFinishReasons(draft, messages);
    const isSaid = draft.has(ATTR_GEN_AI_RESPONSE_FINISH_REASONS);
    const refined = messages
      .flatMap((message) => refineMessage(message, speaker, options))
      // OpenLLMetry writes an empty one for a stream whose reason it missed.
      .map((message) => (isSaid || field(message, "finish_reason") === "" ? withoutFinishReason(message) : message));
    const text = json(refined);
    if (text !== undefined && text !== json(messages)) draft.replace(name, text);
  }
  refineTools(draft);
}

export interface RefineOptions {
  /** Text that holds a whole list of messages as JSON: OpenLLMetry's input of the Responses API. */
  readonly unwrapText?: boolean;
  /** An answer within the model's own turn is that of a tool that the provider ran. */
  readonly answersWithin?: boolean;
  /** An empty text beside other parts was made by the producer. */
  readonly dropEmptyText?: boolean;
}

function refineMessage(message: unknown, speaker: "user" | "assistant", options: RefineOptions): readonly unknown[] {
  if (!isObject(message) || !Array.isArray(message["parts"])) return messagesOf(message, speaker) ?? [message];
  const { parts } = message;
  const [only] = parts;
  if (options.unwrapText && parts.length === 1 && isObject(only) && only["type"] === "text") {
    const within = unwrapped(only["content"]);
    if (within !== undefined) return within.flatMap((inner) => refineMessage(inner, speaker, options));
  }
  const given = parts.flatMap((part) => (isObject(part) ? partOf(part) : partsOf(part)));
  const read = options.answersWithin && message["role"] === "assistant" ? withOwnTools(given) : given;
  const kept = options.dropEmptyText && read.length > 1 ? read.filter((part) => !isEmptyText(part)) : read;
  if (message["role"] === "tool" && kept.length > 0 && kept.every(({ type }) => type === "text")) {
    const response = kept.map((part) => ("content" in part ? part.content : "")).join("");
    return [{ ...message, parts: [{ type: "tool_call_response", response }] }];
  }
  const isAnswer =
    message["role"] === "user" && kept.length > 0 && kept.every(({ type }) => type === "tool_call_response");
  return [{ ...message, role: isAnswer ? "tool" : message["role"], parts: kept }];
}

/** Items of one turn that stand as messages of their own: choices would have reasons. */
export function mergeOutput(draft: Draft): void {
  const messages = parsed(draft.get(ATTR_GEN_AI_OUTPUT_MESSAGES));
  if (!Array.isArray(messages) || messages.length < 2 || draft.has(ATTR_GEN_AI_RESPONSE_FINISH_REASONS)) return;
  if (!messages.every((one) => Array.isArray(field(one, "parts")) && field(one, "finish_reason") === undefined)) return;
  const parts = messages.flatMap((one): unknown => field(one, "parts"));
  const text = json([{ role: "assistant", parts }]);
  if (text !== undefined) draft.replace(ATTR_GEN_AI_OUTPUT_MESSAGES, text);
}

function withOwnTools(parts: readonly MessagePart[]): readonly MessagePart[] {
  const answered = new Set(parts.flatMap((part) => (part.type === "tool_call_response" ? [field(part, "id")] : [])));
  if (answered.size === 0) return parts;
  const isOwn = (part: MessagePart): boolean =>
    part.type === "tool_call_response" || (part.type === "tool_call" && answered.has(field(part, "id")));
  return parts.map((part) => (isOwn(part) ? ofProvider(part) : part));
}

function isEmptyText(part: MessagePart): boolean {
  return part.type === "text" && "content" in part && part.content === "";
}

function unwrapped(content: unknown): readonly InputMessage[] | undefined {
  if (typeof content !== "string" || !content.startsWith("[{")) return undefined;
  const list = parsed(content);
  const isList = Array.isArray(list) && list.every((item) => isObject(item) && ("role" in item || "type" in item));
  return isList ? messagesOf(list, "user") : undefined;
}

/** Tool definitions of an API under the current name. */
export function refineTools(draft: Draft): void {
  const value = draft.get(ATTR_GEN_AI_TOOL_DEFINITIONS);
  const tools = toolDefinitions(value);
  if (tools === undefined) return;
  const text = json(tools);
  if (text !== undefined && text !== json(parsed(value))) draft.replace(ATTR_GEN_AI_TOOL_DEFINITIONS, text);
}

/** `gen_ai.operation.name` as it stands. */
export function operationOf(draft: Draft): string | undefined {
  const operation = draft.get(ATTR_GEN_AI_OPERATION_NAME);
  return typeof operation === "string" ? operation : undefined;
}
