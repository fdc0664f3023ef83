import type { FinishReason, OutputMessage, ToolDefinition } from "@genspan/semconv";
import * as semconv from "@genspan/semconv";
import type { Attributes } from "@opentelemetry/api";
import type { Body, Failure, InputContent, MethodAdapter } from "../adapter.ts";
import { isRecord, list, putCount, putInteger, putNumber, putText, putTexts, record, text } from "../engine/read.ts";
import { projectPath } from "./client.ts";
import { interactionMessages, interactionParts } from "./interactions-parts.ts";
import { interactionStream } from "./interactions-stream.ts";
import { putInteractionUsage } from "./usage.ts";

/** https://ai.google.dev/api/interactions-api: one call, also where the client continues an answer by further requests. */
const modelInteraction: MethodAdapter = {
  operation: semconv.GEN_AI_OPERATION_NAME_VALUE_GENERATE_CONTENT,
  path: (_, client) => `${projectPath(client)}/interactions`,
  isOptional: true,
  request,
  input,
  response,
  output,
  failure,
  stream: interactionStream,
};

/** An agent that Google runs, with models of its own choice. */
const agentInteraction: MethodAdapter = {
  ...modelInteraction,
  operation: semconv.GEN_AI_OPERATION_NAME_VALUE_INVOKE_AGENT,
  model: () => undefined,
};

export const createInteraction: MethodAdapter = {
  ...modelInteraction,
  select: ([body]) => (record(body)["agent"] === undefined ? modelInteraction : agentInteraction),
};

/** `interactions.get(id, params)`: one that another call made. Its usage and its failure are those of that call. */
export const fetchInteraction: MethodAdapter = {
  operation: semconv.GEN_AI_OPERATION_NAME_VALUE_FETCH_RESPONSE,
  path: ({ interaction_id }, client) =>
    `${projectPath(client)}/interactions/${encodeURIComponent(text(interaction_id) ?? "")}`,
  isOptional: true,
  body: ([id, params]) => ({ ...record(params), interaction_id: id }),
  model: () => undefined,
  request: (body) => {
    const attributes: Attributes = {};
    putText(attributes, semconv.ATTR_GEN_AI_RESPONSE_ID, body["interaction_id"]);
    putText(attributes, semconv.ATTR_GEN_AI_REQUEST_STREAM_CURSOR, body["last_event_id"]);
    return attributes;
  },
  response: (value) => {
    const attributes = description(value);
    putText(attributes, semconv.ATTR_GEN_AI_RESPONSE_STATUS, record(value)["status"]);
    return attributes;
  },
  output,
  stream: interactionStream,
};

function request(body: Body): Attributes {
  const config = record(body["generation_config"]);
  const attributes: Attributes = {};
  putNumber(attributes, semconv.ATTR_GEN_AI_REQUEST_TEMPERATURE, config["temperature"]);
  putNumber(attributes, semconv.ATTR_GEN_AI_REQUEST_TOP_P, config["top_p"]);
  putInteger(attributes, semconv.ATTR_GEN_AI_REQUEST_SEED, config["seed"]);
  putCount(attributes, semconv.ATTR_GEN_AI_REQUEST_MAX_TOKENS, config["max_output_tokens"]);
  putText(attributes, semconv.ATTR_GEN_AI_REQUEST_REASONING_LEVEL, config["thinking_level"]);
  putText(attributes, semconv.ATTR_GEN_AI_REQUEST_PREVIOUS_RESPONSE_ID, body["previous_interaction_id"]);
  putText(attributes, semconv.ATTR_GEN_AI_AGENT_ID, body["agent"]);
  putTexts(attributes, semconv.ATTR_GEN_AI_REQUEST_STOP_SEQUENCES, config["stop_sequences"]);
  putText(attributes, semconv.ATTR_GEN_AI_OUTPUT_TYPE, outputType(body));
  return attributes;
}

function outputType(body: Body): string | undefined {
  const modalities = list(body["response_modalities"]);
  if (modalities.includes("image")) return semconv.GEN_AI_OUTPUT_TYPE_VALUE_IMAGE;
  if (modalities.includes("audio")) return semconv.GEN_AI_OUTPUT_TYPE_VALUE_SPEECH;
  return body["response_mime_type"] === "application/json" ? semconv.GEN_AI_OUTPUT_TYPE_VALUE_JSON : undefined;
}

function input(body: Body): InputContent {
  const system = text(body["system_instruction"]);
  return {
    ...(system !== undefined && { system: [{ type: "text", content: system }] }),
    messages: interactionMessages(body["input"]),
    tools: list(body["tools"]).filter(isRecord).map(toolDefinition),
  };
}

/** Functions have a name; tools that Google runs have a type only. */
function toolDefinition(tool: Body): ToolDefinition {
  const type = text(tool["type"]) ?? "function";
  return { ...tool, type, name: text(tool["name"]) ?? type };
}

const reasonByStatus: ReadonlyMap<unknown, FinishReason> = new Map<unknown, FinishReason>([
  ["completed", "stop"],
  ["requires_action", "tool_call"],
  // "contains incomplete results (e.g. hitting max_tokens)"
  ["incomplete", "length"],
  ["failed", "error"],
  ["cancelled", "error"],
  ["budget_exceeded", "budget_exceeded"],
]);

function response(value: unknown): Attributes {
  const attributes = description(value);
  putInteractionUsage(attributes, record(value)["usage"]);
  return attributes;
}

/** All but what it cost. An interaction in the background has only begun. */
function description(value: unknown): Attributes {
  const { id, model, status } = record(value);
  const attributes: Attributes = {};
  putText(attributes, semconv.ATTR_GEN_AI_RESPONSE_ID, id);
  putText(attributes, semconv.ATTR_GEN_AI_RESPONSE_MODEL, model);
  const reason = reasonByStatus.get(status);
  if (reason !== undefined) attributes[semconv.ATTR_GEN_AI_RESPONSE_FINISH_REASONS] = [reason];
  return attributes;
}

function output(value: unknown): OutputMessage[] {
  const { steps, outputs } = record(value);
  const said = list(steps ?? outputs).filter((step) => record(step)["type"] !== "user_input");
  const parts = interactionParts(said);
  return parts.length > 0 ? [{ role: "assistant", parts }] : [];
}

function failure(value: unknown): Failure | undefined {
  const { status, errors, error } = record(value);
  const told = record(error ?? list(errors)[0]);
  if (status !== "failed" && error === undefined) return undefined;
  return { type: text(told["code"]) ?? text(told["status"]) ?? "failed", message: text(told["message"]) };
}
