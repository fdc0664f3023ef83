import type { SpanContext } from "@opentelemetry/api";
import type {
  ReadableSpanLike,
  ResourceLike,
  ScopeLike,
  SpanEventLike,
  SpanLinkLike,
} from "../engine/readable-span.ts";
import { durationBetween } from "../formats/time.ts";
import { Fault, fieldsAt, listAt, numberAt, recordAt, spanIdAt, textAt, timeAt, traceIdAt } from "./values.ts";

/** What could be read of an export request. A value, not an exception: one bad span never costs its neighbours. */
export type DecodeResult =
  | {
      readonly status: "decoded";
      readonly spans: readonly ReadableSpanLike[];
      /** Spans that could not be read, a sentence each; the others of the request are in `spans`. */
      readonly problems: readonly string[];
    }
  /** Nothing in it could be read. `reason` is a sentence that names the place in the request. */
  | { readonly status: "malformed"; readonly reason: string };

/**
 * Reads an OTLP/JSON trace export request (`ExportTraceServiceRequest`) into spans as an SDK would hand them over. A
 * span that is malformed does not cost the others.
 *
 * @param request a parsed JSON value.
 */
export function decodeOtlpTraces(request: unknown): DecodeResult {
  const spans: ReadableSpanLike[] = [];
  const problems: string[] = [];
  try {
    const { resourceSpans } = fieldsAt(request, "the value");
    if (!Array.isArray(resourceSpans)) throw new Fault("resourceSpans", "must be an array");
    resourceSpans.forEach((group, index) => {
      readResourceSpans(group, `resourceSpans.${index}`, spans, problems);
    });
  } catch (error) {
    problems.push(sentence(error, ""));
  }
  const [reason] = problems;
  return reason === undefined || spans.length > 0
    ? { status: "decoded", spans, problems }
    : { status: "malformed", reason: `not an OTLP/JSON trace export request: ${reason}` };
}

function readResourceSpans(group: unknown, place: string, spans: ReadableSpanLike[], problems: string[]): void {
  const { resource, scopeSpans } = fieldsAt(group, place);
  const attributes = resource === undefined ? [] : fieldsAt(resource, `${place}.resource`)["attributes"];
  const owner: ResourceLike = { attributes: recordAt(attributes, `${place}.resource.attributes`) };
  listAt(scopeSpans, `${place}.scopeSpans`).forEach((scoped, index) => {
    const at = `${place}.scopeSpans.${index}`;
    const fields = fieldsAt(scoped, at);
    const scope = scopeOf(fields, at);
    listAt(fields["spans"], `${at}.spans`).forEach((span, number) => {
      try {
        spans.push(readSpan(span, owner, scope));
      } catch (error) {
        problems.push(sentence(error, `${at}.spans.${number}`));
      }
    });
  });
}

function sentence(error: unknown, place: string): string {
  if (!(error instanceof Fault)) throw error;
  return `${[place, error.place].filter((part) => part !== "").join(".")}: ${error.message}`;
}

function scopeOf({ scope, schemaUrl }: Readonly<Record<string, unknown>>, place: string): ScopeLike {
  const fields = scope === undefined ? {} : fieldsAt(scope, `${place}.scope`);
  return {
    name: textAt(fields["name"], `${place}.scope.name`) ?? "",
    version: textAt(fields["version"], `${place}.scope.version`),
    schemaUrl: textAt(schemaUrl, `${place}.schemaUrl`),
  };
}

function readSpan(value: unknown, resource: ResourceLike, scope: ScopeLike): ReadableSpanLike {
  const span = fieldsAt(value, "");
  const traceId = traceIdAt(span["traceId"], "traceId");
  const traceFlags = span["flags"] === undefined ? 1 : numberAt(span["flags"], "flags") & 0xff;
  const context: SpanContext = { traceId, spanId: spanIdAt(span["spanId"], "spanId"), traceFlags };
  const parent = span["parentSpanId"] ? spanIdAt(span["parentSpanId"], "parentSpanId") : undefined;
  const startTime = timeAt(span["startTimeUnixNano"], "startTimeUnixNano");
  const endTime = timeAt(span["endTimeUnixNano"], "endTimeUnixNano");
  return {
    name: textAt(span["name"], "name") ?? "",
    kind: Math.max(0, numberAt(span["kind"], "kind") - 1), // OTLP counts from UNSPECIFIED, the API from INTERNAL
    spanContext: () => context,
    parentSpanContext: parent === undefined ? undefined : { traceId, spanId: parent, traceFlags },
    startTime,
    endTime,
    duration: durationBetween(startTime, endTime),
    ended: true,
    status: statusOf(span["status"]),
    attributes: recordAt(span["attributes"], "attributes"),
    links: listAt(span["links"], "links").map(readLink),
    events: listAt(span["events"], "events").map(readEvent),
    resource,
    instrumentationScope: scope,
    droppedAttributesCount: numberAt(span["droppedAttributesCount"], "droppedAttributesCount"),
    droppedEventsCount: numberAt(span["droppedEventsCount"], "droppedEventsCount"),
    droppedLinksCount: numberAt(span["droppedLinksCount"], "droppedLinksCount"),
  };
}

function statusOf(value: unknown): ReadableSpanLike["status"] {
  if (value === undefined || value === null) return { code: 0 };
  const { code, message } = fieldsAt(value, "status");
  const text = textAt(message, "status.message");
  return { code: numberAt(code, "status.code"), ...(text !== undefined && { message: text }) };
}

function readLink(value: unknown): SpanLinkLike {
  const link = fieldsAt(value, "links");
  return {
    context: {
      traceId: traceIdAt(link["traceId"], "links.traceId"),
      spanId: spanIdAt(link["spanId"], "links.spanId"),
      traceFlags: 1,
    },
    attributes: recordAt(link["attributes"], "links.attributes"),
  };
}

function readEvent(value: unknown): SpanEventLike {
  const event = fieldsAt(value, "events");
  return {
    time: timeAt(event["timeUnixNano"], "events.timeUnixNano"),
    name: textAt(event["name"], "events.name") ?? "",
    attributes: recordAt(event["attributes"], "events.attributes"),
    droppedAttributesCount: numberAt(event["droppedAttributesCount"], "events.droppedAttributesCount"),
  };
}
