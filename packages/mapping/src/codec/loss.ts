import {
  ATTR_GEN_AI_OPERATION_NAME,
  ATTR_GEN_AI_OUTPUT_TYPE,
  ATTR_GEN_AI_PROVIDER_NAME,
  ATTR_GEN_AI_RESPONSE_FINISH_REASONS,
  ATTR_GENSPAN_METADATA_PREFIX,
  CONTENT_ATTRIBUTES,
} from "@genspan/semconv";
import type { GenAISpan } from "../engine/genai-span.ts";
import { isObject } from "../engine/message-guards.ts";
import { Trace } from "../engine/trace.ts";
import type { VendorFormat } from "../vendor.ts";
import { type Evidence, evidenceOf, parsedOr, partsOf, sameLeaves } from "./loss/evidence.ts";
import { changedLeaves, type Leaf, leavesOf, placesOf } from "./loss/leaves.ts";
import { nearest, readBack, recordsWith, replaced } from "./loss/records.ts";
import { type Said, saidBy, withoutOfResource } from "./loss/said.ts";
import { isGivenOut } from "./metadata.ts";

/**
 * What becomes of one attribute of a span in a vendor's record:
 * `field`: it has a field, and comes back as it was; `changed`: what it says stands in the record, in another form or
 * not in full; `metadata`: it stands in the vendor's free-form metadata under its own name; `dropped`: nowhere.
 */
export type Fate = "field" | "changed" | "metadata" | "dropped";

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
  return saidBy(span).map((said) => {
    const parts = partsOf(said.name, said.value);
    const moved = movedBy(said, span, around, made);
    return { attribute: said.name, ...fateOf(said, parts, moved, made) };
  });
}

/** What is made of the span as it is. */
interface Made {
  readonly format: VendorFormat;
  readonly leaves: ReadonlyMap<string, Leaf>;
  readonly back: ReadonlyMap<string, readonly unknown[]>;
}

/** One record as it is, several as a list. */
function wire(records: readonly object[]): unknown {
  return records.length === 1 ? records[0] : records;
}

/** What stands in the record because the span says this. */
function movedBy({ without, isShared, name }: Said, span: GenAISpan, trace: Trace, { format, leaves }: Made) {
  if (without === undefined) return new Map<string, Leaf>();
  const other = without();
  const key = name.slice(name.indexOf(":") + 1);
  const around = isShared
    ? new Trace(trace.spans.map((one) => (one === span ? other : withoutOfResource(one, key))))
    : replaced(trace, span, other);
  return changedLeaves(leaves, leavesOf(wire(recordsWith(format, other, around))));
}

type Found = Omit<LossEntry, "attribute">;

function fateOf(
  { name, value }: Said,
  parts: readonly Leaf[],
  moved: ReadonlyMap<string, Leaf>,
  { format, leaves, back }: Made,
): Found {
  const evidence = evidenceOf(parts, moved.values());
  const places = placesOf(evidence.at);
  const inMetadata = evidence.missing.length === 0 ? metadataName(name, evidence.at, format) : undefined;
  if (inMetadata !== undefined)
    return { fate: "metadata", reason: `kept in the ${format.recordName}'s metadata as \`${inMetadata}\``, places };
  const returned = back.get(name) ?? [];
  const isSame = returned.some((one) => canonical(one) === canonical(value));
  if (places.length > 0) return isSame ? field(places) : changed(evidence, places);
  // The user's own attribute has but by chance the value of a field.
  const stands = isGivenOut(name) ? sameLeaves(parts, leaves.values()) : undefined;
  if (stands !== undefined) return again(name, stands, isSame, format);
  const decided = placesOf(moved.values());
  if (decided.length > 0 && isSame && parts.length > 0) return field(decided);
  if (decided.length > 0 && returned.some((one) => saysSimilar(name, value, one)))
    return { fate: "changed", reason: `in another form in ${listed(decided)}`, places: decided };
  return { fate: "dropped", reason: reasonOf(name, decided, format), places: [] };
}

