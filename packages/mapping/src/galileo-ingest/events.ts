import { defined, nonEmptyObject } from "../engine/absent.ts";
import type { GenAISpan } from "../engine/genai-span.ts";
import { isObject } from "../engine/message-guards.ts";
import type { LlmEvent } from "./message-schema.ts";

type Fields = Readonly<Record<string, unknown>>;

/**
 * What the model did besides answering: reasoning, and tools that the provider ran. With them stand its texts, so that
 * the order shows. Absent for an answer that is nothing but text and tool calls, which `output` has.
 */
export function eventsOf(span: GenAISpan): readonly LlmEvent[] | undefined {
  const parts = (span.outputMessages?.[0]?.parts ?? []) as readonly Fields[]; // guarded to be objects with a `type`
  if (!parts.some(isEvent)) return undefined;
  return parts.flatMap((part): readonly LlmEvent[] => {
    if (part["type"] === "text") return [message(part)];
    if (part["type"] === "reasoning") return [{ type: "reasoning", ...defined({ content: text(part["content"]) }) }];
    if (part["type"] === "server_tool_call") return [serverToolCall(part, parts)];
    return [];
  });
}

const isEvent = ({ type }: Fields): boolean => type === "reasoning" || type === "server_tool_call";

function message({ content }: Fields): LlmEvent {
  return { type: "message", role: "assistant", ...defined({ content: text(content) }) };
}

function serverToolCall(part: Fields, parts: readonly Fields[]): LlmEvent {
  const { type: kind, ...call } = objectOf(part["server_tool_call"]) ?? {};
  const { type: _kind, ...result } = objectOf(responseTo(part, parts)?.["server_tool_call_response"]) ?? {};
  const id = text(part["id"]);
  const name = text(part["name"]) ?? text(kind) ?? "";
  if (kind === "mcp") {
    return {
      type: "mcp_call",
      ...defined({
        id,
        tool_name: name,
        server_name: text(call["server_label"]),
        arguments: objectOf(call["arguments"]),
        result: nonEmptyObject(result),
      }),
    };
  }
  const search = searchOf(call);
  if (kind === "web_search" && search !== undefined) {
    return { type: "web_search_call", ...defined({ id }), action: search };
  }
  return {
    type: "internal_tool_call",
    name,
    ...defined({ id, input: nonEmptyObject(call), output: nonEmptyObject(result) }),
  };
}

/** OpenAI says `action`, Anthropic `input`. A page that is opened is no search. */
function searchOf(call: Fields): { readonly type: "search"; readonly query: string } | undefined {
  const { query, ...rest } = objectOf(call["action"]) ?? objectOf(call["input"]) ?? {};
  const isSearch = rest["type"] === undefined || rest["type"] === "search";
  if (!isSearch || typeof query !== "string") return undefined;
  return { type: "search", query, ...defined({ sources: rest["sources"] }) };
}

function responseTo(part: Fields, parts: readonly Fields[]): Fields | undefined {
  const id = part["id"];
  return parts.find((other) => other["type"] === "server_tool_call_response" && id !== undefined && other["id"] === id);
}

function text(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

function objectOf(value: unknown): Fields | undefined {
  return isObject(value) ? value : undefined;
}
