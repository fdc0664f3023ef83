/** Chat of version 1 of the API: https://docs.cohere.com/v1/reference/chat */

import type { InputMessage, MessagePart, OutputMessage, ToolDefinition } from "@genspan/semconv";
import * as semconv from "@genspan/semconv";
import type { Attributes } from "@opentelemetry/api";
import type { Body, ChunkFold, InputContent } from "../adapter.ts";
import { isRecord, list, putText, record, text } from "../engine/read.ts";
import { documentParts } from "./documents.ts";
import { field } from "./fields.ts";
import { brokenOff, finishReason } from "./finish-reason.ts";
import { samplingParameters } from "./parameters.ts";
import { putUsage } from "./usage.ts";

export function chatRequest(body: Body): Attributes {
  const attributes = samplingParameters(body);
  putText(attributes, semconv.ATTR_GEN_AI_CONVERSATION_ID, field(body, "conversationId"));
  return attributes;
}

export function chatInput(body: Body): InputContent {
  const preamble = text(body["preamble"]);
  const history = list(field(body, "chatHistory")).filter(isRecord).map(historyMessage);
  const asked: MessagePart[] = [...textParts(body["message"]), ...documentParts(body["documents"])];
  const answers = toolResultParts(field(body, "toolResults"));
  const messages: InputMessage[] = [...history];
  if (asked.length > 0) messages.push({ role: "user", parts: asked });
  if (answers.length > 0) messages.push({ role: "tool", parts: answers });
  const connectors = list(body["connectors"]).filter(isRecord).map(connectorTool);
  return {
    ...(preamble !== undefined && { system: [{ type: "text", content: preamble }] }),
    messages,
    tools: [...list(body["tools"]).filter(isRecord).map(chatTool), ...connectors],
  };
}

const roles: ReadonlyMap<unknown, string> = new Map([
  ["CHATBOT", "assistant"],
  ["SYSTEM", "system"],
  ["TOOL", "tool"],
]);

function historyMessage(message: Body): InputMessage {
  const calls = toolCallParts(field(message, "toolCalls"));
  const answers = toolResultParts(field(message, "toolResults"));
  return {
    role: roles.get(message["role"]) ?? "user",
    parts: [...textParts(message["message"]), ...calls, ...answers],
  };
}

function textParts(value: unknown): MessagePart[] {
  const content = text(value);
  return content === undefined ? [] : [{ type: "text", content }];
}

/** Calls have no ids in this version. */
function toolCallParts(calls: unknown): MessagePart[] {
  return list(calls)
    .filter(isRecord)
    .map((call) => ({ type: "tool_call", name: text(call["name"]) ?? "", arguments: call["parameters"] }));
}

function toolResultParts(results: unknown): MessagePart[] {
  return list(results)
    .filter(isRecord)
    .map((result) => {
      const name = text(field(result["call"], "name"));
      return { type: "tool_call_response", ...(name && { name }), response: result["outputs"] ?? [] };
    });
}

/** `parameterDefinitions` have Python's names of types, which are kept. */
function chatTool(tool: Body): ToolDefinition {
  const { name, description } = tool;
  const definitions = Object.entries(record(field(tool, "parameterDefinitions"))).filter(([, value]) =>
    isRecord(value),
  );
  const properties = definitions.map(([key, value]) => {
    const { required: _required, ...property } = record(value);
    return [key, property] as const;
  });
  const required = definitions.filter(([, value]) => record(value)["required"] === true).map(([key]) => key);
  return {
    type: "function",
    name: text(name) ?? "",
    ...(typeof description === "string" && { description }),
    parameters: { type: "object", properties: Object.fromEntries(properties), required },
  };
}

function connectorTool(connector: Body): ToolDefinition {
  return { ...connector, type: "connector", name: text(connector["id"]) ?? "" };
}

export function chatResponse(response: unknown): Attributes {
  const attributes: Attributes = {};
  const id = field(response, "responseId") ?? field(response, "generationId");
  putText(attributes, semconv.ATTR_GEN_AI_RESPONSE_ID, id);
  const reason = field(response, "finishReason");
  if (reason) attributes[semconv.ATTR_GEN_AI_RESPONSE_FINISH_REASONS] = [finishReason(reason)];
  putUsage(attributes, field(response, "meta"));
  return attributes;
}

export function chatOutput(response: unknown): OutputMessage[] {
  if (!isRecord(response)) return [];
  const content = text(response["text"]);
  const citations = list(response["citations"]);
  const said = { type: "text", content, ...(citations.length > 0 && { citations }) };
  const parts = [...(content === undefined ? [] : [said]), ...toolCallParts(field(response, "toolCalls"))];
  return parts.length > 0 ? [{ role: "assistant", parts }] : [];
}

/** The last event, `stream-end`, has the whole response; the pieces are what there is until then. */
export function chatStream(content: boolean): ChunkFold {
  let said = "";
  let toolCalls: unknown;
  let generationId: unknown;
  let end: Body | undefined;
  const citations: unknown[] = [];
  return {
    add(event) {
      if (!isRecord(event)) return;
      const type = field(event, "eventType");
      if (type === "stream-start") generationId = field(event, "generationId");
      if (type === "stream-end") end = event;
      if (!content) return;
      if (type === "text-generation" && typeof event["text"] === "string") said += event["text"];
      if (type === "tool-calls-generation") toolCalls = field(event, "toolCalls");
      if (type === "citation-generation") citations.push(...list(event["citations"]));
    },
    response() {
      const whole = record(end?.["response"]);
      const finish = end === undefined ? brokenOff : (field(end, "finishReason") ?? field(whole, "finishReason"));
      return { text: said, toolCalls, citations, generationId, ...whole, finishReason: finish };
    },
  };
}
