import {
  ATTR_GEN_AI_EVALUATION_NAME,
  ATTR_GENSPAN_METADATA_PREFIX,
  CONTENT_ATTRIBUTES,
  EVENT_GEN_AI_EVALUATION_RESULT,
} from "@genspan/semconv";
import { GenAISpan } from "../engine/genai-span.ts";
import { takes } from "../engine/map-span.ts";
import { isObject } from "../engine/message-guards.ts";
import { Trace } from "../engine/trace.ts";
import type { VendorFormat } from "../vendor.ts";

/**
 * What becomes of one attribute of a span in a vendor's record:
 * `field`: it has a field, and comes back as it was; `changed`: what it says stands in the record, in another form or
 * not in full; `metadata`: it stands in the vendor's free-form metadata under its own name; `dropped`: nowhere.
 */
export type Fate = "field" | "changed" | "metadata" | "dropped";

export interface LossEntry {
  /** Name of the attribute; `span.name`, `span.status.message`, `event:<name>`, `link`, `resource:<name>` for the rest. */
  readonly attribute: string;
  readonly fate: Fate;
  /** Why, and where it went. */
  readonly reason: string;
}

const CONTENT: readonly string[] = CONTENT_ATTRIBUTES;

/**
 * What the record of a span (or of its trace, where that is the vendor's unit) carries of everything that the span says,
 * found out by making the record and reading it back. Empty where the format has no record for such a span.
 */
export function lossOf(format: VendorFormat, span: GenAISpan, trace: Trace = new Trace([span])): readonly LossEntry[] {
  const whole = format.unit === "trace" ? trace.keep((one) => format.accepts(one)) : trace;
  const root = format.unit === "trace" ? whole?.root : span;
  if (whole === undefined || root === undefined || !takes(format, span)) return [];
  const records = [
    ...(format.accepts(root) ? [format.map({ span: root, trace: whole })] : []),
    ...(format.companion?.map({ span, trace }) ?? []),
  ];
  const back = readBack(format, records, span);
  const text = JSON.stringify(records);
  const names = namesIn(records);
  return [...saidBy(span), ...lookedUp(span)].map(([attribute, value]) => ({
    attribute,
    ...fateOf(attribute, value, { back: back?.get(attribute), text, names, format }),
  }));
}

type Said = readonly (readonly [name: string, value: unknown])[];

/** Everything that a span says beside ids and times, under names. */
function saidBy(span: GenAISpan): Said {
  return [
    ["span.name", span.name],
    ...(span.statusMessage === undefined ? [] : ([["span.status.message", span.statusMessage]] as const)),
    ...Object.entries(span.attributes),
    ...eventsOf(span),
    ...span.links.map(({ context, attributes }) => ["link", { ...attributes, trace: context.traceId }] as const),
    ...Object.entries(span.resource).map(([name, value]) => [`resource:${name}`, value] as const),
  ];
}

/** What we add ourselves: the source and the date of a price, where the span does not state its cost. */
function lookedUp(span: GenAISpan): Said {
  return span.ownCost === undefined
    ? []
    : Object.entries(span.priceNote).filter(([name]) => !(name in span.attributes));
}

/** Events by name; results of evaluations also by what was evaluated, since a span has several of them. */
function eventsOf(span: GenAISpan): Said {
  return span.events.map(({ name, attributes = {} }) => {
    const metric = name === EVENT_GEN_AI_EVALUATION_RESULT ? attributes[ATTR_GEN_AI_EVALUATION_NAME] : undefined;
    return [`event:${name}${typeof metric === "string" ? ` ${metric}` : ""}`, attributes] as const;
  });
}

/** What the span's part of the records says. */
function readBack(
  format: VendorFormat,
  records: readonly object[],
  span: GenAISpan,
): ReadonlyMap<string, unknown> | undefined {
  const [first = [], ...others] = records.map((record) => format.decode(record).map((one) => new GenAISpan(one)));
  const same = first.find(({ spanId }) => spanId === span.spanId) ?? first.find(({ name }) => name === span.name);
  const back = same ?? first[0];
  if (back === undefined) return undefined;
  const beside = others.flat().flatMap((one) => saidBy(one).filter(([name]) => name.startsWith("event:")));
  return new Map([...saidBy(back), ...beside]);
}

interface Evidence {
  readonly back: unknown;
  readonly text: string;
  readonly names: ReadonlySet<string>;
  readonly format: VendorFormat;
}

function fateOf(
  attribute: string,
  value: unknown,
  { back, text, names, format }: Evidence,
): Omit<LossEntry, "attribute"> {
  const name = attribute.startsWith("resource:") ? attribute.slice("resource:".length) : attribute;
  const free = name.startsWith(ATTR_GENSPAN_METADATA_PREFIX) ? name.slice(ATTR_GENSPAN_METADATA_PREFIX.length) : name;
  if (names.has(free) && !attribute.startsWith("event:")) {
    return { fate: "metadata", reason: `kept in the ${format.recordName}'s metadata as \`${free}\`` };
  }
  if (back !== undefined && canonical(back) === canonical(value))
    return { fate: "field", reason: "has a field of its own" };
  if (back !== undefined) return { fate: "changed", reason: "comes back in another form" };
  if (isSaidIn(text, value)) return { fate: "changed", reason: "what it says stands in another field" };
  return { fate: "dropped", reason: reasonOf(attribute, format) };
}

function reasonOf(attribute: string, { recordName, companion }: VendorFormat): string {
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

/** JSON text and the value that it stands for are the same; so are a number and its text. */
function canonical(value: unknown): string {
  if (typeof value === "string" && /^[[{]/.test(value)) {
    try {
      return JSON.stringify(sorted(JSON.parse(value)));
    } catch {
      return value;
    }
  }
  return typeof value === "string" ? value : JSON.stringify(sorted(value));
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

/** Whether all texts of a value stand in the record. Short ones could stand there by chance. */
function isSaidIn(record: string, value: unknown): boolean {
  const texts = textsIn(typeof value === "string" && /^[[{]/.test(value) ? parsedOr(value) : value).filter(
    (text) => text.length >= 6,
  );
  return texts.length > 0 && texts.every((text) => record.includes(JSON.stringify(text).slice(1, -1)));
}

function parsedOr(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

function textsIn(value: unknown): readonly string[] {
  if (typeof value === "string") return [value];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => (key === "type" || key === "role" ? [] : textsIn(inner)));
}

/** Names of all fields in a record, at any depth. */
function namesIn(value: unknown, names: Set<string> = new Set()): ReadonlySet<string> {
  if (typeof value !== "object" || value === null) return names;
  for (const [key, inner] of Object.entries(value)) {
    if (!Array.isArray(value)) names.add(key);
    namesIn(inner, names);
  }
  return names;
}
