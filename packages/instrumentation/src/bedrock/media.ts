import type { MessagePart, Modality } from "@genspan/semconv";
import { isRecord, text, type UnknownRecord } from "../engine/read.ts";

/** Formats whose MIME type is not `MODALITY/FORMAT`. */
const mimeTypes: ReadonlyMap<string, string> = new Map([
  ["pdf", "application/pdf"],
  ["txt", "text/plain"],
  ["md", "text/markdown"],
  ["csv", "text/csv"],
  ["html", "text/html"],
  ["doc", "application/msword"],
  ["docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"],
  ["xls", "application/vnd.ms-excel"],
  ["xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"],
  ["three_gp", "video/3gpp"],
  ["mov", "video/quicktime"],
  ["mkv", "video/x-matroska"],
  ["mp3", "audio/mpeg"],
]);

/**
 * An `ImageBlock`, `DocumentBlock`, `VideoBlock` or `AudioBlock`: bytes, an object in S3, or a document as text. The block
 * is read, never changed; bytes are a `Uint8Array` in the client and base64 text in bodies of InvokeModel.
 */
export function mediaParts(modality: Modality, block: unknown): MessagePart[] {
  if (!isRecord(block)) return [];
  const format = text(block["format"]);
  const mime = format === undefined ? {} : { mime_type: mimeTypes.get(format) ?? `${modality}/${format}` };
  const name = text(block["name"]);
  const extra = { ...mime, ...(name && { name }) };
  const source = isRecord(block["source"]) ? block["source"] : {};
  const uri = s3Uri(source);
  if (uri !== undefined) return [{ type: "uri", modality, ...extra, uri }];
  const content = base64(source["bytes"]);
  if (content !== undefined) return [{ type: "blob", modality, ...extra, content }];
  const texts = documentTexts(source);
  return texts.map((given) => ({ type: "text", content: given, ...(name && { name }) }));
}

function s3Uri(source: UnknownRecord): string | undefined {
  return isRecord(source["s3Location"]) ? text(source["s3Location"]["uri"]) : undefined;
}

function documentTexts(source: UnknownRecord): string[] {
  const { text: whole, content } = source;
  if (typeof whole === "string") return [whole];
  if (!Array.isArray(content)) return [];
  return content.flatMap((chunk: unknown) => (isRecord(chunk) ? (text(chunk["text"]) ?? []) : []));
}

/** Of bytes, or text that is base64 already. */
export function base64(value: unknown): string | undefined {
  if (typeof value === "string") return value;
  if (!ArrayBuffer.isView(value)) return undefined;
  return Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString("base64");
}
