import { createHash } from "node:crypto";
import type { MediaUpload, OnMedia } from "../options.ts";
import { isRecord, text, type UnknownRecord } from "./read.ts";
import { reportOwnError } from "./state.ts";

/** An upload that never answers must not keep a span open for ever. */
const uploadTimeoutMillis = 10_000;

/** What is done with media over the size. */
export interface MediaRule {
  readonly maxBytes: number;
  readonly onMedia: OnMedia | undefined;
}

/** Whether a value holds media over the size. */
export function hasLargeMedia(value: unknown, rule: MediaRule): boolean {
  return rule.maxBytes !== Number.POSITIVE_INFINITY && findMedia(value, (content) => isOver(content, rule));
}

function findMedia(value: unknown, isLarge: (content: string) => boolean): boolean {
  if (Array.isArray(value)) return value.some((item) => findMedia(item, isLarge));
  if (!isRecord(value)) return false;
  if (isBlob(value)) return isLarge(value.content);
  return Object.values(value).some((item) =>
    typeof item === "string" ? isLarge(item) && isBase64(item) : findMedia(item, isLarge),
  );
}

/**
 * The value with each medium over the size replaced by what names it: its type, size in bytes and SHA-256, or the URI
 * that the upload hook answers with. Runs in a turn of its own, so that no call waits for decoding and hashing.
 */
export async function boundMedia<T>(value: T, rule: MediaRule): Promise<T> {
  await new Promise((resolve) => setTimeout(resolve, 0));
  // The same shape with other leaves.
  return (await bound(value, rule)) as T;
}

async function bound(value: unknown, rule: MediaRule): Promise<unknown> {
  if (Array.isArray(value)) return Promise.all(value.map((item) => bound(item, rule)));
  if (!isRecord(value)) return value;
  if (isBlob(value)) return isOver(value.content, rule) ? blobReference(value, rule) : value;
  const entries = await Promise.all(
    Object.entries(value).map(async ([name, item]): Promise<[string, unknown]> => {
      if (typeof item !== "string") return [name, await bound(item, rule)];
      return [name, isOver(item, rule) && isBase64(item) ? await textReference(item, rule) : item];
    }),
  );
  return Object.fromEntries(entries);
}

/** Bytes of base64 are three quarters of its length, less the padding. */
function isOver(content: string, { maxBytes }: MediaRule): boolean {
  const padding = content.endsWith("==") ? 2 : content.endsWith("=") ? 1 : 0;
  return (content.length * 3) / 4 - padding > maxBytes;
}

type Blob = UnknownRecord & { readonly type: "blob"; readonly content: string };

function isBlob(part: UnknownRecord): part is Blob {
  return part["type"] === "blob" && typeof part["content"] === "string";
}

/** Long text without spaces, of base64's letters only: the start is enough to tell it from prose and from JSON. */
function isBase64(content: string): boolean {
  return /^[A-Za-z0-9+/_=-]{256}/.test(content);
}

/** A `uri` part where the hook told one, else a part of our own with what the bytes can be found again by. */
async function blobReference({ content, ...part }: Blob, rule: MediaRule): Promise<UnknownRecord> {
  const mimeType = text(part["mime_type"]);
  const upload = describe(content, mimeType, text(part["modality"]));
  const uri = await ask(upload, rule.onMedia);
  if (uri !== undefined) return { ...part, type: "uri", uri };
  return { ...part, type: "media", byte_size: upload.bytes.byteLength, sha256: upload.sha256 };
}

/** Media within a part of another shape, such as the result of a tool: a text stays a text. */
async function textReference(content: string, rule: MediaRule): Promise<string> {
  const upload = describe(content, undefined, undefined);
  return (await ask(upload, rule.onMedia)) ?? `sha256:${upload.sha256} (${upload.bytes.byteLength} bytes)`;
}

function describe(content: string, mimeType: string | undefined, modality: string | undefined): MediaUpload {
  const bytes = Buffer.from(content, "base64");
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  return { bytes, sha256, mimeType, modality };
}

/** The hook is the application's: what it throws is reported and counted as ours to survive. */
async function ask(upload: MediaUpload, onMedia: OnMedia | undefined): Promise<string | undefined> {
  if (onMedia === undefined) return undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const tooLate = new Promise<undefined>((_resolve, reject) => {
    timer = setTimeout(
      () => reject(new Error(`onMedia did not answer in ${uploadTimeoutMillis} ms`)),
      uploadTimeoutMillis,
    );
  });
  try {
    return text(await Promise.race([onMedia(upload), tooLate]));
  } catch (error) {
    reportOwnError("onMedia", error);
    return undefined;
  } finally {
    clearTimeout(timer);
  }
}
