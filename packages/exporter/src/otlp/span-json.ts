import { type ReadableSpanLike, scopeOf } from "@genspan/mapping/core";
import { JsonWriter } from "./json-writer.ts";
import type { Entry } from "./slab.ts";
import { countOf, flagsOf, idsOf, linksOf, nanosText, spanKindOf, statusCodeOf } from "./span-fields.ts";

const writer = new JsonWriter();

/**
 * A `Span` of OTLP/JSON. Written by hand because it is the hot path: building the object first and having
 * `JSON.stringify` walk it costs twice as much (see `pnpm bench export`). Source: opentelemetry-proto, trace/v1.
 * @throws {Error} what a hostile span throws, or a TypeError for ids that are none.
 */
export function spanJson(span: ReadableSpanLike): Entry {
  writeSpan(writer.begin(), span);
  return writer.finish();
}

/** What stands before the spans of one resource and scope in a request; the array of spans is open at its end. */
export function spanHead(span: ReadableSpanLike): string {
  writeHead(writer.begin(), span);
  return writer.finishText();
}

/** An export request with this one span, as text on one line. */
export function spanLine(span: ReadableSpanLike): string {
  writeHead(writer.begin().raw('{"resourceSpans":['), span);
  writeSpan(writer, span);
  return writer.raw("]}]}]}").finishText();
}

function writeHead(to: JsonWriter, span: ReadableSpanLike): void {
  const scope = scopeOf(span);
  to.raw('{"resource":{"attributes":').attributes(span.resource.attributes);
  to.raw('},"scopeSpans":[{"scope":{"name":').quoted(scope?.name ?? "");
  if (scope?.version) to.raw(',"version":').quoted(scope.version);
  to.raw("},");
  if (scope?.schemaUrl) to.raw('"schemaUrl":').quoted(scope.schemaUrl).raw(",");
  to.raw('"spans":[');
}

function writeSpan(to: JsonWriter, span: ReadableSpanLike): void {
  const { traceId, spanId, parentSpanId, traceState, flags } = idsOf(span);
  to.raw(`{"traceId":"${traceId}","spanId":"${spanId}",`);
  if (traceState) to.raw('"traceState":').quoted(traceState).raw(",");
  if (parentSpanId !== undefined) to.raw(`"parentSpanId":"${parentSpanId}",`);
  const times = `"startTimeUnixNano":"${nanosText(span.startTime)}","endTimeUnixNano":"${nanosText(span.endTime)}"`;
  to.raw(`"flags":${flags},"name":`)
    .quoted(String(span.name))
    .raw(`,"kind":${spanKindOf(span)},${times},"attributes":`);
  to.attributes(span.attributes);
  if (isPlain(span)) to.raw(PLAIN_END);
  else writeEnd(to, span);
}

/** Most spans have no events, no links, and nothing was left out of them. */
const PLAIN_END =
  ',"droppedAttributesCount":0,"events":[],"droppedEventsCount":0,"links":[],"droppedLinksCount":0,"status":{"code":0}}';

function isPlain(span: ReadableSpanLike): boolean {
  const { events, links, status, droppedAttributesCount, droppedEventsCount, droppedLinksCount } = span;
  const isWhole = !droppedAttributesCount && !droppedEventsCount && !droppedLinksCount;
  return isWhole && events.length === 0 && links.length === 0 && status.code === 0 && !status.message;
}

function writeEnd(to: JsonWriter, span: ReadableSpanLike): void {
  to.raw(`,"droppedAttributesCount":${countOf(span.droppedAttributesCount)},"events":[`);
  writeEvents(to, span);
  to.raw(`],"droppedEventsCount":${countOf(span.droppedEventsCount)},"links":[`);
  writeLinks(to, span);
  const { message } = span.status;
  to.raw(`],"droppedLinksCount":${countOf(span.droppedLinksCount)},"status":{"code":${statusCodeOf(span)}`);
  if (message) to.raw(',"message":').quoted(String(message));
  to.raw("}}");
}

function writeEvents(to: JsonWriter, { events }: ReadableSpanLike): void {
  for (const [index, { time, name, attributes, droppedAttributesCount }] of events.entries()) {
    to.raw(`${index > 0 ? "," : ""}{"timeUnixNano":"${nanosText(time)}","name":`).quoted(String(name));
    to.raw(',"attributes":').attributes(attributes ?? {});
    to.raw(`,"droppedAttributesCount":${countOf(droppedAttributesCount)}}`);
  }
}

function writeLinks(to: JsonWriter, span: ReadableSpanLike): void {
  if (span.links.length === 0) return;
  for (const [index, { context, attributes, droppedAttributesCount }] of linksOf(span).entries()) {
    const { traceId, spanId, traceFlags, traceState, isRemote } = context;
    to.raw(`${index > 0 ? "," : ""}{"traceId":"${traceId}","spanId":"${spanId}",`);
    if (traceState) to.raw('"traceState":').quoted(traceState.serialize()).raw(",");
    to.raw('"attributes":').attributes(attributes ?? {});
    to.raw(`,"droppedAttributesCount":${countOf(droppedAttributesCount)},"flags":${flagsOf(traceFlags, isRemote)}}`);
  }
}
