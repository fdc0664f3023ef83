import { ATTR_GENSPAN_RECORD_ID, ATTR_GENSPAN_RECORD_TRACE_ID } from "@genspan/semconv";
import type { GenAISpan } from "../engine/genai-span.ts";
import { sha256 } from "./sha256.ts";

/**
 * A UUID of version 4 shape that is the same for the same text: `sha256(text)`, first 16 bytes, version and variant
 * bits set. So a record that is sent twice is the same record to a vendor that wants UUIDs.
 */
export function deterministicUuid(text: string): string {
  const hex = sha256(text);
  const variant = ((Number.parseInt(hex.charAt(16), 16) & 0x3) | 0x8).toString(16);
  const uuid = `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
  return uuid.toLowerCase(); // flat, and the same: see `flatText`
}

/** The record id of a span: unique in its trace and stable over retries. */
export function spanUuid(traceId: string, spanId: string): string {
  return deterministicUuid(traceId + spanId);
}

const UUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;

export function isUuid(id: string): boolean {
  return UUID.test(id);
}

const UUID_4 = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/** The UUID of version 4 of the span's record: the one it was made of, if it was, else `spanUuid`. */
export function recordId(span: GenAISpan): string {
  return span.once("record.id", ownRecordId);
}

function ownRecordId(span: GenAISpan): string {
  return idIn(span, ATTR_GENSPAN_RECORD_ID, UUID_4) ?? spanUuid(span.traceId, span.spanId);
}

/** The UUID of the trace's record; of version 4 unless the vendor takes any. */
export function traceRecordId(span: GenAISpan, version: "4" | "any" = "4"): string {
  return version === "4" ? span.once("record.trace_id", traceUuid4) : span.once("record.trace_id.any", traceUuid);
}

const traceUuid4 = (span: GenAISpan) => traceIdIn(span, UUID_4);
const traceUuid = (span: GenAISpan) => traceIdIn(span, UUID);

function traceIdIn(span: GenAISpan, pattern: RegExp): string {
  return idIn(span, ATTR_GENSPAN_RECORD_TRACE_ID, pattern) ?? uuidOfTrace(span.traceId);
}

/** The trace whose id was made last: its spans ask for it one after the other. */
let latest = { traceId: "", uuid: "" };

function uuidOfTrace(traceId: string): string {
  if (latest.traceId !== traceId) latest = { traceId, uuid: deterministicUuid(traceId) };
  return latest.uuid;
}

function idIn(span: GenAISpan, name: string, pattern: RegExp): string | undefined {
  const id = span.text(name);
  return id !== undefined && pattern.test(id) ? id : undefined;
}
