import type { InputMessage, MessagePart } from "@genspan/semconv";
import { partOf } from "../engine/dialects/reading/parts.ts";
import { isObject } from "../engine/message-guards.ts";
import { Fields } from "./fields.ts";

/**
 * Messages of OpenAI's Chat Completions API as messages of the conventions: the way back of `formats/chat-message.ts`.
 * System messages stay in their place among the others, where that API has them.
 */

export function fromChatMessages(messages: readonly unknown[]): readonly InputMessage[] {
  return messages.filter(isObject).map(fromChatMessage);
}

export function fromChatMessage(message: Readonly<Record<string, unknown>>): InputMessage {
  const fields = new Fields(message);
  const role = fields.text("role") ?? "user";
  const name = fields.text("name");
  return {
    role,
    parts: role === "tool" ? [toolResponse(fields)] : partsOf(fields),
    ...(name !== undefined && { name }),
  };
}

function toolResponse(message: Fields): MessagePart {
  const id = message.text("tool_call_id");
  const { content } = message.value;
  const response = typeof content === "string" ? jsonValue(content) : textOfParts(content);
  return { type: "tool_call_response", ...(id !== undefined && { id }), response };
}

/** Content in parts, as some writers have it for tools, is text. */
function textOfParts(content: unknown): unknown {
  if (!Array.isArray(content)) return content ?? "";
  return content.map((part) => (isObject(part) ? (part["text"] ?? "") : "")).join("\n");
}

function partsOf(message: Fields): readonly MessagePart[] {
  const { content } = message.value;
  const said: readonly MessagePart[] =
    typeof content === "string"
      ? content === ""
        ? []
        : [{ type: "text", content }]
      : message.list("content").filter(isObject).flatMap(contentPart);
  const refusal = message.text("refusal");
  return [
    ...said,
    ...message.list("tool_calls").filter(isObject).map(toolCall),
    // Before there were tools.
    ...(message.has("function_call") ? [toolCall({ function: message.value["function_call"] })] : []),
    ...(refusal === undefined ? [] : [{ type: "refusal", content: refusal }]),
  ];
}

export function toolCall(call: Readonly<Record<string, unknown>>): MessagePart {
  const fields = new Fields(call);
  const called = fields.object("function");
  const id = fields.text("id");
  const given = called.value["arguments"];
  return {
    type: "tool_call",
    ...(id !== undefined && { id }),
    name: called.text("name") ?? "",
    ...(given !== undefined && { arguments: typeof given === "string" ? jsonValue(given) : given }),
  };
}

function contentPart(part: Readonly<Record<string, unknown>>): readonly MessagePart[] {
  return KNOWN_PARTS.has(part["type"]) ? [chatPart(part)] : partOf(part);
}

/** Parts of Chat Completions; those of other APIs are read as spans of other dialects are. */
const KNOWN_PARTS: ReadonlySet<unknown> = new Set(["text", "image_url", "input_audio", "file"]);

function chatPart(part: Readonly<Record<string, unknown>>): MessagePart {
  const fields = new Fields(part);
  switch (fields.text("type")) {
    case "text":
      return { type: "text", content: fields.text("text") ?? "" };
    case "image_url":
      return mediaPart(fields.object("image_url").text("url") ?? "", "image");
    case "input_audio": {
      const audio = fields.object("input_audio");
      const format = audio.text("format") ?? "wav";
      return { type: "blob", modality: "audio", mime_type: `audio/${format}`, content: audio.text("data") ?? "" };
    }
    default: {
      const file = fields.object("file");
      const id = file.text("file_id") ?? fields.text("file_id");
      if (id !== undefined) return { type: "file", modality: "document", file_id: id };
      return mediaPart(file.text("file_data") ?? "", "document");
    }
  }
}

const DATA_URL = /^data:([^;,]*);base64,/;

function mediaPart(url: string, modality: "image" | "document"): MessagePart {
  const data = DATA_URL.exec(url);
  if (data === null) return { type: "uri", modality, uri: url };
  const mimeType = data[1] || "application/octet-stream";
  const kind = mimeType.startsWith("video/") ? "video" : modality;
  return { type: "blob", modality: kind, mime_type: mimeType, content: url.slice(data[0].length) };
}

/** What JSON text stands for, if writing it again gives the same text; every other text as it is. */
export function jsonValue(text: string): unknown {
  const first = text.charAt(0);
  if (first !== "{" && first !== "[") return text;
  try {
    const value: unknown = JSON.parse(text);
    return JSON.stringify(value) === text ? value : text;
  } catch {
    return text;
  }
}
