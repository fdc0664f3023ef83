import { isObject } from "../../message-guards.ts";
import type { Unflattened } from "../dialect.ts";
import type { Draft } from "../reading/draft.ts";
import { messagesOf } from "../reading/messages.ts";
import { partsOrText } from "../reading/parts.ts";
import { field, parsedObject, text } from "../reading/values.ts";

/** A message with its parts and calls taken out of the objects that the names put around them. */
export function readMessages(items: readonly Unflattened[], speaker: "user" | "assistant", draft: Draft): unknown {
  const messages = items.map(({ message }) => plainMessage(message, speaker));
  // A response of the Responses API is one turn that comes as several items.
  return messagesOf(speaker === "assistant" && isResponse(draft) ? [oneTurn(messages)] : messages, speaker);
}

function plainMessage(message: unknown, speaker: string): Readonly<Record<string, unknown>> {
  if (!isObject(message)) return {};
  const { contents, tool_calls: calls, function_call_name: name, function_call_arguments_json: json } = message;
  const role = text(message["role"]) ?? speaker;
  const parts = Array.isArray(contents) ? contents.map(contentPart) : undefined;
  const answered = role === "user" ? answerOf(message) : undefined;
  const content = answered === undefined ? (parts ?? message["content"]) : [answered, ...(parts ?? [])];
  const within = new Set(parts?.map((part) => field(part, "id")));
  const called = Array.isArray(calls) ? calls.map((one) => field(one, "tool_call")) : [];
  return {
    role,
    name: message["name"],
    tool_call_id: message["tool_call_id"],
    content,
    // Anthropic's calls stand among the contents and once more by themselves.
    ...(called.length > 0 && { tool_calls: called.filter((one) => !isWithin(one, within)) }),
    ...(name !== undefined && { function_call: { name, arguments: json } }),
  };
}

function isWithin(called: unknown, ids: ReadonlySet<unknown>): boolean {
  const id = field(called, "id");
  return id !== undefined && ids.has(id);
}

/** A result of a tool, which Anthropic's API has among the user's parts. */
function answerOf({ tool_call_id: id, content }: Readonly<Record<string, unknown>>): unknown {
  return id === undefined ? undefined : { type: "tool_result", tool_use_id: id, content: partsOrText(content) };
}

/** A part; a call stands beside the type that announces it. A call without values has an empty text for them. */
function contentPart(one: unknown): unknown {
  const called = field(one, "tool_call");
  if (!isObject(called)) return plainPart(field(one, "message_content"));
  const { id, function: declared } = called;
  const values = field(declared, "arguments");
  return { type: "tool_use", id, name: field(declared, "name"), input: values === "" ? {} : values };
}

/** A part with the URL that its names bury; of a type that OpenInference has not, the part that stands in its text. */
function plainPart(part: unknown): unknown {
  if (!isObject(part)) return part;
  for (const kind of ["audio", "video"]) {
    const media = field(part[kind], kind);
    if (isObject(media)) return mediaPart(kind, media);
  }
  const { type, text: whole } = part;
  if (typeof whole !== "string" || !whole.startsWith("{") || type === "text") return part;
  const within = parsedObject(whole);
  return within !== undefined && within["type"] === type ? within : part;
}

/** Audio may come as its words alone. */
function mediaPart(type: string, { url, transcript, mime_type }: Readonly<Record<string, unknown>>): unknown {
  if (url === undefined) return { type: "text", text: transcript };
  return { type, url, ...(mime_type !== undefined && { mime_type }), ...(transcript !== undefined && { transcript }) };
}

function oneTurn(messages: readonly Readonly<Record<string, unknown>>[]): Readonly<Record<string, unknown>> {
  const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : value === undefined ? [] : [value]);
  return {
    role: "assistant",
    content: messages.flatMap(({ content }) => list(content)),
    tool_calls: messages.flatMap(({ tool_calls: calls }) => list(calls)),
  };
}

function isResponse(draft: Draft): boolean {
  const value = draft.source["output.value"];
  return typeof value === "string" && value.startsWith("{") && value.includes('"object":"response"');
}
