import type { MessagePart, Modality } from "@genspan/semconv";

const dataUrlPattern = /^data:([^;,]*)(?:;[^,]*)?,/;

/** A `data:` URL is a blob with its bytes in base64; any other URL is a reference. */
export function mediaFromUrl(modality: Modality, url: string | undefined): MessagePart {
  const match = url === undefined ? null : dataUrlPattern.exec(url);
  if (url === undefined || match === null) return { type: "uri", modality, uri: url ?? "" };
  const [header, mimeType] = match;
  return { type: "blob", modality, ...(mimeType && { mime_type: mimeType }), content: url.slice(header.length) };
}
