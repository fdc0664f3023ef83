import { parentSpanIdOf, type ReadableSpanLike, scopeOf } from "@genspan/mapping";
import type { HrTime } from "@opentelemetry/api";

/**
 * An `ExportTraceServiceRequest` in OTLP/JSON with this one span. Ids in hex, 64-bit numbers as text, structured
 * attribute values (SDK 3) kept. Source: opentelemetry-proto, OTLP/JSON mapping.
 */
export function spanToOtlp(span: ReadableSpanLike): object {
  const { traceId, spanId, traceFlags } = span.spanContext();
  const parentSpanId = parentSpanIdOf(span);
  const scope = scopeOf(span);
  const encoded = {
    traceId,
    spanId,
    ...(parentSpanId !== undefined && { parentSpanId }),
    name: span.name,
    kind: span.kind + 1,
    startTimeUnixNano: toNanos(span.startTime),
    endTimeUnixNano: toNanos(span.endTime),
    attributes: toKeyValues(span.attributes),
    droppedAttributesCount: span.droppedAttributesCount,
    events: span.events.map((event) => ({
      timeUnixNano: toNanos(event.time),
      name: event.name,
      attributes: toKeyValues(event.attributes ?? {}),
    })),
    droppedEventsCount: span.droppedEventsCount,
    links: span.links.map((link) => ({
      traceId: link.context.traceId,
      spanId: link.context.spanId,
      attributes: toKeyValues(link.attributes ?? {}),
    })),
    droppedLinksCount: span.droppedLinksCount,
    status: { code: span.status.code, ...(span.status.message !== undefined && { message: span.status.message }) },
    flags: traceFlags,
  };
  return {
    resourceSpans: [
      {
        resource: { attributes: toKeyValues(span.resource.attributes) },
        scopeSpans: [
          { scope: { name: scope?.name ?? "", ...(scope?.version && { version: scope.version }) }, spans: [encoded] },
        ],
      },
    ],
  };
}

function toNanos([seconds, nanos]: HrTime): string {
  return (BigInt(Math.trunc(seconds)) * 1_000_000_000n + BigInt(Math.trunc(nanos))).toString();
}

function toKeyValues(values: Readonly<Record<string, unknown>>): object[] {
  return Object.entries(values).flatMap(([key, value]) =>
    value === undefined ? [] : [{ key, value: toAnyValue(value, 0) }],
  );
}

const DEEPEST = 64;

function toAnyValue(value: unknown, depth: number): object {
  switch (typeof value) {
    case "string":
      return { stringValue: value };
    case "boolean":
      return { boolValue: value };
    case "bigint":
      return { intValue: value.toString() };
    case "number":
      if (Number.isSafeInteger(value)) return { intValue: String(value) };
      return { doubleValue: Number.isFinite(value) ? value : String(value) };
    case "object":
      if (value === null || depth >= DEEPEST) return {};
      if (value instanceof Uint8Array) return { bytesValue: Buffer.from(value).toString("base64") };
      if (Array.isArray(value)) return { arrayValue: { values: value.map((item) => toAnyValue(item, depth + 1)) } };
      return {
        kvlistValue: {
          values: Object.entries(value).map(([key, item]) => ({ key, value: toAnyValue(item, depth + 1) })),
        },
      };
    default:
      return {};
  }
}
