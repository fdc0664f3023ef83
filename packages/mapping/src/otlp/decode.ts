import type { HrTime, SpanContext } from "@opentelemetry/api";
import { z } from "zod";
import type { ReadableSpanLike, ResourceLike, ScopeLike } from "../engine/readable-span.ts";

/**
 * Reads OTLP/JSON trace export requests (`ExportTraceServiceRequest`) into spans as an SDK would hand them over.
 * Forgiving as the OTLP specification asks: unknown fields are skipped, 64-bit numbers may be text, ids are hex.
 */

const int64 = z.union([z.number(), z.string()]);

interface AnyValue {
  readonly stringValue?: string | undefined;
  readonly boolValue?: boolean | undefined;
  readonly intValue?: number | string | undefined;
  readonly doubleValue?: number | string | undefined;
  readonly arrayValue?: { readonly values?: readonly AnyValue[] | undefined } | undefined;
  readonly kvlistValue?: { readonly values?: readonly KeyValue[] | undefined } | undefined;
  readonly bytesValue?: string | undefined;
}
interface KeyValue {
  readonly key: string;
  readonly value?: AnyValue | undefined;
}

const anyValue: z.ZodType<AnyValue> = z.lazy(() =>
  z.object({
    stringValue: z.string().optional(),
    boolValue: z.boolean().optional(),
    intValue: int64.optional(),
    doubleValue: z.union([z.number(), z.string()]).optional(),
    arrayValue: z.object({ values: z.array(anyValue).optional() }).optional(),
    kvlistValue: z.object({ values: z.array(keyValue).optional() }).optional(),
    bytesValue: z.string().optional(),
  }),
);
const keyValue: z.ZodType<KeyValue> = z.lazy(() => z.object({ key: z.string(), value: anyValue.optional() }));
const keyValues = z.array(keyValue).default([]);
const hexId = (bytes: number) =>
  z.string().regex(new RegExp(`^[0-9a-fA-F]{${bytes * 2}}$`), `must be ${bytes * 2} hex digits`);

const spanSchema = z.object({
  traceId: hexId(16),
  spanId: hexId(8),
  parentSpanId: z.union([hexId(8), z.literal("")]).optional(),
  traceState: z.string().optional(),
  name: z.string().default(""),
  kind: z.number().default(0),
  startTimeUnixNano: int64.default(0),
  endTimeUnixNano: int64.default(0),
  attributes: keyValues,
  droppedAttributesCount: z.number().default(0),
  events: z
    .array(
      z.object({
        timeUnixNano: int64.default(0),
        name: z.string().default(""),
        attributes: keyValues,
        droppedAttributesCount: z.number().default(0),
      }),
    )
    .default([]),
  droppedEventsCount: z.number().default(0),
  links: z.array(z.object({ traceId: hexId(16), spanId: hexId(8), attributes: keyValues })).default([]),
  droppedLinksCount: z.number().default(0),
  status: z.object({ code: z.number().default(0), message: z.string().optional() }).default({ code: 0 }),
  flags: z.number().optional(),
});
type OtlpSpan = z.infer<typeof spanSchema>;

const requestSchema = z.object({
  resourceSpans: z.array(
    z.object({
      resource: z.object({ attributes: keyValues }).default({ attributes: [] }),
      scopeSpans: z
        .array(
          z.object({
            scope: z
              .object({
                name: z.string().default(""),
                version: z.string().optional(),
              })
              .optional(),
            schemaUrl: z.string().optional(),
            spans: z.array(spanSchema).default([]),
          }),
        )
        .default([]),
    }),
  ),
});

export type DecodeResult =
  | { readonly status: "decoded"; readonly spans: readonly ReadableSpanLike[] }
  /** `reason` is a sentence that names the place in the request. */
  | { readonly status: "malformed"; readonly reason: string };

