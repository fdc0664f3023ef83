import { CONTENT_ATTRIBUTES } from "@genspan/semconv";
import { parsed } from "../content.ts";
import { type Leaf, leavesOf } from "./leaves.ts";

/** How much of what an attribute says stands among some leaves of a record. */
export interface Evidence {
  /** Leaves in which one of them stands. */
  readonly at: readonly Leaf[];
  /** Those that stand nowhere. */
  readonly missing: readonly Leaf[];
}

const CONTENT: readonly string[] = CONTENT_ATTRIBUTES;
/** What the form of a message says; a vendor's message says it in its own way. */
const FORM: ReadonlySet<string> = new Set(["type", "role", "modality", "finish_reason"]);

/** The parts of what an attribute says; JSON text stands for its value. */
export function partsOf(attribute: string, value: unknown): readonly Leaf[] {
  const parts = leavesOf(parsedOr(value)).filter((part) => part.value !== "");
  return CONTENT.includes(attribute) ? parts.filter(({ key }) => !FORM.has(key)) : parts;
}

export function evidenceOf(parts: readonly Leaf[], leaves: readonly Leaf[]): Evidence {
  const at = new Set<Leaf>();
  const missing: Leaf[] = [];
  for (const part of parts) {
    const found = foundIn(leaves, part.value);
    if (found.length === 0) missing.push(part);
    const some = found.length > 0 ? found : leaves.filter((leaf) => isPieceOf(part.value, leaf.value));
    for (const leaf of some) at.add(leaf);
  }
  return { at: [...at], missing };
}

/** A short text stands within others by chance: where it stands alone, it is meant. */
function foundIn(leaves: readonly Leaf[], said: Leaf["value"]): readonly Leaf[] {
  const alone = String(said).length < 8 ? leaves.filter(({ value }) => value === said) : [];
  return alone.length > 0 ? alone : leaves.filter((leaf) => holds(leaf.value, said) || isNamed(leaf, said));
}

/** The leaves that are just what an attribute says; undefined unless all of it stands so. */
export function sameLeaves(parts: readonly Leaf[], leaves: readonly Leaf[]): readonly Leaf[] | undefined {
  const same = parts.map((part) => (isTelling(part) ? leaves.filter((leaf) => leaf.value === part.value) : []));
  return same.length > 0 && same.every((found) => found.length > 0) ? same.flat() : undefined;
}

/** Short texts and small numbers stand anywhere by chance. */
export function isTelling({ value }: Leaf): boolean {
  return typeof value !== "boolean" && String(value).length >= 4;
}

function holds(leaf: Leaf["value"], said: Leaf["value"]): boolean {
  if (leaf === said) return true;
  if (typeof said === "string") return holdsText(String(leaf), said);
  if (typeof said === "boolean") return leaf === String(said);
  return numbersIn(leaf).has(digitsOf(String(said)));
}

/** Whether a field has its name of what is said: a metric is named after what was evaluated. */
function isNamed({ key }: Leaf, said: Leaf["value"]): boolean {
  return typeof said === "string" && (key === said || key === `evaluation.${said}`);
}

/** Whether a leaf is a piece of a longer text: its beginning, or one line of it. */
function isPieceOf(said: Leaf["value"], leaf: Leaf["value"]): boolean {
  return typeof said === "string" && typeof leaf === "string" && leaf.length >= 4 && said.includes(leaf);
}

/** As it is, or within JSON text, which escapes it. */
function holdsText(leaf: string, said: string): boolean {
  const escaped = JSON.stringify(said).slice(1, -1);
  return leaf.includes(said) || (escaped !== said && leaf.includes(escaped));
}

/** Numbers in a leaf by their digits alone: other units move the point. */
function numbersIn(leaf: Leaf["value"]): ReadonlySet<string> {
  return new Set((String(leaf).match(/\d+(?:\.\d+)?/g) ?? []).map(digitsOf));
}

function digitsOf(number: string): string {
  return (
    number
      .replace(/e.*$/i, "")
      .replace(/[-.]/g, "")
      .replace(/^0+|0+$/g, "") || "0"
  );
}

export function parsedOr(value: unknown): unknown {
  return typeof value === "string" && /^[[{]/.test(value) ? parsed(value) : value;
}
