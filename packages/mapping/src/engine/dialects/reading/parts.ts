import type { MessagePart } from "@genspan/semconv";
import { isObject } from "../../message-guards.ts";
import { bytesOrUrl, mediaPart, modalityOf } from "./media.ts";
import { applicationToolPart, isOfProvider, ofProvider, serverToolParts } from "./server-tools.ts";
import { field, parsed, text } from "./values.ts";

/** The parts of a message, whatever API or producer shaped them. Sources: the API pages of the providers named. */

type Json = Readonly<Record<string, unknown>>;

/** Text, a list of parts, a single part, or nothing. */
export function partsOf(content: unknown): MessagePart[] {
  if (typeof content === "string") return content === "" ? [] : [textPart(content)];
  if (Array.isArray(content)) {
    return content.flatMap((item) =>
      typeof item === "string" ? [textPart(item)] : isObject(item) ? partOf(item) : [],
    );
  }
  return isObject(content) ? partOf(content) : [];
}

/** A content that may be JSON text of a list of parts, as spans without structured values have it; else as it is. */
export function partsOrText(content: unknown): unknown {
  if (typeof content !== "string" || !content.startsWith("[{")) return content;
  const parts = parsed(content);
  return Array.isArray(parts) && parts.every((part) => typeof field(part, "type") === "string") ? parts : content;
}

function textPart(content: string): MessagePart {
  return { type: "text", content };
}

/** One part, or none where it says nothing. Types that nobody knows pass as they are. */
export function partOf(part: Json): MessagePart[] {
  const type = text(part["type"]);
  if (type === undefined) return untypedPart(part);
  const read = READERS.get(type);
  if (read !== undefined) return read(part) ?? [{ ...part, type }];
  return serverToolParts(part, type) ?? applicationToolPart(part, type) ?? [{ ...part, type }];
}

/** Readers by the part's type; `undefined` where the part is not what its type says. */
const READERS: ReadonlyMap<string, (part: Json) => MessagePart[] | undefined> = new Map([
  ...["text", "input_text", "output_text", "summary_text"].map((type) => [type, readText] as const),
  ...["reasoning", "reasoning_text", "thinking", "redacted_thinking", "redacted-reasoning"].map(
    (type) => [type, readReasoning] as const,
  ),
  ["toolUse", (part) => readToolCall({ ...part, id: part["id"] ?? part["toolUseId"] })],
  ["toolResult", (part) => readToolResponse({ ...part, id: part["id"] ?? part["toolUseId"] })],
  ...["tool_use", "tool-call", "function_call", "tool_call"].map((type) => [type, readToolCall] as const),
  ...["tool_result", "tool-result", "function_call_output", "tool_call_response"].map(
    (type) => [type, readToolResponse] as const,
  ),
  ...["image_url", "input_image", "image", "image-url"].map((type) => [type, readImage] as const),
  ...["input_audio", "audio", "audio-url"].map((type) => [type, readAudio] as const),
  ...["file", "document", "document-url", "input_file", "container_upload", "media", "video", "video-url"].map(
    (type) => [type, readFile] as const,
  ),
  ["binary", readBinary],
  ["blob", readBlob],
  ["uri", readUri],
  ["refusal", (part) => contentOf("refusal", part["refusal"] ?? part["content"] ?? part["text"])],
]);

function contentOf(type: "text" | "reasoning" | "refusal", content: unknown): MessagePart[] | undefined {
  return typeof content === "string" ? [{ type, content }] : undefined;
}

/** Parts without a type: Gemini's and Bedrock's, told apart by their one key. */
function untypedPart(part: Json): MessagePart[] {
  if (typeof part["text"] === "string") {
    return [{ type: part["thought"] === true ? "reasoning" : "text", content: part["text"] }];
  }
  const call = part["functionCall"] ?? part["function_call"] ?? part["toolUse"];
  if (isObject(call)) return readToolCall({ ...call, id: call["id"] ?? call["toolUseId"] }) ?? [];
  const response = part["functionResponse"] ?? part["function_response"] ?? part["toolResult"];
  if (isObject(response)) return readToolResponse({ ...response, id: response["id"] ?? response["toolUseId"] }) ?? [];
  const thought = field(field(part["reasoningContent"], "reasoningText"), "text");
  if (typeof thought === "string") return [{ type: "reasoning", content: thought }];
  const data = part["inlineData"] ?? part["inline_data"] ?? part["fileData"];
  if (isObject(data)) return readBinary(data) ?? [];
  // pydantic-ai's, told by its kind, in the first format.
  if (part["kind"] === "binary") return readBinary({ ...part, content: part["binary_content"] }) ?? [];
  return typeof part["content"] === "string" ? [textPart(part["content"])] : [];
}

