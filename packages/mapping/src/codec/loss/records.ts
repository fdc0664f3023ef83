import type { GenAISpan } from "../../engine/genai-span.ts";
import { Trace } from "../../engine/trace.ts";
import { takes } from "../../map-span.ts";
import type { VendorFormat } from "../../vendor.ts";
import { nameOfEvent } from "./facts.ts";

/** The records that carry a span: its own and those beside it, or that of its trace. */
export function recordsWith(format: VendorFormat, span: GenAISpan, trace: Trace): readonly object[] {
  if (!takes(format, span)) return [];
  if (format.unit === "trace") {
    const kept = trace.keep((one) => format.accepts(one));
    const root = kept?.root;
    const isWanted = kept !== undefined && root !== undefined && format.wantsTrace?.(kept) !== false;
    return isWanted ? [format.map({ span: root, trace: kept })] : [];
  }
  return [
    ...(format.accepts(span) ? [format.map({ span, trace })] : []),
    ...(format.companion?.map({ span, trace }) ?? []),
  ];
}

/** The trace with another span in the place of one. */
export function replaced(trace: Trace, span: GenAISpan, other: GenAISpan): Trace {
  return new Trace(trace.spans.map((one) => (one === span ? other : one)));
}

/** A trace of more spans is looked at in part: every attribute is tried with a record of its own. */
const MAX_SPANS = 64;

/** The span with those above and right below it, where its trace is large. */
export function nearest(trace: Trace, span: GenAISpan): Trace {
  if (trace.spans.length <= MAX_SPANS) return trace;
  const near = new Set([span, ...trace.ancestorsOf(span), ...trace.childrenOf(span)]);
  return new Trace(trace.spans.filter((one) => near.has(one)).slice(0, MAX_SPANS));
}

/** What the span's part of the records says when it is read back, by name. */
export function readBack(
  format: VendorFormat,
  records: readonly object[],
  span: GenAISpan,
): ReadonlyMap<string, readonly unknown[]> {
  const [first = [], ...others] = records.map((record) => format.decode(record).map((one) => span.like(one)));
  const same =
    first.find(({ spanId }) => spanId === span.spanId) ??
    (first.length === 1 ? first[0] : first.find(({ name }) => name === span.name));
  const back = new Map<string, unknown[]>();
  const add = (name: string, value: unknown) => back.set(name, [...(back.get(name) ?? []), value]);
  if (same !== undefined) {
    add("span.name", same.name);
    if (same.statusMessage !== undefined) add("span.status.message", same.statusMessage);
    for (const [name, value] of Object.entries(same.attributes)) add(name, value);
    for (const [name, value] of Object.entries(same.resource)) add(`resource:${name}`, value);
  }
  for (const { events } of [...(same === undefined ? [] : [same]), ...others.flat()])
    for (const event of events) add(nameOfEvent(event), event.attributes ?? {});
  return back;
}
