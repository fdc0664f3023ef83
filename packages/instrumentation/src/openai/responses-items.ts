import type { InputMessage, MessagePart, ServerToolCallPart } from "@genspan/semconv";
import { isRecord, list, parseJson, text, type UnknownRecord } from "../engine/read.ts";
import { mediaFromUrl } from "../openai-protocol/media.ts";
import { unknownPart } from "../openai-protocol/unknown-part.ts";

/**
 * Input items as messages. What a model made in one turn (reasoning, calls, text) comes as several items and is one
 * assistant message; two message items are two messages.
 */
export function itemMessages(items: readonly unknown[]): InputMessage[] {
  const messages: { role: string; parts: MessagePart[]; isMessage: boolean }[] = [];
  for (const item of items) {
    if (!isRecord(item)) continue;
    const parts = itemParts(item);
    if (parts.length === 0) continue;
    const role = itemRole(item);
    const isMessage = role !== "tool" && item["content"] !== undefined && item["type"] !== "reasoning";
    const last = messages.at(-1);
    if (role === "assistant" && last?.role === "assistant" && !(isMessage && last.isMessage)) {
      last.parts.push(...parts);
      last.isMessage ||= isMessage;
    } else messages.push({ role, parts, isMessage });
  }
  return messages.map(({ role, parts }) => ({ role, parts }));
}

function itemRole(item: UnknownRecord): string {
  const role = text(item["role"]);
  if (role !== undefined) return role === "developer" ? "system" : role;
  return /_output$|^mcp_approval_response$/.test(String(item["type"])) ? "tool" : "assistant";
}

/** Tools that the provider runs itself, with the fields of the item that hold the result. */
const serverTools: ReadonlyMap<string, readonly string[]> = new Map([
  ["web_search_call", ["results"]],
  ["file_search_call", ["results"]],
  ["code_interpreter_call", ["outputs"]],
  ["image_generation_call", ["result"]],
  ["mcp_call", ["output", "error"]],
  ["mcp_list_tools", ["tools", "error"]],
  ["tool_search_call", ["tools"]],
]);

/** One item of input or output. Items without content of their own, such as encrypted reasoning, have no parts. */
export function itemParts(item: UnknownRecord): MessagePart[] {
  const type = text(item["type"]) ?? "message";
  const id = text(item["call_id"]) ?? text(item["id"]);
  const results = serverTools.get(type);
  if (results !== undefined) return serverToolParts(item, type, results);
  if (type === "message") return messageParts(item["content"]);
  if (type === "reasoning") return reasoningParts(item);
  if (type === "function_call" || type === "custom_tool_call") {
    const given = type === "function_call" ? parseJson(item["arguments"]) : item["input"];
    return [{ type: "tool_call", ...(id && { id }), name: text(item["name"]) ?? "", arguments: given }];
  }
  if (type.endsWith("_call_output")) {
    return [{ type: "tool_call_response", ...(id && { id }), response: item["output"] ?? "" }];
  }
  // computer_call, local_shell_call, shell_call, apply_patch_call: tools of the provider's that the application runs.
  if (type.endsWith("_call")) {
    const given = item["action"] ?? item["actions"] ?? item["operation"];
    return [{ type: "tool_call", ...(id && { id }), name: type.slice(0, -"_call".length), arguments: given }];
  }
  if (type === "compaction" || type === "compaction_summary") return [{ type: "compaction", ...(id && { id }) }];
  const { encrypted_content: _encrypted, ...rest } = item;
  return [unknownPart(rest)];
}

function messageParts(content: unknown): MessagePart[] {
  if (typeof content === "string") return content === "" ? [] : [{ type: "text", content }];
  return list(content).filter(isRecord).map(contentPart);
}

function reasoningParts(item: UnknownRecord): MessagePart[] {
  const texts = [...list(item["summary"]), ...list(item["content"])].map(
    (part) => isRecord(part) && text(part["text"]),
  );
  return texts.filter((content) => typeof content === "string").map((content) => ({ type: "reasoning", content }));
}

function serverToolParts(item: UnknownRecord, type: string, resultFields: readonly string[]): MessagePart[] {
  const { id, type: _type, status: _status, name: ownName, ...fields } = item;
  const kind = type.replace(/_call$/, "");
  const call: Record<string, unknown> = {};
  const result: Record<string, unknown> = {};
  for (const [field, value] of Object.entries(fields)) {
    if (value === null || value === undefined) continue;
    if (resultFields.includes(field)) result[field] = value;
    else call[field] = field === "arguments" ? parseJson(value) : value;
  }
  const itemId = typeof id === "string" ? { id } : {};
  const name = text(ownName) ?? kind;
  const parts: MessagePart[] = [
    {
      type: "server_tool_call",
      ...itemId,
      name,
      server_tool_call: { ...call, type: kind },
    } satisfies ServerToolCallPart,
  ];
  if (Object.keys(result).length > 0) {
    parts.push({ type: "server_tool_call_response", ...itemId, server_tool_call_response: { ...result, type: kind } });
  }
  return parts;
}

/** A content part of a message item. */
function contentPart(part: UnknownRecord): MessagePart {
  const type = text(part["type"]) ?? "unknown";
  if (type === "input_text" || type === "output_text" || type === "text" || type === "summary_text") {
    return { type: "text", content: text(part["text"]) ?? "" };
  }
  if (type === "refusal") return { type: "refusal", content: text(part["refusal"]) ?? "" };
  if (type === "input_image" || type === "input_file") {
    const modality = type === "input_image" ? "image" : "document";
    const fileId = text(part["file_id"]);
    if (fileId !== undefined) return { type: "file", modality, file_id: fileId };
    return mediaFromUrl(modality, text(part["image_url"]) ?? text(part["file_url"]) ?? text(part["file_data"]));
  }
  if (type === "input_audio" && isRecord(part["input_audio"])) {
    const { data, format } = part["input_audio"];
    return { type: "blob", modality: "audio", mime_type: `audio/${text(format) ?? "wav"}`, content: text(data) ?? "" };
  }
  return unknownPart(part);
}
