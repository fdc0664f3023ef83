import type { ReadableSpanLike } from "@genspan/mapping";
import { spanHead, spanText } from "./otlp/span-json.ts";

/** An `ExportTraceServiceRequest` in OTLP/JSON with this one span, as text on one line. */
export function spanLine(span: ReadableSpanLike): string {
  return `{"resourceSpans":[${spanHead(span)}${spanText(span)}]}]}]}`;
}

/**
 * An `ExportTraceServiceRequest` in OTLP/JSON with this one span. Ids in hex, 64-bit numbers as text, structured
 * attribute values (SDK 3) kept. Source: opentelemetry-proto, OTLP/JSON mapping.
 */
export function spanToOtlp(span: ReadableSpanLike): object {
  return JSON.parse(spanLine(span)) as object; // a text that was just written as one
}
