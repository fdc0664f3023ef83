/** Entries of a conversation (https://docs.mistral.ai/api/endpoint/beta/conversations), as the client writes them. */

import type { InputMessage, MessagePart } from "@genspan/semconv";
import { isRecord, list, parseJson, text, type UnknownRecord } from "../engine/read.ts";
import { unknownPart } from "../openai-protocol/unknown-part.ts";
import { messageParts } from "./messages.ts";

/** One message for each entry, but what a model made in one turn is one. */
export function entryMessages(entries: readonly unknown[]): InputMessage[] {
  const messages: { role: string; parts: MessagePart[] }[] = [];
  for (const entry of entries) {
    if (!isRecord(entry)) continue;
    const role = entryRole(entry);
    const last = messages.at(-1);
    if (role === "assistant" && last?.role === "assistant") last.parts.push(...entryParts(entry));
    else messages.push({ role, parts: entryParts(entry) });
  }
  return messages;
}

function entryRole(entry: UnknownRecord): string {
  const type = entryType(entry);
  if (type === "message.input") return text(entry["role"]) ?? "user";
  return type === "function.result" ? "tool" : "assistant";
}

/** The application may leave it out of what it sends. */
function entryType(entry: UnknownRecord): string {
  return text(entry["type"]) ?? ("result" in entry ? "function.result" : "message.input");
}

function entryParts(entry: UnknownRecord): MessagePart[] {
  const type = entryType(entry);
  const callId = text(entry["toolCallId"]);
  if (type === "message.input" || type === "message.output") return messageParts({ content: entry["content"] });
  if (type === "function.result") {
    return [{ type: "tool_call_response", ...(callId && { id: callId }), response: entry["result"] ?? "" }];
  }
  const name = text(entry["name"]) ?? "";
  if (type === "function.call") {
    return [{ type: "tool_call", ...(callId && { id: callId }), name, arguments: parseJson(entry["arguments"]) }];
  }
  if (type === "tool.execution") return executionParts(entry, name);
  return [unknownPart({ ...entry, type }, "mistral")];
}

/** A tool that Mistral ran, with what it tells of the result. */
function executionParts(entry: UnknownRecord, name: string): MessagePart[] {
  const id = text(entry["id"]);
  const known = id === undefined ? {} : { id };
  const given = parseJson(entry["arguments"]);
  const call: MessagePart = {
    type: "server_tool_call",
    ...known,
    name,
    server_tool_call: { type: name, arguments: given },
  };
  const { info } = entry;
  if (!isRecord(info) || Object.keys(info).length === 0) return [call];
  return [call, { type: "server_tool_call_response", ...known, server_tool_call_response: { ...info, type: name } }];
}

/** All outputs are one choice. */
export function entryOutput(outputs: unknown): MessagePart[] {
  return list(outputs).filter(isRecord).flatMap(entryParts);
}
