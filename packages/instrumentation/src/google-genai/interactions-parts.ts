import type { InputMessage, MessagePart } from "@genspan/semconv";
import { isRecord, list, text, type UnknownRecord } from "../engine/read.ts";
import { unknownPart } from "../openai-protocol/unknown-part.ts";
import { modalityOf } from "./parts.ts";

/**
 * Steps and contents of the Interactions API (https://ai.google.dev/api/interactions-api): in 1.x of the client a list of
 * contents, since 2.x steps of which some have contents. Calls and results of tools are either.
 */
export function interactionMessages(input: unknown): InputMessage[] {
  const messages: InputMessage[] = [];
  let given: MessagePart[] = [];
  const close = (): void => {
    if (given.length > 0) messages.push({ role: "user", parts: given });
    given = [];
  };
  for (const item of Array.isArray(input) ? input : [input]) {
    const message = isRecord(item) ? messageOf(item) : undefined;
    if (message === undefined) given.push(...interactionParts(item));
    else {
      close();
      if (message.parts.length > 0) messages.push(message);
    }
  }
  close();
  return messages;
}

/** A turn or a step; a content is none. */
function messageOf(item: UnknownRecord): InputMessage | undefined {
  const { type, role, content } = item;
  if (type === undefined && (role !== undefined || content !== undefined)) {
    return { role: role === "model" ? "assistant" : (text(role) ?? "user"), parts: interactionParts(content) };
  }
  if (type === "user_input") return { role: "user", parts: interactionParts(content) };
  if (type === "function_result") return { role: "tool", parts: interactionParts(item) };
  const isModels = type === "model_output" || type === "thought" || /_(call|result)$/.test(String(type));
  return isModels ? { role: "assistant", parts: interactionParts(item) } : undefined;
}

/** Text, a content, a step, or several of them. */
export function interactionParts(given: unknown): MessagePart[] {
  if (Array.isArray(given)) return given.flatMap(interactionParts);
  if (typeof given === "string") return given === "" ? [] : [{ type: "text", content: given }];
  return isRecord(given) ? partsOfRecord(given) : [];
}

function partsOfRecord(item: UnknownRecord): MessagePart[] {
  const type = text(item["type"]) ?? "";
  switch (type) {
    case "text":
      return interactionParts(item["text"]);
    case "model_output":
      return interactionParts(item["content"]);
    case "thought":
      return interactionParts(item["summary"]).map((part) =>
        part.type === "text" ? { ...part, type: "reasoning" } : part,
      );
    case "image":
    case "audio":
    case "video":
    case "document":
      return mediaParts(type, item);
    case "function_call":
      return [{ type: "tool_call", ...idOf(item["id"]), name: text(item["name"]) ?? "", arguments: item["arguments"] }];
    case "function_result":
      return [{ type: "tool_call_response", ...idOf(item["call_id"]), response: resultOf(item["result"]) }];
    default:
      return serverParts(type, item) ?? [unknownPart(item, "google")];
  }
}

function mediaParts(modality: string, { data, uri, mime_type }: UnknownRecord): MessagePart[] {
  const mime = text(mime_type);
  const known = { modality: modality || modalityOf(mime), ...(mime !== undefined && { mime_type: mime }) };
  const address = text(uri);
  if (typeof data === "string") return [{ type: "blob", ...known, content: data }];
  return address === undefined ? [] : [{ type: "uri", ...known, uri: address }];
}

/** Text or a value as it is; contents as parts. */
function resultOf(result: unknown): unknown {
  return Array.isArray(result) ? list(result).flatMap(interactionParts) : (result ?? null);
}

/** `code_execution_call`, `google_search_result` and others: tools that Google runs. */
function serverParts(type: string, item: UnknownRecord): MessagePart[] | undefined {
  const [, tool = "", kind] = /^(\w+)_(call|result)$/.exec(type) ?? [];
  const { id, call_id, signature: _signature, type: _type, ...said } = item;
  if (kind === "call") {
    const name = text(item["name"]) ?? tool;
    return [{ type: "server_tool_call", ...idOf(id), name, server_tool_call: { ...said, type: tool } }];
  }
  if (kind === undefined) return undefined;
  return [{ type: "server_tool_call_response", ...idOf(call_id), server_tool_call_response: { ...said, type: tool } }];
}

function idOf(id: unknown): { readonly id?: string } {
  const known = text(id);
  return known === undefined ? {} : { id: known };
}
