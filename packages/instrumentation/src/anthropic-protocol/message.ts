import type { InputMessage, MessagePart, Modality } from "@genspan/semconv";
import { isRecord, list, text, type UnknownRecord } from "../engine/read.ts";

/** A message in Anthropic's words. One that only answers tool calls has the conventions' role for that. */
export function claudeMessage(message: UnknownRecord): InputMessage {
  const role = text(message["role"]) ?? "assistant";
  const parts = claudeParts(message["content"]);
  const isAnswer = parts.length > 0 && parts.every(({ type }) => type === "tool_call_response");
  return { role: role === "user" && isAnswer ? "tool" : role, parts };
}

/** Text, or content blocks (https://docs.anthropic.com/en/api/messages). */
export function claudeParts(content: unknown): MessagePart[] {
  if (typeof content === "string") return content === "" ? [] : [{ type: "text", content }];
  return list(content).filter(isRecord).flatMap(blockParts);
}

function blockParts(block: UnknownRecord): MessagePart[] {
  const type = text(block["type"]) ?? "unknown";
  const id = text(block["id"]) ?? text(block["tool_use_id"]);
  const known = id === undefined ? {} : { id };
  switch (type) {
    case "text": {
      const citations = list(block["citations"]);
      const content = text(block["text"]) ?? "";
      return content === "" ? [] : [{ type: "text", content, ...(citations.length > 0 && { citations }) }];
    }
    case "thinking":
      return [{ type: "reasoning", content: text(block["thinking"]) ?? "" }];
    case "redacted_thinking":
      return [{ type: "redacted_reasoning", data: block["data"] }];
    case "tool_use":
      return [{ type: "tool_call", ...known, name: text(block["name"]) ?? "", arguments: block["input"] }];
    case "tool_result":
      return [{ type: "tool_call_response", ...known, response: toolResponse(block["content"]) }];
    case "compaction":
      return [{ type: "compaction", content: text(block["content"]) ?? null }];
    case "container_upload":
      return [{ type: "file", modality: "document", file_id: text(block["file_id"]) ?? "" }];
    case "image":
    case "document":
    case "file":
      return mediaParts(type === "image" ? "image" : "document", block["source"]);
    default:
      return serverParts(type, block, known);
  }
}

/** Tools that the provider runs: `server_tool_use`, `mcp_tool_use`, and results such as `web_search_tool_result`. */
function serverParts(type: string, block: UnknownRecord, known: { readonly id?: string }): MessagePart[] {
  if (type.endsWith("_tool_use")) {
    const name = text(block["name"]) ?? "";
    return [{ type: "server_tool_call", ...known, name, server_tool_call: { type: name, input: block["input"] } }];
  }
  if (type.endsWith("_tool_result")) {
    const result = { type, content: block["content"] };
    return [{ type: "server_tool_call_response", ...known, server_tool_call_response: result }];
  }
  const { cache_control: _cache, ...rest } = block;
  return [{ ...rest, type: type in sameNames ? `anthropic.${type}` : type }];
}

/** Types of the conventions that promise another shape. */
const sameNames = { reasoning: true, compaction: true, blob: true, uri: true };

function toolResponse(content: unknown): unknown {
  if (!Array.isArray(content)) return content ?? "";
  const texts = content.map((part) => (isRecord(part) && part["type"] === "text" ? part["text"] : undefined));
  return texts.every((part) => typeof part === "string") ? texts.join("") : claudeParts(content);
}

function mediaParts(modality: Modality, source: unknown): MessagePart[] {
  if (!isRecord(source)) return [];
  const mime = text(source["media_type"]);
  const described = { modality, ...(mime && { mime_type: mime }) };
  const { type, url, file_id, data, content } = source;
  if (type === "url") return [{ type: "uri", ...described, uri: text(url) ?? "" }];
  if (type === "file") return [{ type: "file", ...described, file_id: text(file_id) ?? "" }];
  if (type === "base64") return [{ type: "blob", ...described, content: text(data) ?? "" }];
  if (type === "text") return claudeParts(data);
  return claudeParts(content);
}
