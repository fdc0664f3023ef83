import type { MessagePart, OutputMessage } from "@genspan/semconv";
import type { Attributes } from "@opentelemetry/api";
import type { Failure } from "../adapter.ts";
import { isRecord, list, parseJson, record, text, type UnknownRecord } from "../engine/read.ts";
import { chatAnswer, chatOutput as protocolOutput } from "../openai-protocol/chat-response.ts";

/**
 * https://console.groq.com/docs/api-reference#chat-create
 * Usage is as OpenAI's: cached tokens are inside of the prompt tokens, reasoning inside of the completion tokens
 * (https://console.groq.com/docs/prompt-caching).
 */
export function chatResponse(response: unknown): Attributes {
  return chatAnswer(response);
}

/** Compound systems run tools of Groq's before they answer: `executed_tools`. */
export function chatOutput(response: unknown): OutputMessage[] {
  const choices = list(record(response)["choices"]);
  return protocolOutput(response).map((message, index) => {
    const { executed_tools } = record(record(choices[index])["message"]);
    const tools = list(executed_tools).filter(isRecord).flatMap(executedTool);
    return tools.length === 0 ? message : { ...message, parts: [...tools, ...message.parts] };
  });
}

/** A stream that was stopped early says so in its last chunk. */
export function chatFailure(response: unknown): Failure | undefined {
  const message = text(record(record(response)["x_groq"])["error"]);
  return message === undefined ? undefined : { type: "stream_error", message };
}

/** Fields of a call; all others are results. */
const callFields: ReadonlySet<string> = new Set(["arguments", "index", "type", "name"]);

function executedTool(tool: UnknownRecord): MessagePart[] {
  const type = text(tool["type"]) ?? "tool";
  const name = text(tool["name"]) ?? type;
  const results = Object.entries(tool).filter(([field, value]) => !callFields.has(field) && value != null);
  const call = { type, arguments: parseJson(tool["arguments"]) };
  const parts: MessagePart[] = [{ type: "server_tool_call", name, server_tool_call: call }];
  if (results.length > 0) {
    const response = { ...Object.fromEntries(results), type };
    parts.push({ type: "server_tool_call_response", server_tool_call_response: response });
  }
  return parts;
}
