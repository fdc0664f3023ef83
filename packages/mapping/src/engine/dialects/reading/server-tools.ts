import type { MessagePart } from "@genspan/semconv";
import { parsed, text } from "./values.ts";

/**
 * Tools that the provider runs itself: a call and what came of it, in one item (OpenAI's Responses API) or in two blocks
 * (Anthropic). Source: the providers' API pages for output items and content blocks.
 */

type Json = Readonly<Record<string, unknown>>;

/** Items of the Responses API, with the fields that hold the result. */
const ITEMS: ReadonlyMap<string, readonly string[]> = new Map([
  ["web_search_call", ["results"]],
  ["file_search_call", ["results"]],
  ["code_interpreter_call", ["outputs"]],
  ["image_generation_call", ["result"]],
  ["mcp_call", ["output", "error"]],
  ["mcp_list_tools", ["tools", "error"]],
  ["tool_search_call", ["tools"]],
]);

/** Whether an item is a tool that the provider ran: it is the model's, in whatever list it stands. */
export function isServerTool(type: string): boolean {
  return ITEMS.has(type);
}

/** An item of the Responses API, or a block of Anthropic's; `undefined` for any other type. */
export function serverToolParts(part: Json, type: string): MessagePart[] | undefined {
  const results = ITEMS.get(type);
  if (results !== undefined) return itemParts(part, type, results);
  if (type === "server_tool_use" || type === "mcp_tool_use") return callPart(part);
  // `tool_result` and `tool-result` are the application's; `web_search_tool_result` and its like the provider's.
  return type.endsWith("_tool_result") ? resultPart(part, type) : undefined;
}

function itemParts(item: Json, type: string, results: readonly string[]): MessagePart[] {
  const { id, type: _type, status: _status, name, ...fields } = item;
  const kind = type.replace(/_call$/, "");
  const call: Record<string, unknown> = {};
  const result: Record<string, unknown> = {};
  for (const [field, value] of Object.entries(fields)) {
    if (value === null || value === undefined) continue;
    if (results.includes(field)) result[field] = value;
    else call[field] = field === "arguments" ? (parsed(value) ?? value) : value;
  }
  const known = typeof id === "string" ? { id } : {};
  const called: MessagePart = {
    type: "server_tool_call",
    ...known,
    name: text(name) ?? kind,
    server_tool_call: { ...call, type: kind },
  };
  if (Object.keys(result).length === 0) return [called];
  const response = { ...result, type: kind };
  return [called, { type: "server_tool_call_response", ...known, server_tool_call_response: response }];
}

/** A call, or its answer, that a producer has marked as the provider's own: the AI SDK and pydantic-ai. */
export function isOfProvider(part: Json): boolean {
  return part["providerExecuted"] === true || part["builtin"] === true;
}

/** A tool's call or answer of a provider-run tool, whose name is its type. */
export function ofProvider(part: MessagePart): MessagePart {
  const { type, id, name, arguments: input, response } = part as Json; // of `readToolCall` or `readToolResponse`
  const known = typeof id === "string" ? { id } : {};
  if (type === "tool_call") {
    const called = text(name) ?? "";
    return { type: "server_tool_call", ...known, name: called, server_tool_call: { type: called, input } };
  }
  const result = { type: "tool_result", content: response };
  return { type: "server_tool_call_response", ...known, server_tool_call_response: result };
}

function callPart(part: Json): MessagePart[] {
  const name = text(part["name"]) ?? "";
  const id = text(part["id"]);
  const input = typeof part["input"] === "string" ? (parsed(part["input"]) ?? part["input"]) : part["input"];
  return [{ type: "server_tool_call", ...(id && { id }), name, server_tool_call: { type: name, input } }];
}

function resultPart(part: Json, type: string): MessagePart[] {
  const id = text(part["tool_use_id"]);
  const response = { type, content: part["content"] };
  return [{ type: "server_tool_call_response", ...(id && { id }), server_tool_call_response: response }];
}

/** Tools of the provider's that the application runs, and its own tools without a schema. */
const APPLICATION_CALLS: ReadonlySet<string> = new Set([
  "computer_call",
  "local_shell_call",
  "shell_call",
  "apply_patch_call",
  "custom_tool_call",
]);

/** A call that the application answers, but no `function_call`; `undefined` for any other type. */
export function applicationToolPart(part: Json, type: string): MessagePart[] | undefined {
  if (!APPLICATION_CALLS.has(type)) return undefined;
  const isCustom = type === "custom_tool_call";
  const name = isCustom ? text(part["name"]) : type.slice(0, -"_call".length);
  if (name === undefined) return undefined;
  const given = isCustom ? part["input"] : (part["action"] ?? part["actions"] ?? part["operation"]);
  const id = text(part["call_id"]) ?? text(part["id"]);
  return [{ type: "tool_call", ...(id && { id }), name, ...(given !== undefined && { arguments: given }) }];
}
