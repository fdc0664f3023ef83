import { ATTR_GENSPAN_METADATA_PREFIX } from "@genspan/semconv";
import type { GenAISpan } from "../engine/genai-span.ts";
import { Trace } from "../engine/trace.ts";
import type { VendorFormat } from "../vendor.ts";
import { evidenceOf, partsOf, sameLeaves } from "./loss/evidence.ts";
import { type Fact, factsOf, withoutOfResource } from "./loss/facts.ts";
import { type Leaf, leavesMissingIn, leavesOf, placesOf } from "./loss/leaves.ts";
import { listed, whyChanged, whyDropped } from "./loss/reasons.ts";
import { nearest, readBack, recordsWith, replaced } from "./loss/records.ts";
import { isSameValue, isSimilarValue } from "./loss/same-value.ts";
import { isGivenOut } from "./metadata.ts";

/**
 * What becomes of one attribute of a span in a vendor's record:
 * `field`: it has a field, and comes back as it was; `changed`: what it says stands in the record, in another form or
 * not in full; `metadata`: it stands in the vendor's free-form metadata under its own name; `dropped`: nowhere.
 */
export type Fate = "field" | "changed" | "metadata" | "dropped";

/** What becomes of one thing that a span says. */
export interface LossEntry {
  /**
   * Name of the attribute; `span.name`, `span.status.message`, `event:<name>`, `link`, `resource:<name>`, `scope.name`,
   * `scope.version` for the rest.
   */
  readonly attribute: string;
  readonly fate: Fate;
  /** Why, and where it went. */
  readonly reason: string;
  /** Fields of the record in which it stands, such as `request.messages`; empty for what is dropped. */
  readonly places: readonly string[];
}

/**
 * What the record of a span (or of its trace, where that is the vendor's unit) carries of everything that the span says,
 * found out by making the record, making it again without each of those things, and reading it back. Empty where the
 * format has no record for such a span.
 */
export function lossOf(format: VendorFormat, span: GenAISpan, trace: Trace = new Trace([span])): readonly LossEntry[] {
  const around = nearest(trace, span);
  const records = recordsWith(format, span, around);
  if (records.length === 0) return [];
  const made: Made = { format, leaves: leavesOf(wire(records)), back: readBack(format, records, span) };
  return factsOf(span).map((fact) => {
    const changed = changedWithout(fact, span, around, made);
    return { attribute: fact.name, ...fateOf(fact, changed, made) };
  });
}

/** What is made of the span as it is. */
interface Made {
  readonly format: VendorFormat;
  readonly leaves: readonly Leaf[];
  readonly back: ReadonlyMap<string, readonly unknown[]>;
}

/** One record as it is, several as a list. */
function wire(records: readonly object[]): unknown {
  return records.length === 1 ? records[0] : records;
}

/** What would not stand in the record if the span did not say this. */
function changedWithout({ without, isShared, name }: Fact, span: GenAISpan, trace: Trace, { format, leaves }: Made) {
  if (without === undefined) return [];
  const other = without();
  const key = name.slice(name.indexOf(":") + 1);
  const around = isShared
    ? new Trace(trace.spans.map((one) => (one === span ? other : withoutOfResource(one, key))))
    : replaced(trace, span, other);
  return leavesMissingIn(wire(recordsWith(format, other, around)), leaves);
}

type Found = Omit<LossEntry, "attribute">;

function fateOf({ name, value }: Fact, changed: readonly Leaf[], { format, leaves, back }: Made): Found {
  const parts = partsOf(name, value);
  const evidence = evidenceOf(parts, changed);
  const places = placesOf(evidence.at);
  const key = evidence.missing.length === 0 ? metadataKey(name, evidence.at, format) : undefined;
  if (key !== undefined) return inMetadata(key, places, format);
  const returned = back.get(name) ?? [];
  const isSame = returned.some((one) => isSameValue(one, value));
  if (places.length > 0)
    return isSame ? inField(places) : { fate: "changed", reason: whyChanged(places, evidence.missing), places };
  // The user's own attribute has but by chance the value of a field.
  const stands = isGivenOut(name) ? sameLeaves(parts, leaves) : undefined;
  if (stands !== undefined) return inAnyCase(name, stands, isSame, format);
  const decided = placesOf(changed);
  if (decided.length > 0 && isSame && parts.length > 0) return inField(decided);
  if (decided.length > 0 && returned.some((one) => isSimilarValue(name, value, one)))
    return { fate: "changed", reason: whyChanged(decided, []), places: decided };
  return { fate: "dropped", reason: whyDropped(name, decided, format), places: [] };
}

function inField(places: readonly string[]): Found {
  return { fate: "field", reason: `in ${listed(places)}`, places };
}

function inMetadata(key: string, places: readonly string[], { recordName }: VendorFormat): Found {
  return { fate: "metadata", reason: `kept in the ${recordName}'s metadata as \`${key}\``, places };
}

/** What would stand in the record without the attribute too. */
function inAnyCase(name: string, leaves: readonly Leaf[], isSame: boolean, format: VendorFormat): Found {
  const places = placesOf(leaves);
  const key = metadataKey(name, leaves, format);
  if (key !== undefined) return inMetadata(key, places, format);
  return isSame
    ? inField(places)
    : { fate: "changed", reason: `what it says stands in ${listed(places)} all the same`, places };
}

/** The name under which free-form metadata holds an attribute: that of no documented field. */
function metadataKey(attribute: string, leaves: readonly Leaf[], { tables }: VendorFormat): string | undefined {
  const name = attribute.startsWith("resource:") ? attribute.slice("resource:".length) : attribute;
  const key = name.startsWith(ATTR_GENSPAN_METADATA_PREFIX) ? name.slice(ATTR_GENSPAN_METADATA_PREFIX.length) : name;
  const isDocumented = (leaf: Leaf) => tables.some(({ fields }) => fields.some(({ field }) => field === leaf.field));
  return leaves.some((leaf) => leaf.key === key && leaf.field !== key && !isDocumented(leaf)) ? key : undefined;
}
