/** Codes of the signs that rules look for, one by one: comparing codes costs a part of what comparing texts does. */
export const SPACE = 32;
export const QUOTE = 34;
export const HASH = 35;
export const PERCENT = 37;
export const APOSTROPHE = 39;
export const PLUS = 43;
export const HYPHEN = 45;
export const DOT = 46;
export const SLASH = 47;
export const ZERO = 48;
export const COLON = 58;
export const EQUALS = 61;
export const GREATER = 62;
export const OPENING_BRACKET = 91;
export const BACKSLASH = 92;
export const UNDERSCORE = 95;
export const BACKTICK = 96;
export const OPENING_BRACE = 123;
export const TILDE = 126;

export function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

export function isUpper(code: number): boolean {
  return code >= 65 && code <= 90;
}

export function isLetter(code: number): boolean {
  const lower = code | 32;
  return lower >= 97 && lower <= 122;
}

/** A letter, a digit, `_` or `-`: what keys, ids and names are made of. */
export function isWord(code: number): boolean {
  return isLetter(code) || isDigit(code) || code === UNDERSCORE || code === HYPHEN;
}

/**
 * The text may be JSON, or JSON in JSON: the `n` of `\n`, or the four digits of `\u2019`, do not belong to the word that
 * follows. @returns where the word that begins at `start` really begins.
 */
export function afterEscape(text: string, start: number): number {
  const before = text.charCodeAt(start - 1);
  if (before === BACKSLASH) return text.charAt(start) === "u" ? start + 5 : start + 1;
  if (before === PERCENT) return start + 2; // %20 of a URL
  // Digits only: the escape's `u` is no digit, and so stands before the stretch.
  if (text.charAt(start - 1) === "u" && text.charCodeAt(start - 2) === BACKSLASH) return start + 4;
  return start;
}