/** @param request a parsed JSON value, which should be an OTLP/JSON trace export request. */
export function decodeOtlpTraces(request: unknown): DecodeResult {
  const parsed = requestSchema.safeParse(request);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    const place = issue?.path.join(".") ?? "";
    return {
      status: "malformed",
      reason: `not an OTLP/JSON trace export request: ${place || "the value"}: ${issue?.message ?? "invalid"}`,
    };
  }
  const spans = parsed.data.resourceSpans.flatMap(({ resource, scopeSpans }) => {
    const owner: ResourceLike = { attributes: toRecord(resource.attributes) };
    return scopeSpans.flatMap(({ scope, schemaUrl, spans }) =>
      spans.map((span) =>
        toReadableSpan(span, owner, {
          name: scope?.name ?? "",
          version: scope?.version,
          schemaUrl,
        }),
      ),
    );
  });
  return { status: "decoded", spans };
}

function toReadableSpan(span: OtlpSpan, resource: ResourceLike, scope: ScopeLike): ReadableSpanLike {
  const traceId = span.traceId.toLowerCase();
  const contextOf = (spanId: string): SpanContext => ({
    traceId,
    spanId: spanId.toLowerCase(),
    traceFlags: (span.flags ?? 1) & 0xff,
  });
  const context = contextOf(span.spanId);
  const startTime = toHrTime(span.startTimeUnixNano);
  const endTime = toHrTime(span.endTimeUnixNano);
  return {
    name: span.name,
    kind: Math.max(0, span.kind - 1), // OTLP counts from UNSPECIFIED, the API from INTERNAL
    spanContext: () => context,
    parentSpanContext: span.parentSpanId ? contextOf(span.parentSpanId) : undefined,
    startTime,
    endTime,
    duration: difference(startTime, endTime),
    ended: true,
    status: {
      code: span.status.code,
      ...(span.status.message !== undefined && {
        message: span.status.message,
      }),
    },
    attributes: toRecord(span.attributes),
    links: span.links.map((link) => ({
      context: { traceId: link.traceId, spanId: link.spanId, traceFlags: 1 },
    })),
    events: span.events.map((event) => ({
      time: toHrTime(event.timeUnixNano),
      name: event.name,
      attributes: toRecord(event.attributes),
      droppedAttributesCount: event.droppedAttributesCount,
    })),
    resource,
    instrumentationScope: scope,
    droppedAttributesCount: span.droppedAttributesCount,
    droppedEventsCount: span.droppedEventsCount,
    droppedLinksCount: span.droppedLinksCount,
  };
}

function toRecord(pairs: readonly KeyValue[]): Record<string, unknown> {
  const record: Record<string, unknown> = Object.create(null);
  for (const { key, value } of pairs) record[key] = toValue(value);
  return record;
}

function toValue(value: AnyValue | undefined): unknown {
  if (value === undefined) return undefined;
  if (value.stringValue !== undefined) return value.stringValue;
  if (value.boolValue !== undefined) return value.boolValue;
  if (value.intValue !== undefined) return Number(value.intValue);
  if (value.doubleValue !== undefined) return Number(value.doubleValue);
  if (value.arrayValue !== undefined) return (value.arrayValue.values ?? []).map(toValue);
  if (value.kvlistValue !== undefined) return toRecord(value.kvlistValue.values ?? []);
  return value.bytesValue;
}

/** Nanoseconds exceed what a JSON number can hold exactly, so text is split before it is made a number. */
function toHrTime(nanos: number | string): HrTime {
  const value = BigInt(typeof nanos === "number" ? Math.trunc(nanos) : /^\d+$/.test(nanos) ? nanos : 0);
  return [Number(value / 1_000_000_000n), Number(value % 1_000_000_000n)];
}

function difference(start: HrTime, end: HrTime): HrTime {
  const nanos = end[1] - start[1];
  return nanos < 0 ? [end[0] - start[0] - 1, nanos + 1e9] : [end[0] - start[0], nanos];
}
