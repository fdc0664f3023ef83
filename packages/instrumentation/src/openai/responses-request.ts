import type { ToolDefinition } from "@genspan/semconv";
import * as semconv from "@genspan/semconv";
import type { Attributes } from "@opentelemetry/api";
import type { Body, InputContent } from "../adapter.ts";
import { isRecord, list, put, putText, record, text } from "../engine/read.ts";
import { outputType, putServiceTier, samplingParameters } from "../openai-protocol/sampling-parameters.ts";
import { textInstructions } from "../openai-protocol/text-messages.ts";
import { itemMessages } from "./responses-items.ts";

/** https://platform.openai.com/docs/api-reference/responses/create */
export function responsesRequest(body: Body): Attributes {
  const attributes = samplingParameters(body);
  attributes[semconv.ATTR_OPENAI_API_TYPE] = semconv.OPENAI_API_TYPE_VALUE_RESPONSES;
  putServiceTier(attributes, body);
  putText(attributes, semconv.ATTR_GEN_AI_REQUEST_PREVIOUS_RESPONSE_ID, body["previous_response_id"]);
  put(attributes, semconv.ATTR_GEN_AI_OUTPUT_TYPE, outputType(record(record(body["text"])["format"])["type"]));
  putText(attributes, semconv.ATTR_GEN_AI_CONVERSATION_ID, idOf(body["conversation"]));
  const prompt = record(body["prompt"]);
  putText(attributes, semconv.ATTR_GEN_AI_PROMPT_NAME, prompt["id"]);
  putText(attributes, semconv.ATTR_GEN_AI_PROMPT_VERSION, prompt["version"]);
  // An item that stands for earlier turns: what is sent is a compacted form of the conversation.
  if (hasCompaction(body["input"])) attributes[semconv.ATTR_GEN_AI_CONVERSATION_COMPACTED] = true;
  return attributes;
}

export function hasCompaction(items: unknown): boolean {
  return list(items).some((item) => record(item)["type"] === "compaction");
}

/** A conversation is given by its id or as an object with one. */
export function idOf(value: unknown): unknown {
  return isRecord(value) ? value["id"] : value;
}

export function responsesInput(body: Body): InputContent {
  const { input } = body;
  return {
    system: textInstructions(body["instructions"]),
    messages:
      typeof input === "string"
        ? [{ role: "user", parts: [{ type: "text", content: input }] }]
        : itemMessages(list(input)),
    tools: list(body["tools"]).filter(isRecord).map(responsesTool),
  };
}

/** Definitions are flat. Tools that the provider runs have no name of their own; credentials of MCP servers stay here. */
function responsesTool(tool: Readonly<Record<string, unknown>>): ToolDefinition {
  const { authorization: _authorization, headers: _headers, ...definition } = tool;
  const type = text(tool["type"]) ?? "function";
  const name = text(tool["name"]) ?? text(tool["server_label"]) ?? type;
  if (type !== "function") return { ...definition, type, name };
  const { description, parameters } = tool;
  return {
    type: "function",
    name,
    ...(typeof description === "string" && { description }),
    ...(parameters !== undefined && { parameters }),
  };
}
