import { ATTR_GEN_AI_INPUT_MESSAGES, ATTR_GEN_AI_OUTPUT_MESSAGES } from "@genspan/semconv";
import type { MediaUpload, OnMedia } from "../options.ts";
import type { ContentAttributes } from "./content.ts";
import { isRecord, list, record, text, type UnknownRecord } from "./read.ts";
import { reportOwnError } from "./reports.ts";

/** An upload that never answers must not keep a span open for ever. */
const uploadTimeoutMillis = 10_000;

/** What is done with media over the size. */
export interface MediaRule {
  readonly maxBytes: number;
  readonly onMedia: OnMedia | undefined;
}

/** Parts whose texts are prose: the most, by far, and not looked into. */
const proseParts: ReadonlySet<unknown> = new Set(["text", "reasoning", "tool_call", "refusal"]);

/** Whether messages hold media over the size. */
export function hasLargeMedia(content: ContentAttributes, rule: MediaRule): boolean {
  return isLargeIn(content[ATTR_GEN_AI_INPUT_MESSAGES], rule) || isLargeIn(content[ATTR_GEN_AI_OUTPUT_MESSAGES], rule);
}

function isLargeIn(messages: unknown, rule: MediaRule): boolean {
  if (!Array.isArray(messages) || rule.maxBytes === Number.POSITIVE_INFINITY) return false;
  for (const message of messages) {
    for (const part of list(record(message)["parts"])) {
      if (isRecord(part) && !proseParts.has(part["type"]) && isLarge(part, rule)) return true;
    }
  }
  return false;
}

function isLarge(value: unknown, rule: MediaRule): boolean {
  if (typeof value === "string") return isOver(value, rule) && isBase64(value);
  if (Array.isArray(value)) return value.some((item) => isLarge(item, rule));
  if (!isRecord(value)) return false;
  if (isBlob(value)) return isOver(value.content, rule);
  for (const name in value) if (isLarge(value[name], rule)) return true;
  return false;
}

/**
 * Content with each medium over the size replaced by what names it: its type, size in bytes and SHA-256, or the URI
 * that the upload hook answers with. Runs in a turn of its own, so that no call waits for decoding and hashing.
 */
export async function boundMedia(content: ContentAttributes, rule: MediaRule): Promise<ContentAttributes> {
  await new Promise((resolve) => setTimeout(resolve, 0));
  // An object stays an object.
  return (await bound(content, rule)) as ContentAttributes;
}

async function bound(value: unknown, rule: MediaRule): Promise<unknown> {
  if (Array.isArray(value)) return Promise.all(value.map((item) => bound(item, rule)));
  if (!isRecord(value) || proseParts.has(value["type"])) return value;
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
  const upload = await describe(content, mimeType, text(part["modality"]));
  const uri = await ask(upload, rule.onMedia);
  if (uri !== undefined) return { ...part, type: "uri", uri };
  return { ...part, type: "media", byte_size: upload.bytes.byteLength, sha256: upload.sha256 };
}

/** Media within a part of another shape, such as the result of a tool: a text stays a text. */
async function textReference(content: string, rule: MediaRule): Promise<string> {
  const upload = await describe(content, undefined, undefined);
  return (await ask(upload, rule.onMedia)) ?? `sha256:${upload.sha256} (${upload.bytes.byteLength} bytes)`;
}

async function describe(
  content: string,
  mimeType: string | undefined,
  modality: string | undefined,
): Promise<MediaUpload> {
  // Loaded here: it would make every start of an application longer.
  const { createHash } = await import("node:crypto");
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