function field(places: readonly string[]): Found {
  return { fate: "field", reason: `in ${listed(places)}`, places };
}

function changed({ missing }: Evidence, places: readonly string[]): Found {
  if (missing.length === 0) return { fate: "changed", reason: `in another form in ${listed(places)}`, places };
  const lost = [...new Set(missing.map(({ field: inner }) => inner || "a part"))];
  return { fate: "changed", reason: `not in full in ${listed(places)}: without ${listed(lost)}`, places };
}

/** What would stand in the record without the attribute too. */
function again(name: string, leaves: readonly Leaf[], isSame: boolean, format: VendorFormat): Found {
  const places = placesOf(leaves);
  const key = metadataName(name, leaves, format);
  if (key !== undefined)
    return { fate: "metadata", reason: `kept in the ${format.recordName}'s metadata as \`${key}\``, places };
  return isSame
    ? field(places)
    : { fate: "changed", reason: `what it says stands in ${listed(places)} all the same`, places };
}

/** The name under which free-form metadata holds an attribute: that of no documented field. */
function metadataName(attribute: string, leaves: readonly Leaf[], { tables }: VendorFormat): string | undefined {
  const name = attribute.startsWith("resource:") ? attribute.slice("resource:".length) : attribute;
  const free = name.startsWith(ATTR_GENSPAN_METADATA_PREFIX) ? name.slice(ATTR_GENSPAN_METADATA_PREFIX.length) : name;
  const isDocumented = (leaf: Leaf) => tables.some(({ fields }) => fields.some(({ field: one }) => one === leaf.field));
  return leaves.some((leaf) => leaf.key === free && leaf.field !== free && !isDocumented(leaf)) ? free : undefined;
}

/** Words out of a list: a vendor has its own for them. */
const WORDS: readonly string[] = [
  ATTR_GEN_AI_OPERATION_NAME,
  ATTR_GEN_AI_OUTPUT_TYPE,
  ATTR_GEN_AI_PROVIDER_NAME,
  ATTR_GEN_AI_RESPONSE_FINISH_REASONS,
];

/** Whether a value that came back says in other words, or less exactly, what another one said. */
function saysSimilar(name: string, said: unknown, returned: unknown): boolean {
  if (WORDS.includes(name)) return true;
  const isNumber = typeof said === "number" && typeof returned === "number";
  return isNumber && Math.abs(said - returned) <= Math.abs(said) * 0.05;
}

const CONTENT: readonly string[] = CONTENT_ATTRIBUTES;

function reasonOf(attribute: string, decided: readonly string[], { recordName, companion }: VendorFormat): string {
  if (decided.length > 0)
    return `the ${recordName} has no place for what it says, which only decides ${listed(decided)}`;
  if (CONTENT.includes(attribute)) return `the ${recordName} has no place for it, and content never goes into metadata`;
  if (attribute.startsWith("genspan.raw."))
    return "a raw body is used where the record wants one, and never goes into metadata";
  if (attribute.startsWith("event:")) {
    const [event = ""] = attribute.slice("event:".length).split(" ");
    if (companion?.events.includes(event) !== true) return `the ${recordName} has no events`;
    return companion.offUntil === undefined
      ? `no ${companion.recordName} takes it`
      : `the ${recordName} has no events; ${companion.offUntil}, and it is sent as a ${companion.recordName}`;
  }
  if (attribute === "link") return `the ${recordName} has no links`;
  return `the ${recordName} has no field for it`;
}

const MOST_LISTED = 4;

function listed(places: readonly string[]): string {
  const shown = places.slice(0, MOST_LISTED).map((place) => `\`${place}\``);
  const others = places.length - shown.length;
  return others > 0 ? `${shown.join(", ")} and ${others} more` : shown.join(", ");
}

/** JSON text and the value that it stands for are the same. */
function canonical(value: unknown): string {
  const stood = parsedOr(value);
  return typeof stood === "string" ? stood : JSON.stringify(sorted(stood));
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.keys(value)
      .sort()
      .map((key) => [key, sorted(value[key])]),
  );
}
