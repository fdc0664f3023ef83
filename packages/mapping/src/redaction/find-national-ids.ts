import { BACKSLASH, DOT, HYPHEN, isDigit, isLetter, isUpper, SPACE, UNDERSCORE } from "./characters.ts";
import { hasCpfCheck, hasGermanTaxCheck, hasVerhoeffCheck, remainder97, spanishLetter } from "./checksums.ts";
import type { Finding } from "./finding.ts";

/**
 * Numbers that a state gives to a person. Each has a check digit, a written form of its own, or must stand behind its
 * name: nine digits alone are nobody's.
 */
interface NationalId {
  readonly country: string;
  /** Matched at the beginning of the stretch, with up to two characters before and one after it. */
  readonly pattern: RegExp;
  readonly isValid?: (digits: string, match: string) => boolean;
  /** Must stand in the text before. */
  readonly name?: RegExp;
}

const nationalIds: readonly NationalId[] = [
  // Social Security Administration: no area 000, 666 or 9xx, no group 00, no serial 0000.
  { country: "US", pattern: /^(?!000|666|9)\d{3}-(?!00)\d{2}-(?!0000)\d{4}$/ },
  {
    country: "US",
    pattern: /^(?!000|666|9)\d{3} ?(?!00)\d{2} ?(?!0000)\d{4}$/,
    name: /(?:ssn|social security)[^\d]{0,20}$/i,
  },
  { country: "GB", pattern: /^(?!BG|GB|KN|NK|NT|TN|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?\d\d ?\d\d ?\d\d ?[A-D]$/ },
  {
    country: "ES",
    pattern: /^\d{8}-?[A-Z]$/,
    isValid: (digits, match) => match.endsWith(spanishLetter(Number(digits))),
  },
  {
    country: "ES",
    pattern: /^[XYZ]-?\d{7}-?[A-Z]$/,
    isValid: (digits, match) => match.endsWith(spanishLetter(Number("XYZ".indexOf(match.charAt(0)) + digits))),
  },
  {
    // INSEE: sex, year, month, place, order, and 97 minus the remainder.
    country: "FR",
    pattern: /^[12] ?\d\d ?(?:0[1-9]|1[0-2]|[2-4]\d) ?\d\d ?\d{3} ?\d{3} ?\d\d$/,
    isValid: (digits) => 97 - remainder97(digits.slice(0, 13)) === Number(digits.slice(13)),
  },
  {
    // The same of Corsica: for the remainder, 2A counts as 19 and 2B as 18.
    country: "FR",
    pattern: /^[12] ?\d\d ?(?:0[1-9]|1[0-2]|[2-4]\d) ?2[AB] ?\d{3} ?\d{3} ?\d\d$/,
    isValid: (_digits, match) => {
      const compact = match.replaceAll(" ", "").replace("2A", "19").replace("2B", "18");
      return 97 - remainder97(compact.slice(0, 13)) === Number(compact.slice(13));
    },
  },
  { country: "BR", pattern: /^\d{3}\.\d{3}\.\d{3}-\d\d$/, isValid: hasCpfCheck },
  { country: "BR", pattern: /^\d{11}$/, isValid: hasCpfCheck, name: /cpf[^\d]{0,12}$/i },
  { country: "IN", pattern: /^[2-9]\d{3} \d{4} \d{4}$/, isValid: hasVerhoeffCheck },
  { country: "IN", pattern: /^[2-9]\d{11}$/, isValid: hasVerhoeffCheck, name: /aadhaar[^\d]{0,20}$/i },
  {
    country: "DE",
    pattern: /^[1-9]\d ?\d{3} ?\d{3} ?\d{3}$/,
    isValid: hasGermanTaxCheck,
    name: /(?:steuer-?id\w*|steuernummer|identifikationsnummer|idnr|tin|tax id)[^\d]{0,20}$/i,
  },
];

/** Countries with a rule, for the documentation. */
export const NATIONAL_ID_COUNTRIES: readonly string[] = [
  ...new Set(nationalIds.map(({ country }) => country)),
  "IT",
].sort();

/** @returns whether the stretch of digits from `start` to `end`, with letters beside it or without, is one. */
export function findNationalIds(text: string, start: number, end: number, found: Finding[]): boolean {
  const to = endOfCorsican(text, start, end) ?? endOfLetters(text, end);
  // Every number of fewer than nine digits ends in a letter.
  if (to === end && end - start < 9) return false;
  const from = startOfLetters(text, start);
  return (from !== start && judge(text, from, to, found)) || judge(text, start, to, found);
}

function judge(text: string, from: number, to: number, found: Finding[]): boolean {
  if (to - from > 24 || isPartOfWord(text, from, to)) return false;
  const candidate = text.slice(from, to);
  const digits = candidate.replace(/\D/g, "");
  if (digits.length < 6 || digits.length > 15) return false;
  const id = nationalIds.find(
    ({ pattern, isValid, name }) =>
      pattern.test(candidate) &&
      (isValid?.(digits, candidate) ?? true) &&
      (name === undefined || name.test(text.slice(Math.max(0, from - 32), from))),
  );
  if (id === undefined) return false;
  found.push({ start: from, end: to, rule: "national_id" });
  return true;
}

const CORSICAN = /[12] ?\d\d ?\d\d ?2[AB] ?\d{3} ?\d{3} ?\d\d/y;

/** The department `2A` or `2B` in the middle of the number ends the stretch of digits. */
function endOfCorsican(text: string, start: number, end: number): number | undefined {
  const letter = text.charAt(end);
  if ((letter !== "A" && letter !== "B") || text.charAt(end - 1) !== "2") return undefined;
  CORSICAN.lastIndex = start;
  return CORSICAN.test(text) ? CORSICAN.lastIndex : undefined;
}

/** One or two capital letters before the digits, alone or with a space or hyphen, may belong to them. */
function startOfLetters(text: string, start: number): number {
  if (text.charCodeAt(start - 1) === SPACE)
    return isUpperAt(text, start - 2) && isUpperAt(text, start - 3) ? start - 3 : start;
  let from = start;
  if (text.charCodeAt(from - 1) === HYPHEN && isUpperAt(text, from - 2)) from--;
  while (from > start - 3 && isUpperAt(text, from - 1)) from--;
  return from;
}

/** One capital letter behind the digits, alone or with a space or hyphen, belongs to them. */
function endOfLetters(text: string, end: number): number {
  if (isUpperAt(text, end)) return end + 1;
  const sign = text.charCodeAt(end);
  const isApart =
    (sign === HYPHEN || sign === SPACE) && isUpperAt(text, end + 1) && !isLetter(text.charCodeAt(end + 2));
  return isApart ? end + 2 : end;
}

function isPartOfWord(text: string, from: number, to: number): boolean {
  const before = text.charCodeAt(from - 1);
  const isEscape = text.charCodeAt(from - 2) === BACKSLASH;
  if ((isLetter(before) && !isEscape) || isDigit(before) || before === HYPHEN || before === DOT) return true;
  const after = text.charCodeAt(to);
  return isLetter(after) || isDigit(after) || after === UNDERSCORE;
}

function isUpperAt(text: string, at: number): boolean {
  return isUpper(text.charCodeAt(at));
}
