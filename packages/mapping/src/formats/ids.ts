import { createHash } from "node:crypto";

/**
 * A UUID of version 4 shape that is the same for the same text: `sha256(text)`, first 16 bytes, version and variant
 * bits set. So a record that is sent twice is the same record to a vendor that wants UUIDs.
 */
export function deterministicUuid(text: string): string {
  const hex = createHash("sha256").update(text).digest("hex");
  const variant = ((Number.parseInt(hex.charAt(16), 16) & 0x3) | 0x8).toString(16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** The record id of a span: unique in its trace and stable over retries. */
export function spanUuid(traceId: string, spanId: string): string {
  return deterministicUuid(traceId + spanId);
}
