import { ATTR_GEN_AI_OPERATION_NAME } from "@genspan/semconv";
import { nameListOf } from "../name-list.ts";
import { type ReadableSpanLike, spanWith } from "../readable-span.ts";
import { apply, attempt, presentIn } from "./apply.ts";
import { dialectsOf, namesInfo, scopeMarks } from "./detect.ts";
import { DIALECT_NAMES, type Dialect, type DialectName } from "./dialect.ts";
import { genai } from "./producers/genai.ts";
import { needsCare } from "./reading/current.ts";
import { Draft, type Preference } from "./reading/draft.ts";
import { isLegacyEvent } from "./reading/events.ts";
import { OPERATIONS } from "./reading/value-maps.ts";

/** How spans are read that carry more than one dialect. */
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

/** Dialects with their places in {@link DIALECT_NAMES}, in the order in which they win. */
type Plan = ReturnType<typeof dialectsOf>;

const GENAI = 1 << DIALECT_NAMES.indexOf("genai");

/**
 * Makes the function that gives a span's attributes in the form of the current GenAI conventions. It answers the very
 * same object for a span that has this form already. Attributes that no dialect knows pass untouched; a value that
 * cannot be read stays under its own name. It never throws.
 */
export function createNormaliser({ order = [], prefer = "current" }: NormaliseOptions = {}): Normaliser {
  const names = [...new Set([...order, ...DIALECT_NAMES])];
  const indices = names.map((name) => DIALECT_NAMES.indexOf(name));
  // The combinations of dialects that occur are few.
  const plans = new Map<number, Plan>();
  return (span) => {
    const names = Object.keys(span.attributes);
    const marks = marksOf(span, names);
    if (marks === 0) return span.attributes;
    let plan = plans.get(marks);
    if (plan === undefined) {
      // What the conventions themselves once said may stand beside every dialect.
      plan = dialectsOf(marks | GENAI, indices);
      plans.set(marks, plan);
    }
    return translate(new Draft(span, names, prefer), plan);
  };
}

/** {@link createNormaliser} with its defaults. */
export const normaliseAttributes: Normaliser = createNormaliser();

/** The span with its attributes in the form of the current conventions; the very same span where they have it already. */
export function normalise(span: ReadableSpanLike, normaliser: Normaliser = normaliseAttributes): ReadableSpanLike {
  const attributes = normaliser(span);
  return attributes === span.attributes ? span : spanWith(span, { attributes });
}

/** A bit for each dialect that has left a trace on the span; 0 for a span in the current form. */
function marksOf(span: ReadableSpanLike, names: readonly string[]): number {
  const { attributes, events } = span;
  const info = nameListOf(names).once(namesInfo);
  let marks = scopeMarks(span) | info.marks;
  for (const name of info.careful) if (needsCare(name, attributes)) marks |= GENAI;
  for (const event of events) if (isLegacyEvent(event.name)) marks |= GENAI;
  return marks;
}

function translate(draft: Draft, dialects: Plan): Readonly<Record<string, unknown>> {
  // What the span does decides how much of the rest is read.
  for (const [, { operation }] of dialects)
    attempt(() => draft.setAbsent(ATTR_GEN_AI_OPERATION_NAME, operation?.(draft)));
  for (const [, { misnamed }] of dialects) if (misnamed !== undefined) attempt(() => correctOperation(draft, misnamed));
  renameOperation(draft);
  const present = presentIn(draft.names);
  for (const [index, dialect] of dialects) apply(dialect, index, draft, present);
  // The form of lists first: the other dialects look into them.
  attempt(() => genai.refine?.(draft));
  for (const [, { refine }] of dialects) if (refine !== undefined) attempt(() => refine(draft));
  return draft.changed ? draft.finish() : draft.source;
}

function correctOperation(draft: Draft, misnamed: NonNullable<Dialect["misnamed"]>): void {
  const stated = draft.get(ATTR_GEN_AI_OPERATION_NAME);
  const meant = typeof stated === "string" ? misnamed(stated, draft) : undefined;
  if (meant === null) draft.remove(ATTR_GEN_AI_OPERATION_NAME);
  else if (meant !== undefined) draft.replace(ATTR_GEN_AI_OPERATION_NAME, meant);
}

function renameOperation(draft: Draft): void {
  const operation = draft.get(ATTR_GEN_AI_OPERATION_NAME);
  const current = typeof operation === "string" ? OPERATIONS.get(operation) : undefined;
  if (current !== undefined) draft.replace(ATTR_GEN_AI_OPERATION_NAME, current);
}
