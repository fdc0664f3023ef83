import type { InputMessage, MessagePart } from "@genspan/semconv";
import { isRecord, list, parseJson, text, type UnknownRecord } from "../engine/read.ts";
import { mediaFromUrl } from "../openai-protocol/media.ts";
import { unknownPart } from "../openai-protocol/unknown-part.ts";

/** One message of a request or of a choice (https://docs.mistral.ai/api/endpoint/chat), as the client writes it. */
export function chatMessage(message: UnknownRecord): InputMessage {
  const role = text(message["role"]) ?? "assistant";
  const name = text(message["name"]);
  return { role, parts: messageParts(message), ...(name && { name }) };
}

export function messageParts(message: UnknownRecord): MessagePart[] {
  const { content } = message;
  if (message["role"] === "tool") {
    const id = text(message["toolCallId"]);
    return [{ type: "tool_call_response", ...(id && { id }), response: toolResponse(content) }];
  }
  return [...contentParts(content), ...list(message["toolCalls"]).filter(isRecord).map(toolCall)];
}

function contentParts(content: unknown): MessagePart[] {
  if (typeof content === "string") return content === "" ? [] : [{ type: "text", content }];
  return list(content).filter(isRecord).map(contentPart);
}

/** A function's result is often JSON text, but what it means is between application and model: it stays text. */
function toolResponse(content: unknown): unknown {
  if (!Array.isArray(content)) return content ?? "";
  const texts = content.map((part) => (isRecord(part) && part["type"] === "text" ? part["text"] : undefined));
  return texts.every((part) => typeof part === "string") ? texts.join("") : contentParts(content);
}

/** `ContentChunk` of the client. What its version does not know is in `raw`. */
function contentPart(chunk: UnknownRecord): MessagePart {
  const { type, raw } = chunk;
  if (type === "text") return { type: "text", content: text(chunk["text"]) ?? "" };
  if (type === "thinking") return reasoning(chunk);
  if (type === "image_url") {
    const { imageUrl } = chunk;
    return mediaFromUrl("image", text(isRecord(imageUrl) ? imageUrl["url"] : imageUrl));
  }
  if (type === "document_url") return mediaFromUrl("document", text(chunk["documentUrl"]));
  if (type === "file") return { type: "file", modality: "document", file_id: text(chunk["fileId"]) ?? "" };
  if (type === "input_audio") return audio(chunk["inputAudio"]);
  return unknownPart(isRecord(raw) && chunk["isUnknown"] === true ? raw : chunk, "mistral");
}

/** Thoughts are texts, with references to what they are about in between. */
function reasoning({ thinking, signature }: UnknownRecord): MessagePart {
  if (typeof thinking === "string") return { type: "reasoning", content: thinking };
  const chunks = list(thinking).filter(isRecord);
  const content = chunks.map((chunk) => (typeof chunk["text"] === "string" ? chunk["text"] : "")).join("");
  const references = chunks.filter((chunk) => typeof chunk["text"] !== "string");
  return {
    type: "reasoning",
    content,
    ...(references.length > 0 && { references }),
    ...(typeof signature === "string" && { signature }),
  };
}

/** Bytes in base64, with or without a data URL's head, or a URL. */
function audio(input: unknown): MessagePart {
  const data = text(isRecord(input) ? input["data"] : input) ?? "";
  return /^(data|https?):/.test(data)
    ? mediaFromUrl("audio", data)
    : { type: "blob", modality: "audio", content: data };
}

/** The client writes `null` where the API gave no id. */
function toolCall(call: UnknownRecord): MessagePart {
  const id = text(call["id"]);
  const called = isRecord(call["function"]) ? call["function"] : {};
  return {
    type: "tool_call",
    ...(id && id !== "null" && { id }),
    name: text(called["name"]) ?? "",
    arguments: parseJson(called["arguments"]),
  };
}
