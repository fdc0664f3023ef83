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
