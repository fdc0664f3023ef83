import { ATTR_GEN_AI_OPERATION_NAME } from "@genspan/semconv";
import type { ReadableSpanLike } from "../readable-span.ts";
import { needsCare } from "./current.ts";
import { dialectsOf, nameInfo, scopeMarks } from "./detect.ts";
import { type AttributeRow, DIALECT_NAMES, type Dialect, type DialectName, type PrefixRow } from "./dialect.ts";
import { Draft, type Preference } from "./draft.ts";
import { isLegacyEvent } from "./events.ts";
import { attributeValue, setFound } from "./found.ts";
import { genai } from "./genai.ts";
import { Unflattener } from "./unflatten.ts";
import { OPERATIONS } from "./value-maps.ts";

export interface NormaliseOptions {
  /**
   * Which dialect wins where a span carries several; those that are not named follow in their usual order.
   * Default: {@link DIALECT_NAMES}.
   */
  readonly order?: readonly DialectName[];
  /** What stays where a span carries a current attribute and a dialect's. Default: `current`. */
  readonly prefer?: Preference;
}

/** Reads spans of other dialects; made once, used for every span. */
export type Normaliser = (span: ReadableSpanLike) => Readonly<Record<string, unknown>>;

const GENAI = 1 << DIALECT_NAMES.indexOf("genai");

/**
 * Makes the function that gives a span's attributes in the form of the current GenAI conventions. It answers the very
 * same object for a span that has this form already. Attributes that no dialect knows pass untouched; a value that
 * cannot be read stays under its own name. It never throws.
 */
export function createNormaliser({ order = [], prefer = "current" }: NormaliseOptions = {}): Normaliser {
  const names = [...new Set([...order, ...DIALECT_NAMES])];
  const indices = names.map((name) => DIALECT_NAMES.indexOf(name));
  return (span) => {
    const marks = marksOf(span);
    return marks === 0 ? span.attributes : translate(span, marks, indices, prefer);
  };
}

/** {@link createNormaliser} with its defaults. */
export const normaliseAttributes: Normaliser = createNormaliser();

/** The span with its attributes in the form of the current conventions; the very same span where they have it already. */
export function normalise(span: ReadableSpanLike, normaliser: Normaliser = normaliseAttributes): ReadableSpanLike {
  const attributes = normaliser(span);
  return attributes === span.attributes ? span : withAttributes(span, attributes);
}

/** A span like this one with other attributes. Spans are classes, so that their parts are named one by one. */
export function withAttributes(span: ReadableSpanLike, attributes: ReadableSpanLike["attributes"]): ReadableSpanLike {
  const { name, kind, startTime, endTime, duration, ended, status, links, events, resource } = span;
  const { parentSpanContext, parentSpanId, instrumentationScope, instrumentationLibrary } = span;
  const { droppedAttributesCount, droppedEventsCount, droppedLinksCount } = span;
  return {
    ...{ name, kind, startTime, endTime, duration, ended, status, links, events, resource, attributes },
    ...{ parentSpanContext, parentSpanId, instrumentationScope, instrumentationLibrary },
    ...{ droppedAttributesCount, droppedEventsCount, droppedLinksCount },
    spanContext: () => span.spanContext(),
  };
}

/** A bit for each dialect that has left a trace on the span; 0 for a span in the current form. */
function marksOf(span: ReadableSpanLike): number {
  const { attributes, events } = span;
  let marks = scopeMarks(span);
  for (const name in attributes) {
    const info = nameInfo(name);
    marks |= info.marks;
    if (info.careful && needsCare(name, attributes)) marks |= GENAI;
  }
  for (const event of events) if (isLegacyEvent(event.name)) marks |= GENAI;
  return marks;
}

function translate(
  span: ReadableSpanLike,
  marks: number,
  order: readonly number[],
  prefer: Preference,
): Readonly<Record<string, unknown>> {
  const draft = new Draft(span, prefer);
  // What the conventions themselves once said may stand beside every dialect.
  const dialects = dialectsOf(marks | GENAI, order);
  // What the span does decides how much of the rest is read.
  for (const [, { operation }] of dialects)
    attempt(() => draft.setAbsent(ATTR_GEN_AI_OPERATION_NAME, operation?.(draft)));
  renameOperation(draft);
  for (const [index, dialect] of dialects) apply(dialect, index, draft);
  // The form of lists first: the other dialects look into them.
  attempt(() => genai.refine?.(draft));
  for (const [, { refine }] of dialects) if (refine !== undefined) attempt(() => refine(draft));
  return draft.changed ? draft.finish() : span.attributes;
}

function renameOperation(draft: Draft): void {
  const operation = draft.get(ATTR_GEN_AI_OPERATION_NAME);
  const current = typeof operation === "string" ? OPERATIONS.get(operation) : undefined;
  if (current !== undefined) draft.replace(ATTR_GEN_AI_OPERATION_NAME, current);
}

function apply(dialect: Dialect, index: number, draft: Draft): void {
  const { rows, flattened, prefixes, gather } = dialect;
  for (const row of rows) {
    const value = draft.source[row.from];
    if (value === undefined || value === null || draft.isUsed(row.from)) continue;
    attempt(() => applyRow(row, value, draft));
  }
  if (flattened !== undefined) attempt(() => applyFlattened(dialect, index, draft));
  for (const prefix of prefixes ?? []) applyPrefix(prefix, draft);
  if (gather !== undefined) attempt(() => gather(draft));
}

/** A defect of a row, or a value that no row foresaw, costs that row alone. */
function attempt(step: () => void): void {
  try {
    step();
  } catch {
    // such as JSON that is nested too deeply to be written again
  }
}

function applyRow(row: AttributeRow, value: unknown, draft: Draft): void {
  if (row.when !== undefined && !row.when(draft)) return;
  const read = row.read === undefined ? value : row.read(value, draft);
  if (read === undefined) return;
  if (row.from === row.to) {
    if (read !== value && read !== null) draft.replace(row.from, attributeValue(row.from, read));
    return;
  }
  if (row.to !== undefined) setFound(draft, row.to, read, row.keep === true ? "setAbsent" : "set");
  if (row.keep !== true) draft.use(row.from);
}

function applyFlattened(dialect: Dialect, index: number, draft: Draft): void {
  const gathered = new Map<object, { items: Unflattener; names: string[] }>();
  for (const name in draft.source) {
    const info = nameInfo(name);
    if (info.places.length === 0 || draft.isUsed(name)) continue;
    const place = info.places.find(([of]) => of === index)?.[1];
    if (place === undefined) continue;
    let group = gathered.get(place.row);
    if (group === undefined) {
      group = { items: new Unflattener(), names: [] };
      gathered.set(place.row, group);
    }
    group.items.add(place, draft.source[name]);
    group.names.push(name);
  }
  for (const row of dialect.flattened ?? []) {
    const group = gathered.get(row);
    if (group === undefined) continue;
    const read = row.read(group.items.items(), draft);
    if (read === undefined) continue;
    setFound(draft, row.to, read);
    for (const name of group.names) draft.use(name);
  }
}

function applyPrefix({ prefix, keys, drop }: PrefixRow, draft: Draft): void {
  for (const name in draft.source) {
    if (!name.startsWith(prefix) || draft.isUsed(name)) continue;
    const key = name.slice(prefix.length);
    const to = Object.hasOwn(keys, key) ? keys[key] : undefined;
    if (to !== undefined) {
      draft.set(to, draft.source[name]);
      draft.use(name);
    } else if (drop === true) draft.use(name);
  }
}
