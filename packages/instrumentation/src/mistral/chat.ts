/** Chat and agents: https://docs.mistral.ai/api/endpoint/chat, https://docs.mistral.ai/api/endpoint/agents */

import type { OutputMessage, ToolDefinition } from "@genspan/semconv";
import * as semconv from "@genspan/semconv";
import type { Attributes } from "@opentelemetry/api";
import type { Body, InputContent } from "../adapter.ts";
import { isRecord, list, putText, record, type UnknownRecord } from "../engine/read.ts";
import { finishReason } from "../openai-protocol/finish-reason.ts";
import { chatMessage, messageParts } from "./messages.ts";
import { putUsage } from "./usage.ts";

/** System messages are part of the chat history here, and stay there. */
export function chatInput(body: Body): InputContent {
  return {
    messages: list(body["messages"]).filter(isRecord).map(chatMessage),
    tools: list(body["tools"]).filter(isRecord).map(toolDefinition),
  };
}

/** A function is nested under its type; the tools that Mistral runs (`web_search`, `document_library`) are their type. */
function toolDefinition(tool: UnknownRecord): ToolDefinition {
  const { type, function: definition, ...settings } = tool;
  if (!isRecord(definition)) return { ...settings, type: String(type ?? "unknown"), name: String(type ?? "") };
  const { name, description, parameters } = definition;
  return {
    type: "function",
    name: typeof name === "string" ? name : "",
    ...(typeof description === "string" && { description }),
    ...(parameters !== undefined && { parameters }),
  };
}

/** Also of fill-in-the-middle, whose answer is a chat message. */
export function chatResponse(response: unknown): Attributes {
  const { id, model, choices, usage } = record(response);
  const attributes: Attributes = {};
  putText(attributes, semconv.ATTR_GEN_AI_RESPONSE_ID, id);
  putText(attributes, semconv.ATTR_GEN_AI_RESPONSE_MODEL, model);
  const reasons = list(choices).map((choice) => record(choice)["finishReason"]);
  if (reasons.some(Boolean)) attributes[semconv.ATTR_GEN_AI_RESPONSE_FINISH_REASONS] = reasons.map(finishReason);
  putUsage(attributes, usage);
  return attributes;
}

/** One message for each choice. `messages` are the steps of tools that Mistral ran before it answered. */
export function chatOutput(response: unknown): OutputMessage[] {
  return list(record(response)["choices"])
    .filter(isRecord)
    .map(({ message, messages }) => {
      const steps = list(messages).filter(isRecord).flatMap(messageParts);
      return { role: "assistant", parts: [...steps, ...messageParts({ ...record(message), role: "assistant" })] };
    });
}
