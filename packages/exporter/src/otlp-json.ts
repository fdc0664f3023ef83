import { parentSpanIdOf, type ReadableSpanLike, scopeOf } from "@genspan/mapping";
import type { HrTime } from "@opentelemetry/api";
import { toKeyValues } from "./otlp-value.ts";

/**
 * An `ExportTraceServiceRequest` in OTLP/JSON with this one span. Ids in hex, 64-bit numbers as text, structured
 * attribute values (SDK 3) kept. Source: opentelemetry-proto, OTLP/JSON mapping.
 */
export function spanToOtlp(span: ReadableSpanLike): object {
  const scope = scopeOf(span);
  const encodedScope = { name: scope?.name ?? "", ...(scope?.version !== undefined && { version: scope.version }) };
  const scopeSpans = {
    scope: encodedScope,
    spans: [encodeSpan(span)],
    ...(scope?.schemaUrl !== undefined && { schemaUrl: scope.schemaUrl }),
  };
  const resource = { attributes: toKeyValues(span.resource.attributes) };
  return { resourceSpans: [{ resource, scopeSpans: [scopeSpans] }] };
}

function encodeSpan(span: ReadableSpanLike): object {
  const { traceId, spanId, traceFlags, traceState } = span.spanContext();
  const parentSpanId = parentSpanIdOf(span);
  const { code, message } = span.status;
  return {
    traceId,
    spanId,
    ...(traceState !== undefined && { traceState: traceState.serialize() }),
    ...(parentSpanId !== undefined && { parentSpanId }),
    flags: traceFlags,
    name: span.name,
    kind: span.kind + 1, // the API counts from INTERNAL = 0, OTLP from UNSPECIFIED = 0
    startTimeUnixNano: toNanos(span.startTime),
    endTimeUnixNano: toNanos(span.endTime),
    attributes: toKeyValues(span.attributes),
    droppedAttributesCount: span.droppedAttributesCount,
    events: span.events.map((event) => ({
      timeUnixNano: toNanos(event.time),
      name: event.name,
      attributes: toKeyValues(event.attributes ?? {}),
      droppedAttributesCount: event.droppedAttributesCount ?? 0,
    })),
    droppedEventsCount: span.droppedEventsCount,
    links: span.links.map((link) => ({
      traceId: link.context.traceId,
      spanId: link.context.spanId,
      attributes: toKeyValues(link.attributes ?? {}),
      droppedAttributesCount: link.droppedAttributesCount ?? 0,
    })),
    droppedLinksCount: span.droppedLinksCount,
    status: { code, ...(message !== undefined && { message }) },
  };
}

/** Nanoseconds since 1970 as text; 0 (unknown, in OTLP) for a time that is none. */
function toNanos([seconds, nanos]: HrTime): string {
  if (!Number.isFinite(seconds) || !Number.isFinite(nanos)) return "0";
  return (BigInt(Math.trunc(seconds)) * 1_000_000_000n + BigInt(Math.trunc(nanos))).toString();
}
