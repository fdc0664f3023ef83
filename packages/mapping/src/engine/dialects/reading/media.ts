import type { MessagePart, Modality } from "@genspan/semconv";

const LONGEST_HEADER = 200;

/** A `data:` URL is a blob with its bytes in base64; any other URL is a reference. */
export function mediaPart(url: string, modality: Modality, mimeType?: string): MessagePart {
  let bytes = 0;
  let stated = mimeType;
  // Once is usual; a URL that was put into another is peeled to its bytes.
  while (url.startsWith("data:", bytes)) {
    const comma = url.indexOf(",", bytes);
    if (comma < 0) break;
    stated = url.slice(bytes + "data:".length, Math.min(comma, bytes + LONGEST_HEADER)).split(";", 1)[0] || stated;
    bytes = comma + 1;
  }
  if (bytes === 0) return { type: "uri", ...kind(modality, mimeType), uri: url };
  return { type: "blob", ...kind(modality, stated), content: url.slice(bytes) };
}

/** A URL, or bytes in base64 that have no URL around them. */
export function bytesOrUrl(value: string, modality: Modality, mimeType?: string): MessagePart {
  if (/^(data|https?|gs|s3|file):/.test(value)) return mediaPart(value, modality, mimeType);
  return { type: "blob", ...kind(modality, mimeType), content: value };
}

/** What is not image, audio or video is a document. */
export function modalityOf(mimeType: string | undefined, otherwise: Modality = "document"): Modality {
  const family = mimeType?.split("/", 1)[0];
  return family === "image" || family === "audio" || family === "video" ? family : otherwise;
}

function kind(modality: Modality, mimeType: string | undefined) {
  return { modality, ...(mimeType && { mime_type: mimeType }) };
}
