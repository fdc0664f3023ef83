import type { InputMessage, MessagePart } from "@genspan/semconv";
import { isRecord, list, text, type UnknownRecord } from "../engine/read.ts";
import { base64, mediaParts } from "./media.ts";

/** A message of Converse and of Nova's bodies. One that only answers tool calls has the conventions' role for that. */
export function converseMessage(message: UnknownRecord): InputMessage {
  const role = text(message["role"]) ?? "assistant";
  const parts = converseParts(message["content"]);
  const isAnswer = parts.length > 0 && parts.every(({ type }) => type === "tool_call_response");
  return { role: role === "user" && isAnswer ? "tool" : role, parts };
}

/** Nova's bodies may have text in the place of blocks. */
export function converseParts(content: unknown): MessagePart[] {
  if (typeof content === "string") return content === "" ? [] : [{ type: "text", content }];
  return list(content).filter(isRecord).flatMap(blockParts);
}

type BlockReader = (value: unknown) => MessagePart[];

/**
 * The members of `ContentBlock`, `SystemContentBlock` and `ToolResultContentBlock`
 * (https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_ContentBlock.html). A cache point marks a place and
 * says nothing.
 */
const readers: ReadonlyMap<string, BlockReader> = new Map<string, BlockReader>([
  ["text", (value) => (text(value) === undefined ? [] : [{ type: "text", content: String(value) }])],
  ["cachePoint", () => []],
  ["reasoningContent", reasoningParts],
  ["image", (value) => mediaParts("image", value)],
  ["document", (value) => mediaParts("document", value)],
  ["video", (value) => mediaParts("video", value)],
  ["audio", (value) => mediaParts("audio", value)],
  ["toolUse", toolUseParts],
  ["toolResult", toolResultParts],
  ["guardContent", guardParts],
  ["citationsContent", citationParts],
  ["json", (value) => [{ type: "json", content: value }]],
]);

/** A union: one member is set, or with Nova's bodies a cache point beside it. The client calls unknown ones `$unknown`. */
function blockParts(block: UnknownRecord): MessagePart[] {
  const parts: MessagePart[] = [];
  for (const member in block) {
    const value = block[member];
    if (value === undefined || value === null) continue;
    const read = readers.get(member);
    if (read !== undefined) parts.push(...read(value));
    else parts.push(...unknownParts(member, value));
  }
  return parts;
}

function unknownParts(member: string, value: unknown): MessagePart[] {
  if (member === "$unknown" && Array.isArray(value)) return [{ type: String(value[0]), content: value[1] }];
  return [{ type: member, content: value }];
}

/** What a model redacted is encrypted: a part that says so. */
function reasoningParts(value: unknown): MessagePart[] {
  if (!isRecord(value)) return [];
  const { reasoningText, redactedContent } = value;
  if (isRecord(reasoningText)) return [{ type: "reasoning", content: text(reasoningText["text"]) ?? "" }];
  const data = base64(redactedContent);
  return data === undefined ? [] : [{ type: "redacted_reasoning", data }];
}

/** Tools that Bedrock runs itself (`systemTool`) have `type: "server_tool_use"`. */
function toolUseParts(value: unknown): MessagePart[] {
  if (!isRecord(value)) return [];
  const id = text(value["toolUseId"]);
  const name = text(value["name"]) ?? "";
  const known = { ...(id && { id }), name };
  if (value["type"] === "server_tool_use") {
    return [{ type: "server_tool_call", ...known, server_tool_call: { type: name, input: value["input"] } }];
  }
  return [{ type: "tool_call", ...known, arguments: value["input"] }];
}

/** The result of a server tool names its kind; that of the application's tool has none. */
function toolResultParts(value: unknown): MessagePart[] {
  if (!isRecord(value)) return [];
  const id = text(value["toolUseId"]);
  const response = toolResponse(value["content"]);
  const type = text(value["type"]);
  if (type !== undefined && type !== "tool_result") {
    const result = { type, content: response, ...(value["status"] !== undefined && { status: value["status"] }) };
    return [{ type: "server_tool_call_response", ...(id && { id }), server_tool_call_response: result }];
  }
  return [{ type: "tool_call_response", ...(id && { id }), response }];
}

/** One JSON value or text is the response; anything else is a list of parts. */
function toolResponse(content: unknown): unknown {
  const blocks = list(content).filter(isRecord);
  const [first] = blocks;
  if (blocks.length === 1 && first !== undefined && "json" in first) return first["json"];
  if (blocks.every((block) => typeof block["text"] === "string")) return blocks.map((block) => block["text"]).join("");
  return converseParts(blocks);
}

/** Content that a guardrail assesses apart from the rest; for the model it is content like any other. */
function guardParts(value: unknown): MessagePart[] {
  if (!isRecord(value)) return [];
  if (isRecord(value["text"])) return [{ type: "text", content: text(value["text"]["text"]) ?? "" }];
  return mediaParts("image", value["image"]);
}

/** Generated text with the citations that it rests on. */
function citationParts(value: unknown): MessagePart[] {
  if (!isRecord(value)) return [];
  const content = list(value["content"]).map((piece) => (isRecord(piece) ? (text(piece["text"]) ?? "") : ""));
  return [{ type: "text", content: content.join(""), citations: list(value["citations"]) }];
}
