import type { OutputMessage, SystemInstructions, ToolDefinition } from "@genspan/semconv";
import * as semconv from "@genspan/semconv";
import type { Attributes } from "@opentelemetry/api";
import type { Body, InputContent } from "../adapter.ts";
import { isRecord, list, putCount, putNumber, putText, putTexts, record, text } from "../engine/read.ts";
import { finishReason } from "./finish-reason.ts";
import { claudeMessage, claudeParts } from "./message.ts";
import { putCachedBeside } from "./usage.ts";

/** Bodies of the Messages API (https://docs.anthropic.com/en/api/messages), which Bedrock passes through as well. */

export function claudeRequest(body: Body): Attributes {
  const attributes: Attributes = {};
  putCount(attributes, semconv.ATTR_GEN_AI_REQUEST_MAX_TOKENS, body["max_tokens"]);
  putNumber(attributes, semconv.ATTR_GEN_AI_REQUEST_TEMPERATURE, body["temperature"]);
  putNumber(attributes, semconv.ATTR_GEN_AI_REQUEST_TOP_P, body["top_p"]);
  putCount(attributes, semconv.ATTR_GEN_AI_REQUEST_TOP_K, body["top_k"]);
  putTexts(attributes, semconv.ATTR_GEN_AI_REQUEST_STOP_SEQUENCES, body["stop_sequences"]);
  putText(attributes, semconv.ATTR_GEN_AI_REQUEST_REASONING_LEVEL, record(body["output_config"])["effort"]);
  const format = body["output_format"] ?? record(body["output_config"])["format"];
  if (record(format)["type"] === "json_schema") {
    attributes[semconv.ATTR_GEN_AI_OUTPUT_TYPE] = semconv.GEN_AI_OUTPUT_TYPE_VALUE_JSON;
  }
  return attributes;
}

export function claudeInput(body: Body): InputContent {
  return {
    system: claudeParts(body["system"]) as SystemInstructions, // texts and generic parts, which instructions may be
    messages: list(body["messages"]).filter(isRecord).map(claudeMessage),
    tools: list(body["tools"]).filter(isRecord).map(claudeTool),
  };
}

/** Tools of the application have a schema; those of the provider have a type and settings. */
function claudeTool(tool: Body): ToolDefinition {
  const { name, description, input_schema, type, cache_control: _cache } = tool;
  if (input_schema === undefined) return { ...tool, type: text(type) ?? "function", name: text(name) ?? "" };
  const described = typeof description === "string" ? { description } : {};
  return { type: "function", name: text(name) ?? "", ...described, parameters: input_schema };
}

/** Anthropic reports cached tokens beside the input: https://docs.anthropic.com/en/docs/build-with-claude/prompt-caching */
export function claudeResponse(value: unknown): Attributes {
  const { id, model, stop_reason, usage } = record(value);
  const attributes: Attributes = {};
  putText(attributes, semconv.ATTR_GEN_AI_RESPONSE_ID, id);
  putText(attributes, semconv.ATTR_GEN_AI_RESPONSE_MODEL, model);
  if (stop_reason) attributes[semconv.ATTR_GEN_AI_RESPONSE_FINISH_REASONS] = [finishReason(stop_reason)];
  const { input_tokens, output_tokens, cache_read_input_tokens, cache_creation_input_tokens, ...details } =
    record(usage);
  putCachedBeside(attributes, {
    input: input_tokens,
    read: cache_read_input_tokens,
    written: cache_creation_input_tokens,
  });
  putCount(attributes, semconv.ATTR_GEN_AI_USAGE_OUTPUT_TOKENS, output_tokens);
  const { thinking_tokens } = record(details["output_tokens_details"]);
  putCount(attributes, semconv.ATTR_GEN_AI_USAGE_REASONING_OUTPUT_TOKENS, thinking_tokens);
  if (cache_creation_input_tokens) putLifetimes(attributes, record(details["cache_creation"]));
  return attributes;
}

/** A cache of an hour costs more than one of five minutes. */
function putLifetimes(attributes: Attributes, { ephemeral_5m_input_tokens, ephemeral_1h_input_tokens }: Body): void {
  putCount(attributes, semconv.ATTR_GENSPAN_USAGE_CACHE_WRITE_5M_INPUT_TOKENS, ephemeral_5m_input_tokens);
  putCount(attributes, semconv.ATTR_GENSPAN_USAGE_CACHE_WRITE_1H_INPUT_TOKENS, ephemeral_1h_input_tokens);
}

export function claudeOutput(value: unknown): OutputMessage[] {
  const { content } = record(value);
  return Array.isArray(content) ? [{ role: "assistant", parts: claudeParts(content) }] : [];
}
