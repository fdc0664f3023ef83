import type { InputMessage, MessagePart, ToolDefinition } from "@genspan/semconv";
import * as semconv from "@genspan/semconv";
import type { Attributes } from "@opentelemetry/api";
import type { Body, InputContent } from "../adapter.ts";
import {
  isRecord,
  list,
  putCount,
  putInteger,
  putNumber,
  putText,
  putTexts,
  record,
  text,
  type UnknownRecord,
} from "../engine/read.ts";

/** https://docs.ollama.com/api: the sampling parameters are in `options`. */

export function parameters(body: Body): Attributes {
  const options = record(body["options"]);
  const attributes: Attributes = {};
  putNumber(attributes, semconv.ATTR_GEN_AI_REQUEST_TEMPERATURE, options["temperature"]);
  putNumber(attributes, semconv.ATTR_GEN_AI_REQUEST_TOP_P, options["top_p"]);
  putCount(attributes, semconv.ATTR_GEN_AI_REQUEST_TOP_K, options["top_k"]);
  putInteger(attributes, semconv.ATTR_GEN_AI_REQUEST_SEED, options["seed"]);
  putCount(attributes, semconv.ATTR_GEN_AI_REQUEST_MAX_TOKENS, options["num_predict"]);
  putNumber(attributes, semconv.ATTR_GEN_AI_REQUEST_FREQUENCY_PENALTY, options["frequency_penalty"]);
  putNumber(attributes, semconv.ATTR_GEN_AI_REQUEST_PRESENCE_PENALTY, options["presence_penalty"]);
  putTexts(attributes, semconv.ATTR_GEN_AI_REQUEST_STOP_SEQUENCES, options["stop"]);
  // `think` is a level or a switch, `format` is `json` or a schema.
  putText(attributes, semconv.ATTR_GEN_AI_REQUEST_REASONING_LEVEL, body["think"]);
  if (body["format"]) attributes[semconv.ATTR_GEN_AI_OUTPUT_TYPE] = semconv.GEN_AI_OUTPUT_TYPE_VALUE_JSON;
  return attributes;
}

export function chatInput(body: Body): InputContent {
  return {
    messages: list(body["messages"]).filter(isRecord).map(message),
    tools: list(body["tools"]).filter(isRecord).map(tool),
  };
}

export function generateInput(body: Body): InputContent {
  const system = text(body["system"]);
  const prompt = text(body["prompt"]);
  const parts: MessagePart[] = prompt === undefined ? [] : [{ type: "text", content: prompt }];
  parts.push(...list(body["images"]).flatMap(image));
  return {
    ...(system !== undefined && { system: [{ type: "text", content: system }] }),
    messages: parts.length === 0 ? [] : [{ role: "user", parts }],
  };
}

export function embedRequest(body: Body): Attributes {
  const attributes: Attributes = {};
  putCount(attributes, semconv.ATTR_GEN_AI_EMBEDDINGS_DIMENSION_COUNT, body["dimensions"]);
  return attributes;
}

/** A message of a request or a response. A tool's answer says which tool by name. */
export function message(given: UnknownRecord): InputMessage {
  const role = text(given["role"]) ?? "assistant";
  const content = text(given["content"]);
  if (role === "tool") {
    const name = text(given["tool_name"]);
    const id = text(given["tool_call_id"]);
    const response: MessagePart = { type: "tool_call_response", ...(id && { id }), response: content ?? "" };
    return { role, parts: [response], ...(name !== undefined && { name }) };
  }
  const thinking = text(given["thinking"]);
  return {
    role,
    parts: [
      ...(thinking === undefined ? [] : [{ type: "reasoning", content: thinking } as const]),
      ...(content === undefined ? [] : [{ type: "text", content } as const]),
      ...list(given["images"]).flatMap(image),
      ...list(given["tool_calls"]).filter(isRecord).map(toolCall),
    ],
  };
}

function toolCall(call: UnknownRecord): MessagePart {
  const { name, arguments: given } = record(call["function"]);
  const id = text(call["id"]);
  return { type: "tool_call", ...(id && { id }), name: text(name) ?? "", arguments: given };
}

/** Base64 text or bytes; the client also takes the path of a file, which it reads. */
function image(given: unknown): MessagePart[] {
  if (given instanceof Uint8Array) {
    return [{ type: "blob", modality: "image", content: Buffer.from(given).toString("base64") }];
  }
  if (typeof given !== "string" || given === "") return [];
  const isPath = given.length < 4096 && /[.\\:]|^\//.test(given);
  return [
    isPath ? { type: "uri", modality: "image", uri: given } : { type: "blob", modality: "image", content: given },
  ];
}

function tool({ type, function: described, ...rest }: UnknownRecord): ToolDefinition {
  const { name, ...details } = isRecord(described) ? described : rest;
  return { ...details, type: text(type) ?? "function", name: text(name) ?? "" };
}
