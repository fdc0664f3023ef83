/** A stretch of text that a rule wants hidden. */
export interface Finding {
  readonly start: number;
  readonly end: number;
  /** The rule's name, which stands in the replacement. */
  readonly rule: string;
}

/** The rules that come with the package. */
export const RULE_NAMES = [
  "api_key",
  "bearer",
  "private_key",
  "email",
  "phone",
  "iban",
  "card",
  "ip",
  "national_id",
] as const;

export type RuleName = (typeof RULE_NAMES)[number];

/** Which of the built-in rules are on: fixed when a policy is made. */
export type RuleSet = Readonly<Record<RuleName, boolean>>;

export function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

export function isLetter(code: number): boolean {
  const lower = code | 32;
  return lower >= 97 && lower <= 122;
}

/** A letter, a digit, `_` or `-`: what keys, ids and names are made of. */
export function isWord(code: number): boolean {
  return isLetter(code) || isDigit(code) || code === 95 || code === 45;
}

/**
 * The text may be JSON, or JSON in JSON: the `n` of `\n`, or the four digits of `\u2019`, do not belong to the word that
 * follows. @returns where the word that begins at `start` really begins.
 */
export function afterEscape(text: string, start: number): number {
  const before = text.charCodeAt(start - 1);
  if (before === 92) return text.charCodeAt(start) === 117 ? start + 5 : start + 1;
  if (before === 37) return start + 2; // %20 of a URL
  // Digits only: the escape's `u` is no digit, and so stands before the stretch.
  if (before === 117 && text.charCodeAt(start - 2) === 92) return start + 4;
  return start;
}

/** What stands in the place of something hidden already: the span is looked through, and then the record made of it. */
const REPLACEMENT = "\\[(?:REDACTED:\\w{1,64}|WITHHELD: redaction failed|\\w{1,64}:[0-9a-f]{16})\\]";
const WHOLE = new RegExp(`^${REPLACEMENT}$`);
const EVERY = new RegExp(REPLACEMENT, "g");

export function isReplacement(value: string): boolean {
  return WHOLE.test(value);
}

/** Without what lies within a replacement: a hash may look like a key. */
export function notReplaced(text: string, found: readonly Finding[]): readonly Finding[] {
  if (found.length === 0 || !text.includes("[")) return found;
  const replacements = [...text.matchAll(EVERY)].map(({ index, 0: all }) => ({
    start: index,
    end: index + all.length,
  }));
  if (replacements.length === 0) return found;
  let next = 0;
  return found.filter(({ start, end }) => {
    while ((replacements[next]?.end ?? Number.POSITIVE_INFINITY) <= start) next++;
    const at = replacements[next];
    return at === undefined || start < at.start || end > at.end;
  });
}
