import type { InputMessage, MessagePart } from "@genspan/semconv";
import { isObject } from "../engine/message-guards.ts";

/** The message of OpenAI's Chat Completions API, which four of the vendors have taken over. */
export interface ChatMessage {
  readonly role: "system" | "user" | "assistant" | "tool" | "function";
  /** `null` only on an assistant message that calls tools and says nothing. */
  readonly content: string | null | readonly ChatContentPart[];
  readonly name?: string;
  readonly tool_calls?: readonly ChatToolCall[];
  readonly tool_call_id?: string;
  readonly refusal?: string;
}

export interface ChatToolCall {
  readonly id: string;
  readonly type: "function";
  /** `arguments` is JSON text. */
  readonly function: { readonly name: string; readonly arguments: string };
}

export type ChatContentPart =
  | { readonly type: "text"; readonly text: string }
  | { readonly type: "image_url"; readonly image_url: { readonly url: string } }
  | {
      readonly type: "input_audio";
      readonly input_audio: { readonly data: string; readonly format: string };
    }
  | {
      readonly type: "file";
      readonly file: { readonly file_id?: string; readonly file_data?: string };
    };

/** Messages of the conventions as chat messages, in order. */
export function toChatMessages(messages: readonly InputMessage[]): readonly ChatMessage[] {
  const result: ChatMessage[] = [];
  for (const message of messages) {
    const plain = plainMessage(message);
    if (plain === undefined) addChatMessages(message, result);
    else result.push(plain);
  }
  return result;
}

/** Most messages by far are one text, and quickly made. */
function plainMessage({ role, parts, name }: InputMessage): ChatMessage | undefined {
  const [part] = parts;
  if (parts.length !== 1 || part === undefined || part.type !== "text" || name) return undefined;
  return "content" in part && typeof part.content === "string"
    ? { role: chatRole(role), content: part.content }
    : undefined;
}

/**
 * One message as one or more: each tool response is a message of its own there. Reasoning, compaction and server-side
 * tool parts have no place in a chat message and are left out.
 */
function addChatMessages(message: InputMessage, result: ChatMessage[]): void {
  const responses = message.parts.filter((part) => part.type === "tool_call_response");
  if (responses.length === 0) {
    result.push(toChatMessage(message));
    return;
  }
  result.push(...responses.map(toToolMessage));
  const others = message.parts.filter((part) => part.type !== "tool_call_response");
  if (others.length > 0) result.push(toChatMessage({ ...message, role: "user", parts: others }));
}

function toToolMessage(part: MessagePart): ChatMessage {
  const response = "response" in part ? part.response : undefined;
  return { role: "tool", content: asText(response), tool_call_id: idOf(part) };
}

function toChatMessage(message: InputMessage): ChatMessage {
  const role = chatRole(message.role);
  const calls = message.parts.flatMap(toToolCall);
  const content = message.parts.flatMap(toContentPart);
  const said = refusalOf(message);
  const named = { ...(message.name && { name: message.name }), ...(said !== undefined && { refusal: said }) };
  if (role !== "assistant") return { role, content: flattened(content), ...named };
  const text = content.flatMap((part) => (part.type === "text" ? [part.text] : [])).join("");
  if (calls.length === 0) return { role, content: text, ...named };
  return {
    role,
    content: text === "" ? null : text,
    tool_calls: calls,
    ...named,
  };
}

const ROLES: ReadonlyMap<string, ChatMessage["role"]> = new Map([
  ["system", "system"],
  ["developer", "system"],
  ["user", "user"],
  ["assistant", "assistant"],
  ["model", "assistant"],
  ["tool", "tool"],
  ["function", "function"],
]);

function chatRole(role: string): ChatMessage["role"] {
  return ROLES.get(role) ?? "user";
}

/** What a model said in the place of an answer: a part that the conventions have no type for. */
function refusalOf({ parts }: InputMessage): string | undefined {
  const part = parts.find(({ type }) => type === "refusal");
  return part !== undefined && "content" in part && typeof part.content === "string" ? part.content : undefined;
}

function toToolCall(part: MessagePart): readonly ChatToolCall[] {
  if (part.type !== "tool_call") return [];
  const name = "name" in part && typeof part.name === "string" ? part.name : "";
  const given = "arguments" in part ? part.arguments : undefined;
  return [
    {
      id: idOf(part),
      type: "function",
      function: { name, arguments: asText(given ?? {}) },
    },
  ];
}

function toContentPart(part: MessagePart): readonly ChatContentPart[] {
  const field = (name: string): string | undefined => {
    const value = (part as Readonly<Record<string, unknown>>)[name]; // parts of any producer: fields are checked here
    return typeof value === "string" ? value : undefined;
  };
  const content = field("content");
  switch (part.type) {
    case "text":
      return content === undefined ? [] : [{ type: "text", text: content }];
    case "uri": {
      const url = field("uri");
      return url === undefined ? [] : [{ type: "image_url", image_url: { url } }];
    }
    case "file": {
      const fileId = field("file_id");
      return fileId === undefined ? [] : [{ type: "file", file: { file_id: fileId } }];
    }
    case "blob":
      return content === undefined ? [] : [blobPart(field("modality"), field("mime_type"), content)];
    default:
      return [];
  }
}

function blobPart(modality: string | undefined, mimeType: string | undefined, content: string): ChatContentPart {
  if (modality === "audio") {
    return {
      type: "input_audio",
      input_audio: { data: content, format: mimeType?.split("/")[1] ?? "wav" },
    };
  }
  const data = `data:${mimeType ?? "application/octet-stream"};base64,${content}`;
  return modality === "image" || modality === "video"
    ? { type: "image_url", image_url: { url: data } }
    : { type: "file", file: { file_data: data } };
}

/** One text alone is written as a string, as most callers do. */
function flattened(parts: readonly ChatContentPart[]): string | readonly ChatContentPart[] {
  if (parts.length === 0) return "";
  if (parts.every((part) => part.type === "text")) return parts.map((part) => part.text).join("\n");
  return parts;
}

function idOf(part: MessagePart): string {
  return "id" in part && typeof part.id === "string" ? part.id : "";
}

/** Text as it is; everything else as JSON. */
function asText(value: unknown): string {
  if (typeof value === "string") return value;
  if (value === undefined) return "";
  return JSON.stringify(value) ?? "";
}

/** Names of the tools that the messages call, each once, in order. */
export function calledTools(messages: readonly InputMessage[] | undefined): readonly string[] {
  const names: string[] = [];
  for (const { parts } of messages ?? []) {
    for (const part of parts) {
      if (part.type !== "tool_call" && part.type !== "server_tool_call") continue;
      const name = isObject(part) ? part["name"] : undefined;
      if (typeof name === "string" && !names.includes(name)) names.push(name);
    }
  }
  return names;
}
