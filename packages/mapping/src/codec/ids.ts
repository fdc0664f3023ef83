import { createHash } from "node:crypto";

/** Ids of a span for ids that vendors know records by, which may be any text. */

export function traceIdOf(id: string): string {
  const hex = id.replaceAll("-", "").toLowerCase();
  return isHex(hex, 32) ? hex : digest(`trace ${id}`, 32);
}

export function spanIdOf(id: string): string {
  return isHex(id, 16) ? id.toLowerCase() : digest(`span ${id}`, 16);
}

function isHex(text: string, length: number): boolean {
  return text.length === length && /^[0-9a-f]+$/i.test(text) && !/^0+$/.test(text);
}

function digest(text: string, length: number): string {
  return createHash("sha256").update(text).digest("hex").slice(0, length);
}
