import type { GenAISpan, ReadableSpanLike } from "@genspan/mapping/core";

const FIXED_BYTES = 600;
const BYTES_PER_ATTRIBUTE = 24;
const BYTES_PER_EVENT = 200;

/** About what a span weighs on the wire: its texts, and a fixed part for the rest. No serialisation; computed once. */
export function estimateBytes(span: GenAISpan): number {
  return span.once("exporter.bytes", () => weigh(span.source));
}

/** Reads every attribute. @throws {Error} whatever a getter of a hostile span throws. */
export function weigh({ attributes, events }: ReadableSpanLike): number {
  let bytes = FIXED_BYTES + events.length * BYTES_PER_EVENT;
  for (const name of Object.keys(attributes)) {
    const value = attributes[name];
    bytes += BYTES_PER_ATTRIBUTE + name.length;
    if (typeof value === "string") bytes += value.length;
    else if (Array.isArray(value)) bytes += value.length * 16;
  }
  return bytes;
}
