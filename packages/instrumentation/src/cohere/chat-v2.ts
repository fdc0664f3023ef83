/** Chat of version 2 of the API: https://docs.cohere.com/reference/chat */

import type { InputMessage, MessagePart, OutputMessage, ToolDefinition } from "@genspan/semconv";
import * as semconv from "@genspan/semconv";
import type { Attributes } from "@opentelemetry/api";
import type { Body, Failure, InputContent } from "../adapter.ts";
import { isRecord, list, parseJson, putText, record, text } from "../engine/read.ts";
import { documentParts } from "./documents.ts";
import { field } from "./fields.ts";
import { finishReason } from "./finish-reason.ts";
import { putUsage } from "./usage.ts";

export function chatV2Input(body: Body): InputContent {
  const messages = list(body["messages"]).filter(isRecord).map(chatMessage);
  const documents = documentParts(body["documents"]);
  if (documents.length > 0) messages.push({ role: "user", parts: documents });
  return { messages, tools: list(body["tools"]).filter(isRecord).map(chatTool) };
}

function chatTool(tool: Body): ToolDefinition {
  const { name, description, parameters } = record(tool["function"]);
  return {
    type: "function",
    name: text(name) ?? "",
    ...(typeof description === "string" && { description }),
    ...(parameters !== undefined && { parameters }),
  };
}

/** The plan that a model makes before it calls tools is its reasoning. */
function chatMessage(message: Body): InputMessage {
  const role = text(message["role"]) ?? "user";
  if (role === "tool") {
    const id = text(field(message, "toolCallId"));
    return {
      role,
      parts: [{ type: "tool_call_response", ...(id && { id }), response: toolResponse(message["content"]) }],
    };
  }
  const plan = text(field(message, "toolPlan"));
  const parts: MessagePart[] = plan === undefined ? [] : [{ type: "reasoning", content: plan }];
  parts.push(...withCitations(contentParts(message["content"]), list(message["citations"])));
  for (const call of list(field(message, "toolCalls"))) if (isRecord(call)) parts.push(toolCall(call));
  return { role, parts };
}

function contentParts(content: unknown): MessagePart[] {
  if (typeof content === "string") return content === "" ? [] : [{ type: "text", content }];
  return list(content).filter(isRecord).map(contentPart);
}

const dataUrlPattern = /^data:([^;,]*)(?:;[^,]*)?,/;

function contentPart(part: Body): MessagePart {
  const { type } = part;
  if (type === "text") return { type: "text", content: text(part["text"]) ?? "" };
  if (type === "thinking") return { type: "reasoning", content: text(part["thinking"]) ?? "" };
  if (type === "image_url") {
    const image = field(part, "imageUrl");
    const url = text(isRecord(image) ? image["url"] : image) ?? "";
    const [header, mime] = dataUrlPattern.exec(url) ?? [];
    if (header === undefined) return { type: "uri", modality: "image", uri: url };
    return { type: "blob", modality: "image", ...(mime && { mime_type: mime }), content: url.slice(header.length) };
  }
  if (type === "document") return { ...record(part["document"]), type: "document" };
  return { ...part, type: typeof type === "string" ? `cohere.${type}` : "unknown" };
}

/** On the text that they are about, by `contentIndex`. */
function withCitations(parts: MessagePart[], citations: readonly unknown[]): MessagePart[] {
  if (citations.length === 0) return parts;
  return parts.map((part, index) => {
    const own = citations.filter((citation) => (field(citation, "contentIndex") ?? 0) === index);
    const isOnly = parts.filter(({ type }) => type === "text").length === 1;
    if (part.type !== "text") return part;
    return isOnly ? { ...part, citations } : own.length > 0 ? { ...part, citations: own } : part;
  });
}

function toolResponse(content: unknown): unknown {
  if (!Array.isArray(content)) return content ?? "";
  const texts = content.map((part) => (isRecord(part) && part["type"] === "text" ? part["text"] : undefined));
  return texts.every((part) => typeof part === "string") ? texts.join("") : contentParts(content);
}

function toolCall(call: Body): MessagePart {
  const id = text(call["id"]);
  const { name, arguments: json } = record(call["function"]);
  return { type: "tool_call", ...(id && { id }), name: text(name) ?? "", arguments: parseJson(json) };
}

export function chatV2Response(response: unknown): Attributes {
  const attributes: Attributes = {};
  putText(attributes, semconv.ATTR_GEN_AI_RESPONSE_ID, field(response, "id"));
  const reason = field(response, "finishReason");
  if (reason) attributes[semconv.ATTR_GEN_AI_RESPONSE_FINISH_REASONS] = [finishReason(reason)];
  putUsage(attributes, field(response, "usage"));
  return attributes;
}

export function chatV2Output(response: unknown): OutputMessage[] {
  const message = field(response, "message");
  return isRecord(message) ? [chatMessage({ ...message, role: "assistant" })] : [];
}

/** A stream may end with the text of an error, which the client hands on like any event. */
export function chatV2Failure(response: unknown): Failure | undefined {
  const message = text(field(response, "error"));
  const type = text(field(response, "finishReason")) ?? semconv.ERROR_TYPE_VALUE__OTHER;
  return message === undefined ? undefined : { type, message };
}