/** What Anthropic's text cites stays with it. */
function readText(part: Json): MessagePart[] | undefined {
  const { citations } = part;
  const read = contentOf("text", part["content"] ?? part["text"]);
  return Array.isArray(citations) && citations.length > 0 ? read?.map((one) => ({ ...one, citations })) : read;
}

/** Encrypted reasoning has no content that anybody could read; what a model redacted is a part that says so. */
function readReasoning(part: Json): MessagePart[] | undefined {
  const { type, data } = part;
  if (data !== undefined && /^redacted[-_]/.test(String(type))) return [{ type: "redacted_reasoning", data }];
  const { summary, content: own } = part;
  // An item of the Responses API has a summary, the text itself, or both.
  if (Array.isArray(summary)) return [...summary, ...(Array.isArray(own) ? own : [])].flatMap(thoughtOf);
  const content = own ?? part["thinking"] ?? part["text"] ?? part["reasoning"] ?? summary;
  if (Array.isArray(content)) return content.flatMap(thoughtOf);
  return typeof content === "string" ? (content === "" ? [] : [{ type: "reasoning", content }]) : [];
}

function thoughtOf(item: unknown): MessagePart[] {
  const content = field(item, "text");
  return typeof content === "string" && content !== "" ? [{ type: "reasoning", content }] : [];
}

/** A call of a tool in the words of Anthropic, the AI SDK, OpenAI's Responses, Gemini, Bedrock, or LangChain. */
export function readToolCall(part: Json): MessagePart[] | undefined {
  const called = isObject(part["function"]) ? part["function"] : part;
  const name = text(called["name"] ?? called["toolName"]);
  if (name === undefined) return undefined;
  const id = text(part["call_id"] ?? part["toolCallId"] ?? part["id"] ?? part["tool_id"]);
  const given = called["arguments"] ?? called["input"] ?? called["args"] ?? called["parameters"];
  const values = typeof given === "string" ? (parsed(given) ?? given) : given;
  const call: MessagePart = {
    type: "tool_call",
    ...(id && { id }),
    name,
    ...(values !== undefined && { arguments: values }),
  };
  return [isOfProvider(part) ? ofProvider(call) : call];
}

/** The answer of a tool. A function's result is often JSON text, but what it means is the application's: it stays text. */
export function readToolResponse(part: Json): MessagePart[] {
  const { tool_use_id: anthropic, toolCallId, call_id: openAI, tool_call_id: chat, id: own, tool_id: datadog } = part;
  const id = text(anthropic ?? toolCallId ?? openAI ?? chat ?? own ?? datadog);
  const given = part["response"] ?? part["result"] ?? part["output"] ?? part["content"] ?? "";
  const answer: MessagePart = { type: "tool_call_response", ...(id && { id }), response: responseOf(given) };
  return [isOfProvider(part) ? ofProvider(answer) : answer];
}

/** The AI SDK puts the answer into `{type, value}`; Anthropic and OpenAI may send texts one by one. */
function responseOf(given: unknown): unknown {
  if (isObject(given) && typeof given["type"] === "string" && "value" in given) return given["value"];
  if (!Array.isArray(given)) return given;
  const texts = given.map((part) => field(part, "text"));
  return texts.length > 0 && texts.every((one) => typeof one === "string") ? texts.join("") : given;
}

function readImage(part: Json): MessagePart[] | undefined {
  const fileId = text(part["file_id"]);
  if (fileId !== undefined) return [{ type: "file", modality: "image", file_id: fileId }];
  const image = part["image_url"] ?? part["image"] ?? part["url"];
  const nested = isObject(image) ? (field(image["image"], "url") ?? image["url"]) : image;
  const mimeType = text(part["mimeType"] ?? part["mediaType"] ?? part["mime_type"]);
  if (typeof nested === "string") return [bytesOrUrl(nested, "image", mimeType)];
  return readSource(part, "image");
}

