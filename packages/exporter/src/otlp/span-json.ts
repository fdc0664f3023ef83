import { type ReadableSpanLike, scopeOf } from "@genspan/mapping";
import { attributesText, quote } from "./json-text.ts";
import { countOf, flagsOf, idsOf, linksOf, nanosText } from "./span-fields.ts";

/**
 * A `Span` of OTLP/JSON as text. Written by hand because it is the hot path: building the object first and having
 * `JSON.stringify` walk it costs twice as much (see `pnpm bench export`). Source: opentelemetry-proto, trace/v1.
 * @throws {Error} what a hostile span throws, or a TypeError for ids that are none.
 */
export function spanText(span: ReadableSpanLike): string {
  const { traceId, spanId, parentSpanId, traceState, flags } = idsOf(span);
  const { code, message } = span.status;
  return (
    `{"traceId":"${traceId}","spanId":"${spanId}",` +
    (traceState ? `"traceState":${quote(traceState)},` : "") +
    (parentSpanId === undefined ? "" : `"parentSpanId":"${parentSpanId}",`) +
    `"flags":${flags},"name":${quote(String(span.name))},"kind":${kindOf(span)},` +
    `"startTimeUnixNano":"${nanosText(span.startTime)}","endTimeUnixNano":"${nanosText(span.endTime)}",` +
    `"attributes":${attributesText(span.attributes)},` +
    `"droppedAttributesCount":${countOf(span.droppedAttributesCount)},` +
    `"events":${eventsText(span)},"droppedEventsCount":${countOf(span.droppedEventsCount)},` +
    `"links":${linksText(span)},"droppedLinksCount":${countOf(span.droppedLinksCount)},` +
    `"status":{"code":${code === 1 || code === 2 ? code : 0}${message ? `,"message":${quote(String(message))}` : ""}}}`
  );
}

/** What stands before the spans of one resource and scope in a request; the array of spans is open at its end. */
export function spanHead(span: ReadableSpanLike): string {
  const scope = scopeOf(span);
  const version = scope?.version ? `,"version":${quote(scope.version)}` : "";
  const schema = scope?.schemaUrl ? `"schemaUrl":${quote(scope.schemaUrl)},` : "";
  return (
    `{"resource":{"attributes":${attributesText(span.resource.attributes)}},` +
    `"scopeSpans":[{"scope":{"name":${quote(scope?.name ?? "")}${version}},${schema}"spans":[`
  );
}

/** The API counts kinds from INTERNAL = 0, OTLP from UNSPECIFIED = 0. */
export function kindOf({ kind }: ReadableSpanLike): number {
  return Number.isInteger(kind) && kind >= 0 && kind <= 4 ? kind + 1 : 0;
}

function eventsText({ events }: ReadableSpanLike): string {
  if (events.length === 0) return "[]";
  const texts = events.map(
    ({ time, name, attributes, droppedAttributesCount }) =>
      `{"timeUnixNano":"${nanosText(time)}","name":${quote(String(name))},` +
      `"attributes":${attributesText(attributes ?? {})},"droppedAttributesCount":${countOf(droppedAttributesCount)}}`,
  );
  return `[${texts.join(",")}]`;
}

function linksText(span: ReadableSpanLike): string {
  if (span.links.length === 0) return "[]";
  const texts = linksOf(span).map(
    ({ context: { traceId, spanId, traceFlags, traceState, isRemote }, attributes, droppedAttributesCount }) =>
      `{"traceId":"${traceId}","spanId":"${spanId}",` +
      (traceState ? `"traceState":${quote(traceState.serialize())},` : "") +
      `"attributes":${attributesText(attributes ?? {})},"droppedAttributesCount":${countOf(droppedAttributesCount)},` +
      `"flags":${flagsOf(traceFlags, isRemote)}}`,
  );
  return `[${texts.join(",")}]`;
}
