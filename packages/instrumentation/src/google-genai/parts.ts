import type { InputMessage, MessagePart, Modality } from "@genspan/semconv";
import { isRecord, list, record, text, type UnknownRecord } from "../engine/read.ts";
import { unknownPart } from "../openai-protocol/unknown-part.ts";

/** A `Content`: the model's own messages have the role `model`; one that only answers calls has a role of its own. */
export function contentMessage(content: UnknownRecord, otherwise = "user"): InputMessage {
  const parts = contentParts(content);
  const isAnswer = parts.length > 0 && parts.every(({ type }) => type === "tool_call_response");
  const role = text(content["role"]) ?? otherwise;
  if (isAnswer) return { role: "tool", parts };
  return { role: role === "model" ? "assistant" : role, parts };
}

export function contentParts(content: unknown): MessagePart[] {
  const { parts } = record(content);
  return (Array.isArray(parts) ? parts : isRecord(parts) ? [parts] : []).flatMap(partsOf);
}

/** A part, or text in its place. */
export function partsOf(part: unknown): MessagePart[] {
  if (typeof part === "string") return part === "" ? [] : [{ type: "text", content: part }];
  if (!isRecord(part)) return [];
  const found: MessagePart[] = [];
  for (const member in part) {
    const value = part[member];
    if (value === undefined || value === null || markers.has(member)) continue;
    const read = readers.get(member);
    if (read !== undefined) found.push(...read(value, part));
    else found.push(unknownPart({ type: member, content: value }, "google"));
  }
  return found;
}

/** Members that say something of the part that they are in. A signature is an encrypted thought, for the model alone. */
const markers: ReadonlySet<string> = new Set([
  "thought",
  "thoughtSignature",
  "videoMetadata",
  "mediaResolution",
  "mediaProcessing",
  "partMetadata",
  "speechMetadata",
]);

type PartReader = (value: unknown, part: UnknownRecord) => MessagePart[];

/** Members of `Part` (https://ai.google.dev/api/caching#Part), of which one is set. */
const readers: ReadonlyMap<string, PartReader> = new Map<string, PartReader>([
  ["text", textParts],
  ["inlineData", blobParts],
  ["fileData", fileParts],
  ["functionCall", callParts],
  ["functionResponse", responseParts],
  ["executableCode", (value) => serverCall(value, "code_execution")],
  ["codeExecutionResult", (value) => serverResponse(value, "code_execution")],
  ["toolCall", (value) => serverCall(value, toolType(value))],
  ["toolResponse", (value) => serverResponse(value, toolType(value))],
]);

function textParts(value: unknown, part: UnknownRecord): MessagePart[] {
  if (typeof value !== "string" || value === "") return [];
  return [{ type: part["thought"] === true ? "reasoning" : "text", content: value }];
}

function blobParts(value: unknown, part: UnknownRecord): MessagePart[] {
  const { data, mimeType, displayName } = record(value);
  if (typeof data !== "string") return [];
  return [{ type: "blob", ...described(mimeType, displayName, part), content: data }];
}

function fileParts(value: unknown, part: UnknownRecord): MessagePart[] {
  const { fileUri, mimeType, displayName } = record(value);
  const uri = text(fileUri);
  return uri === undefined ? [] : [{ type: "uri", ...described(mimeType, displayName, part), uri }];
}

interface Described {
  readonly modality: Modality;
  readonly mime_type?: string;
  readonly [more: string]: unknown;
}

function described(mimeType: unknown, displayName: unknown, { videoMetadata }: UnknownRecord): Described {
  const mime = text(mimeType);
  const name = text(displayName);
  return {
    modality: modalityOf(mime),
    ...(mime !== undefined && { mime_type: mime }),
    ...(name !== undefined && { name }),
    ...(isRecord(videoMetadata) && { video_metadata: videoMetadata }),
  };
}

/** `image/png` is an image; `application/pdf` and `text/plain` are documents. */
export function modalityOf(mimeType: string | undefined): Modality {
  const kind = mimeType?.split("/", 1)[0] ?? "";
  return ["image", "audio", "video"].includes(kind) ? kind : "document";
}

function callParts(value: unknown): MessagePart[] {
  const { id, name, args } = record(value);
  const known = text(id);
  return [{ type: "tool_call", ...(known && { id: known }), name: text(name) ?? "", arguments: args ?? {} }];
}

/** A function may answer with media beside its values. */
function responseParts(value: unknown): MessagePart[] {
  const { id, name, response, parts } = record(value);
  const known = text(id);
  const tool = text(name);
  const media = list(parts).flatMap(partsOf);
  const answer = media.length > 0 ? { ...record(response), parts: media } : (response ?? null);
  return [{ type: "tool_call_response", ...(known && { id: known }), ...(tool && { name: tool }), response: answer }];
}

/** `GOOGLE_SEARCH_WEB` and others. */
function toolType(value: unknown): string {
  return text(record(value)["toolType"])?.toLowerCase() ?? "tool";
}

function serverCall(value: unknown, type: string): MessagePart[] {
  const { id, toolType: _type, ...call } = record(value);
  const known = text(id);
  return [{ type: "server_tool_call", ...(known && { id: known }), name: type, server_tool_call: { ...call, type } }];
}

function serverResponse(value: unknown, type: string): MessagePart[] {
  const { id, toolType: _type, ...response } = record(value);
  const known = text(id);
  return [
    {
      type: "server_tool_call_response",
      ...(known && { id: known }),
      server_tool_call_response: { ...response, type },
    },
  ];
}
