import { GenAISpan, type ReadableSpanLike, type SpanReading } from "@genspan/mapping";
import { estimateBytes } from "./estimate-bytes.ts";

/**
 * Looks at everything of a span that others rely on, so that a broken one is found out here and not in the middle of
 * its trace or batch.
 * @throws {Error} whatever a getter of the span throws, or a TypeError that names what is missing.
 */
export function readSpan(readable: ReadableSpanLike, reading?: SpanReading): GenAISpan {
  const span = new GenAISpan(readable, reading);
  const { startTime, endTime, events, links } = span;
  for (const [name, value] of Object.entries({ startTime, endTime, events, links })) {
    if (!Array.isArray(value)) throw new TypeError(`its ${name} is no array`);
  }
  if (typeof span.resource !== "object") throw new TypeError("its resource has no attributes");
  if (typeof readable.status !== "object") throw new TypeError("it has no status");
  estimateBytes(span); // reads every attribute
  return span;
}
