import { GenAISpan, type ReadableSpanLike, type SpanReading } from "@genspan/mapping/core";
import { estimateBytes } from "./estimate-bytes.ts";

/**
 * Looks at what others rely on in a span, so that a broken one is found out here and not in the middle of its trace.
 * @throws {Error} whatever a getter of the span throws, or a TypeError that names what is missing.
 */
export function readSpan(readable: ReadableSpanLike, reading?: SpanReading): GenAISpan {
  const span = new GenAISpan(readable, reading);
  const { startTime, endTime, events, links } = span;
  if (!Array.isArray(startTime) || !Array.isArray(endTime)) throw new TypeError("its start or end time is no array");
  if (!Array.isArray(events) || !Array.isArray(links)) throw new TypeError("its events or links are no array");
  if (typeof span.resource !== "object") throw new TypeError("its resource has no attributes");
  if (typeof readable.status !== "object") throw new TypeError("it has no status");
  return span;
}

/** As `readSpan`, with every attribute: for what becomes part of a trace. What goes alone is read when it is encoded. */
export function readWhole(readable: ReadableSpanLike, reading?: SpanReading): GenAISpan {
  const span = readSpan(readable, reading);
  estimateBytes(span);
  return span;
}
