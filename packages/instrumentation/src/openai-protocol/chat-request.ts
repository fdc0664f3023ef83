import type { ToolDefinition } from "@genspan/semconv";
import * as semconv from "@genspan/semconv";
import type { Attributes } from "@opentelemetry/api";
import type { Body, InputContent } from "../adapter.ts";
import { isRecord, list, put, record } from "../engine/read.ts";
import { chatMessage } from "./chat-messages.ts";
import { outputType, putServiceTier, samplingParameters } from "./sampling-parameters.ts";

/** https://platform.openai.com/docs/api-reference/chat/create */
export function chatRequest(body: Body): Attributes {
  const attributes = chatParameters(body);
  attributes[semconv.ATTR_OPENAI_API_TYPE] = semconv.OPENAI_API_TYPE_VALUE_CHAT_COMPLETIONS;
  putServiceTier(attributes, body);
  return attributes;
}

/** What every service that speaks the protocol takes. */
export function chatParameters(body: Body): Attributes {
  const attributes = samplingParameters(body);
  const wantsSpeech = list(body["modalities"]).includes("audio");
  const format = outputType(record(body["response_format"])["type"]);
  const type = wantsSpeech ? semconv.GEN_AI_OUTPUT_TYPE_VALUE_SPEECH : format;
  put(attributes, semconv.ATTR_GEN_AI_OUTPUT_TYPE, type);
  return attributes;
}

/** System messages are part of the chat history here, and stay there: `system_instructions` is for separate ones. */
export function chatInput(body: Body): InputContent {
  const tools = [...list(body["tools"]), ...list(body["functions"]).map((fn) => ({ type: "function", function: fn }))];
  return {
    messages: list(body["messages"]).filter(isRecord).map(chatMessage),
    tools: tools.filter(isRecord).map(chatTool),
  };
}

/**
 * The definition of a tool is nested under the tool's type: `{ type: "function", function: { name, ... } }`. Tools of other
 * services' own are flat: `{ type: "openrouter:advisor", parameters: { ... } }`.
 */
function chatTool(tool: Readonly<Record<string, unknown>>): ToolDefinition {
  const type = typeof tool["type"] === "string" ? tool["type"] : "function";
  const nested = tool[type];
  const definition = isRecord(nested) ? nested : tool;
  const name = typeof definition["name"] === "string" ? definition["name"] : type;
  if (type !== "function") return { ...definition, type, name };
  const { description, parameters } = definition;
  return {
    type: "function",
    name,
    ...(typeof description === "string" && { description }),
    ...(parameters !== undefined && { parameters }),
  };
}