function readAudio(part: Json): MessagePart[] | undefined {
  const { input_audio: audio } = part;
  if (isObject(audio)) {
    const { data, format } = audio;
    if (typeof data !== "string") return undefined;
    return [{ type: "blob", modality: "audio", mime_type: `audio/${text(format) ?? "wav"}`, content: data }];
  }
  const url = text(part["url"]);
  if (url === undefined) return readSource(part, "audio");
  const { transcript } = part;
  const read = mediaPart(url, "audio", text(part["mime_type"]));
  return [typeof transcript === "string" ? { ...read, transcript } : read];
}

function readFile(part: Json): MessagePart[] | undefined {
  const file = isObject(part["file"]) ? { ...part, ...part["file"] } : part;
  const mimeType = text(file["mediaType"] ?? file["mimeType"] ?? file["mime_type"] ?? file["media_type"]);
  const family = text(part["type"])?.split("-", 1)[0];
  const modality = text(file["modality"]) ?? modalityOf(mimeType, family === "video" ? "video" : "document");
  const fileId = text(file["file_id"] ?? file["fileId"]);
  const kind = { modality, ...(mimeType && { mime_type: mimeType }) };
  if (fileId !== undefined) return [{ type: "file", ...kind, file_id: fileId }];
  const data = file["data"] ?? file["file_data"] ?? file["url"] ?? file["file_url"] ?? file["uri"];
  return typeof data === "string" ? [bytesOrUrl(data, modality, mimeType)] : readSource(part, modality);
}

/** Anthropic's `source`: bytes, a URL, a file id, or text. */
function readSource({ source }: Json, modality: string): MessagePart[] | undefined {
  if (!isObject(source)) return undefined;
  const { data, url, media_type: mimeType, file_id: fileId } = source;
  if (typeof fileId === "string") return [{ type: "file", modality, file_id: fileId }];
  const value = data ?? url;
  return typeof value === "string" ? [bytesOrUrl(value, modality, text(mimeType))] : undefined;
}

/** Bytes with their type, as Gemini and pydantic-ai write them. */
function readBinary(part: Json): MessagePart[] | undefined {
  const content = part["content"] ?? part["data"];
  const mimeType = text(part["media_type"] ?? part["mimeType"] ?? part["mime_type"]);
  const uri = text(part["fileUri"]);
  if (uri !== undefined) return [mediaPart(uri, modalityOf(mimeType), mimeType)];
  return typeof content === "string" ? [bytesOrUrl(content, modalityOf(mimeType), mimeType)] : undefined;
}

/** pydantic-ai leaves out what is neither image nor audio nor video; Logfire takes bytes for a URI. */
function readUri(part: Json): MessagePart[] | undefined {
  const { modality, uri } = part;
  const mimeType = text(part["mime_type"]);
  const stated = text(modality) ?? modalityOf(mimeType);
  if (typeof uri === "string" && uri.startsWith("data:")) return [mediaPart(uri, stated, mimeType)];
  return modality === undefined ? [{ ...part, type: "uri", modality: stated }] : undefined;
}

/**
 * A blob of the conventions as the AI SDK 7 leaves it: the whole `data:` URL as its content, and `image` for whatever is
 * no audio and no video.
 */
function readBlob(part: Json): MessagePart[] | undefined {
  const { content, modality } = part;
  if (typeof content !== "string") return undefined;
  const mimeType = text(part["mime_type"]);
  const isUrl = content.startsWith("data:") && content.includes(",");
  const isWrong = modality === "image" && mimeType !== undefined && !mimeType.startsWith("image/");
  const lacks = modality === undefined;
  if (!isUrl) return isWrong || lacks ? [{ ...part, type: "blob", modality: modalityOf(mimeType) }] : undefined;
  const read = mediaPart(content, text(modality) ?? modalityOf(mimeType), mimeType);
  const stated = text(field(read, "mime_type"));
  return [modality === "image" && stated !== undefined ? { ...read, modality: modalityOf(stated) } : read];
}
