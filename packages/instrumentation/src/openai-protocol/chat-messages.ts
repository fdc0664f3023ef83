import type { InputMessage, MessagePart } from "@genspan/semconv";
import { isRecord, list, parseJson, text, type UnknownRecord } from "../engine/read.ts";
import { mediaFromUrl } from "./media.ts";
import { unknownPart } from "./unknown-part.ts";

/** One message of a chat request or of a choice, as the conventions' message. Developer messages are system messages. */
export function chatMessage(message: UnknownRecord): InputMessage {
  const role = text(message["role"]) ?? "assistant";
  const name = text(message["name"]);
  if (role === "tool" || role === "function") {
    const id = text(message["tool_call_id"]);
    const response = toolResponse(message["content"]);
    return {
      role: "tool",
      parts: [{ type: "tool_call_response", ...(id && { id }), response }],
      ...(name && { name }),
    };
  }
  return { role: role === "developer" ? "system" : role, parts: messageParts(message), ...(name && { name }) };
}

function messageParts(message: UnknownRecord): MessagePart[] {
  const parts: MessagePart[] = [];
  // DeepSeek, Moonshot and others: `reasoning_content`; Groq, OpenRouter and Cerebras: `reasoning`.
  const reasoning = text(message["reasoning_content"]) ?? text(message["reasoning"]);
  if (reasoning !== undefined) parts.push({ type: "reasoning", content: reasoning });
  const { content } = message;
  if (typeof content === "string" && content !== "") parts.push({ type: "text", content });
  for (const part of list(content)) if (isRecord(part)) parts.push(contentPart(part));
  const refusal = text(message["refusal"]);
  if (refusal !== undefined) parts.push({ type: "refusal", content: refusal });
  parts.push(...audioParts(message["audio"]));
  for (const call of list(message["tool_calls"])) if (isRecord(call)) parts.push(toolCall(call));
  const legacyCall = message["function_call"];
  // Snowflake sends it empty.
  if (isRecord(legacyCall) && legacyCall["name"]) parts.push(toolCall({ type: "function", function: legacyCall }));
  return parts;
}

/** A function's result is often JSON text, but what it means is between application and model: it stays text. */
function toolResponse(content: unknown): unknown {
  if (!Array.isArray(content)) return content ?? "";
  const texts = content.map((part) => (isRecord(part) && part["type"] === "text" ? part["text"] : undefined));
  return texts.every((part) => typeof part === "string") ? texts.join("") : content;
}

function contentPart(part: UnknownRecord): MessagePart {
  const { type } = part;
  if (type === "text") return { type: "text", content: text(part["text"]) ?? "" };
  if (type === "refusal") return { type: "refusal", content: text(part["refusal"]) ?? "" };
  if (type === "image_url") {
    const image = part["image_url"];
    return mediaFromUrl("image", text(isRecord(image) ? image["url"] : image));
  }
  // vLLM, OpenRouter and Together AI.
  if (type === "video_url" || type === "audio_url") {
    const media = part[type];
    return mediaFromUrl(type === "video_url" ? "video" : "audio", text(isRecord(media) ? media["url"] : media));
  }
  if (type === "input_audio" && isRecord(part["input_audio"])) {
    const { data, format } = part["input_audio"];
    return { type: "blob", modality: "audio", mime_type: `audio/${text(format) ?? "wav"}`, content: text(data) ?? "" };
  }
  if (type === "file" && isRecord(part["file"])) {
    const fileId = text(part["file"]["file_id"]);
    if (fileId !== undefined) return { type: "file", modality: "document", file_id: fileId };
    return mediaFromUrl("document", text(part["file"]["file_data"]));
  }
  return unknownPart(part);
}

/** Speech of the model: bytes with a transcript in an answer, an id when the answer is sent back. */
function audioParts(audio: unknown): MessagePart[] {
  if (!isRecord(audio)) return [];
  const parts: MessagePart[] = [];
  const transcript = text(audio["transcript"]);
  if (transcript !== undefined) parts.push({ type: "text", content: transcript });
  const data = text(audio["data"]);
  const id = text(audio["id"]);
  if (data !== undefined) parts.push({ type: "blob", modality: "audio", content: data });
  else if (id !== undefined) parts.push({ type: "file", modality: "audio", file_id: id });
  return parts;
}

function toolCall(call: UnknownRecord): MessagePart {
  const id = text(call["id"]);
  const custom = call["custom"];
  if (isRecord(custom)) {
    return { type: "tool_call", ...(id && { id }), name: text(custom["name"]) ?? "", arguments: custom["input"] };
  }
  const called = isRecord(call["function"]) ? call["function"] : {};
  const { name, arguments: json } = called;
  return { type: "tool_call", ...(id && { id }), name: text(name) ?? "", arguments: parseJson(json) };
}
