import type { ReadableSpanLike } from "@genspan/mapping/core";
import { spanLine } from "./otlp/span-json.ts";

/**
 * An `ExportTraceServiceRequest` in OTLP/JSON with this one span. Ids in hex, 64-bit numbers as text, structured
 * attribute values (SDK 3) kept. Source: opentelemetry-proto, OTLP/JSON mapping.
 */
export function spanToOtlp(span: ReadableSpanLike): object {
  return JSON.parse(spanLine(span)) as object; // a text that was just written as one
}
