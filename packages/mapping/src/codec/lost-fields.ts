import { GenAISpan } from "../engine/genai-span.ts";
import type { ReadableSpanLike } from "../engine/readable-span.ts";
import { mapTrace, tracesOf } from "../map-span.ts";
import type { VendorFormat } from "../vendor.ts";
import { evidenceOf, isTelling } from "./loss/evidence.ts";
import { type Leaf, leavesMissingIn, leavesOf } from "./loss/leaves.ts";

/**
 * Fields of a vendor's record that are lost on the way to spans: the spans are the same without them, what they say
 * stands nowhere in the spans, and a record that is made of these again does not have it. Named as field tables name
 * them, without places in lists.
 */
export function lostFields(format: VendorFormat, record: object): readonly string[] {
  const spans = format.decode(record);
  const read = toJson(spans);
  const said = leavesOf(read);
  const lost = leavesMissingIn(remade(format, spans), leavesOf(record));
  const byField = Map.groupBy(lost, ({ field }) => field);
  return [...byField].flatMap(([field, leaves]) => {
    const follows = format.following?.includes(field) === true;
    const stands = leaves.every(isTelling) && evidenceOf(leaves, said).missing.length === 0;
    if (follows || stands) return [];
    const same = JSON.stringify(toJson(format.decode(without(record, leaves)))) === JSON.stringify(read);
    return same ? [field] : [];
  });
}

/** Without the ids, which stand behind a function: where a record has none, they are made of all that it says. */
function toJson(spans: readonly ReadableSpanLike[]): unknown {
  return JSON.parse(JSON.stringify(spans.map(({ parentSpanContext: _parent, ...span }) => span))) as unknown;
}

/** The record of the spans: alone, as it came. */
function remade(format: VendorFormat, spans: readonly ReadableSpanLike[]): unknown {
  const [trace] = tracesOf(spans.map((span) => new GenAISpan(span)));
  const [made] = trace === undefined ? [] : mapTrace(format, trace);
  return made !== undefined && "record" in made ? made.record : {};
}

/** A copy of the record without some of its leaves. */
function without(record: object, leaves: readonly Leaf[]): unknown {
  const copy = structuredClone(record);
  for (const { steps } of leaves) {
    let holder = copy as Record<string | number, unknown>; // what has steps is an object or a list
    for (const step of steps.slice(0, -1)) holder = holder[step] as Record<string | number, unknown>; // likewise
    const [last = ""] = steps.slice(-1);
    holder[last] = undefined;
  }
  return copy;
}
