import { GenAISpan } from "../engine/genai-span.ts";
import { isObject } from "../engine/message-guards.ts";
import type { ReadableSpanLike } from "../engine/readable-span.ts";
import { mapTrace, tracesOf } from "../map-span.ts";
import type { VendorFormat } from "../vendor.ts";
import { evidenceOf, isTelling } from "./loss/evidence.ts";
import { changedLeaves, type Leaf, leavesOf } from "./loss/leaves.ts";

/**
 * Fields of a vendor's record that are lost on the way to spans: the spans are the same without them, what they say
 * stands nowhere in the spans, and a record that is made of these again does not have it. Named as field tables name
 * them, without places in lists.
 */
export function lostFields(format: VendorFormat, record: object): readonly string[] {
  const spans = format.decode(record);
  const read = toJson(spans);
  const said = [...leavesOf(read).values()];
  const lost = changedLeaves(leavesOf(record), leavesOf(remade(format, spans)));
  const byField = Map.groupBy(lost.values(), ({ field }) => field);
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

/** A copy of the record without some leaves. */
function without(record: object, leaves: readonly Leaf[]): unknown {
  const gone = new Set(leaves.map(({ path }) => path));
  const copy = (value: unknown, path: string): unknown => {
    if (Array.isArray(value)) return value.map((inner, index) => copy(inner, `${path}[${index}]`));
    if (!isObject(value)) return gone.has(path) ? undefined : value;
    return Object.fromEntries(
      Object.entries(value).map(([key, inner]) => [key, copy(inner, path === "" ? key : `${path}.${key}`)]),
    );
  };
  return copy(record, "");
}
