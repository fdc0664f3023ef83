import { ATTR_OPENAI_API_TYPE, OPENAI_API_TYPE_VALUE_RESPONSES } from "@genspan/semconv";
import type { GenAISpan } from "../engine/genai-span.ts";

/** `log_type` as documented, with `unknown` and `text` from the vendor's SDK 0.0.18. */
export const LOG_TYPES = [
  "text",
  "chat",
  "completion",
  "response",
  "embedding",
  "transcription",
  "speech",
  "workflow",
  "task",
  "tool",
  "agent",
  "handoff",
  "guardrail",
  "function",
  "custom",
  "generation",
  "unknown",
] as const;

export type LogType = (typeof LOG_TYPES)[number];

/**
 * Operations of the conventions and the span types of the vendor. Steps that are neither a model call nor a tool
 * (planning, retrieval, memory) are tasks; an operation that the conventions do not know is `custom`.
 */
const LOG_TYPE_OF_OPERATION: ReadonlyMap<string, LogType> = new Map([
  ["chat", "chat"],
  ["generate_content", "chat"],
  ["fetch_response", "chat"],
  ["text_completion", "completion"],
  ["embeddings", "embedding"],
  ["execute_tool", "tool"],
  ["create_agent", "agent"],
  ["invoke_agent", "agent"],
  ["invoke_workflow", "workflow"],
  ["plan", "task"],
  ["retrieval", "task"],
  ["search_memory", "task"],
  ["create_memory", "task"],
  ["update_memory", "task"],
  ["upsert_memory", "task"],
  ["delete_memory", "task"],
  ["create_memory_store", "task"],
  ["delete_memory_store", "task"],
]);

export interface LogTypeOptions {
  /** What a call of OpenAI's Responses API is logged as. */
  readonly responseLogType: "chat" | "response";
}

export function logTypeOf(span: GenAISpan, { responseLogType }: LogTypeOptions): LogType {
  const type = span.once("keywords-ai.log_type", typeOfOperation);
  if (type !== "chat" || responseLogType === "chat") return type;
  return span.text(ATTR_OPENAI_API_TYPE) === OPENAI_API_TYPE_VALUE_RESPONSES ? responseLogType : type;
}

function typeOfOperation({ operation = "" }: GenAISpan): LogType {
  return LOG_TYPE_OF_OPERATION.get(operation) ?? "custom";
}

/** Whether the record is of a call of a language model, which has messages. */
export function isModelCall(type: LogType): boolean {
  return type === "chat" || type === "completion" || type === "response";
}
