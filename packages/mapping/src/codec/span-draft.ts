import type { HrTime } from "@opentelemetry/api";
import type { ReadableSpanLike, SpanEventLike } from "../engine/readable-span.ts";
import { durationBetween } from "../formats/time.ts";

/** What a decoder knows of a span; the rest is as a span has it that nobody told more of. */
export interface SpanDraft {
  /** 32 hex digits. */
  readonly traceId: string;
  /** 16 hex digits. */
  readonly spanId: string;
  readonly parentSpanId?: string | undefined;
  readonly name: string;
  readonly startTime: HrTime;
  readonly endTime: HrTime;
  readonly failed?: boolean | undefined;
  /** Of a failed span. */
  readonly statusMessage?: string | undefined;
  /** `undefined` values are left out; lists and objects of content become JSON text. */
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly events?: readonly SpanEventLike[] | undefined;
  readonly resource?: Readonly<Record<string, unknown>> | undefined;
}

/** SpanKind of the API: a call of a model is a client's, everything else the application's own. */
const CLIENT = 2;
const INTERNAL = 0;
const CLIENT_OPERATIONS: ReadonlySet<unknown> = new Set([
  "chat",
  "text_completion",
  "generate_content",
  "embeddings",
  "retrieval",
]);

/** A span as an SDK would have handed it over. Its scope says that it was made of a record. */
export function spanOfDraft(draft: SpanDraft, format: string): ReadableSpanLike {
  const { traceId, spanId, parentSpanId, startTime, statusMessage } = draft;
  const endTime = durationBetween(startTime, draft.endTime)[0] < 0 ? startTime : draft.endTime;
  const attributes = stated(draft.attributes);
  return {
    name: draft.name,
    kind: CLIENT_OPERATIONS.has(attributes["gen_ai.operation.name"]) ? CLIENT : INTERNAL,
    spanContext: () => ({ traceId, spanId, traceFlags: 1 }),
    ...(parentSpanId !== undefined && { parentSpanContext: { traceId, spanId: parentSpanId, traceFlags: 1 } }),
    startTime,
    endTime,
    duration: durationBetween(startTime, endTime),
    ended: true,
    status: draft.failed ? { code: 2, ...(statusMessage !== undefined && { message: statusMessage }) } : { code: 0 },
    attributes,
    events: draft.events ?? [],
    links: [],
    resource: { attributes: stated(draft.resource ?? {}) },
    instrumentationScope: { name: `genspan.decode.${format}` },
    droppedAttributesCount: 0,
    droppedEventsCount: 0,
    droppedLinksCount: 0,
  };
}

/** Unlike `defined` for an attribute that is named `__proto__`, which a record may have: it stays one. */
function stated(values: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}
