import type { HrTime, SpanContext, SpanKind, SpanStatus } from "@opentelemetry/api";

/**
 * An ended span as every OpenTelemetry JS SDK hands it over: 1.30, 2.x and 3.x alike.
 * `attributes` is not the API's `Attributes`: SDK 3 keeps structured values, which that type refuses.
 */
export interface ReadableSpanLike {
  readonly name: string;
  readonly kind: SpanKind;
  readonly spanContext: () => SpanContext;
  /** SDK 2 and 3. */
  readonly parentSpanContext?: SpanContext | undefined;
  /** SDK 1. */
  readonly parentSpanId?: string | undefined;
  readonly startTime: HrTime;
  readonly endTime: HrTime;
  readonly duration: HrTime;
  readonly ended: boolean;
  readonly status: SpanStatus;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly links: readonly SpanLinkLike[];
  readonly events: readonly SpanEventLike[];
  readonly resource: ResourceLike;
  /** SDK 2 and 3. */
  readonly instrumentationScope?: ScopeLike | undefined;
  /** SDK 1. */
  readonly instrumentationLibrary?: ScopeLike | undefined;
  readonly droppedAttributesCount: number;
  readonly droppedEventsCount: number;
  readonly droppedLinksCount: number;
}

/** An event of a span, in any SDK. */
export interface SpanEventLike {
  readonly time: HrTime;
  readonly name: string;
  readonly attributes?: Readonly<Record<string, unknown>> | undefined;
  readonly droppedAttributesCount?: number | undefined;
}

/** A link from a span to another one, in any SDK. */
export interface SpanLinkLike {
  readonly context: SpanContext;
  readonly attributes?: Readonly<Record<string, unknown>> | undefined;
  readonly droppedAttributesCount?: number | undefined;
}

/** What made the spans: a process, a service. In SDK 2 and 3 some attributes are found only after it has started. */
export interface ResourceLike {
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly asyncAttributesPending?: boolean | undefined;
  waitForAsyncAttributes?(): Promise<void>;
}

/** The instrumentation that made a span. */
export interface ScopeLike {
  readonly name: string;
  readonly version?: string | undefined;
  readonly schemaUrl?: string | undefined;
}

/** A span like this one with other parts. Spans are classes, so that their parts are named one by one. */
export function spanWith(span: ReadableSpanLike, changes: Partial<ReadableSpanLike>): ReadableSpanLike {
  return {
    name: span.name,
    kind: span.kind,
    spanContext: () => span.spanContext(),
    parentSpanContext: span.parentSpanContext,
    parentSpanId: span.parentSpanId,
    startTime: span.startTime,
    endTime: span.endTime,
    duration: span.duration,
    ended: span.ended,
    status: span.status,
    attributes: span.attributes,
    links: span.links,
    events: span.events,
    resource: span.resource,
    instrumentationScope: span.instrumentationScope,
    instrumentationLibrary: span.instrumentationLibrary,
    droppedAttributesCount: span.droppedAttributesCount,
    droppedEventsCount: span.droppedEventsCount,
    droppedLinksCount: span.droppedLinksCount,
    ...changes,
  };
}

/** Id of the parent span in either SDK's spelling; `undefined` for a root. */
export function parentSpanIdOf(span: ReadableSpanLike): string | undefined {
  return span.parentSpanContext?.spanId ?? (span.parentSpanId === "" ? undefined : span.parentSpanId);
}

/** The instrumentation scope in either SDK's spelling. */
export function scopeOf(span: ReadableSpanLike): ScopeLike | undefined {
  return span.instrumentationScope ?? span.instrumentationLibrary;
}
