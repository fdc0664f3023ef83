import { hasLuhnCheck } from "./checksums.ts";
import type { Finding } from "./finding.ts";

/** Four groups of four; 4-6-5 (American Express), 4-6-4 (Diners); or 13 to 19 digits together. */
const CARD = /(?<![\d.])(?:\d{4}([ .-]| {2})\d{4}\1\d{4}\1\d{4}|3\d{3}([ .-])\d{6}\2\d{4,5}|\d{13,19})(?!\d)/g;

/** The stretch of digits from `start` to `end`. */
export function findCards(text: string, start: number, end: number, found: Finding[]): boolean {
  let isFound = false;
  for (const match of text.slice(start, end).matchAll(CARD)) {
    if (!isCardNumber(match[0].replace(/\D/g, ""))) continue;
    found.push({ start: start + match.index, end: start + match.index + match[0].length, rule: "card" });
    isFound = true;
  }
  return isFound;
}

/**
 * First four digits from and to, and lengths, as the card networks publish them (ISO/IEC 7812). Half of all numbers would
 * pass for one of Maestro's wide range, so that only its prefixes in use count.
 */
const RANGES: readonly (readonly [network: string, from: number, to: number, ...lengths: readonly number[]])[] = [
  ["Visa", 4000, 4999, 13, 16, 19],
  ["Mastercard", 5100, 5599, 16],
  ["Mastercard", 2221, 2720, 16],
  ["American Express", 3400, 3499, 15],
  ["American Express", 3700, 3799, 15],
  ["Discover", 6011, 6011, 16, 17, 18, 19],
  ["Discover", 6440, 6599, 16, 17, 18, 19],
  ["Diners", 3000, 3059, 14],
  ["Diners", 3600, 3699, 14],
  ["Diners", 3800, 3899, 14],
  ["JCB", 3528, 3589, 16, 17, 18, 19],
  ["UnionPay", 6200, 6299, 16, 17, 18, 19],
  ["Mir", 2200, 2204, 16, 17, 18, 19],
  ["RuPay", 5085, 5089, 16],
  ["RuPay", 6069, 6085, 16],
  ["Elo", 5067, 5067, 16],
  ["Elo", 6362, 6363, 16],
  ["Verve", 5061, 5061, 16, 18, 19],
  ["Troy", 9792, 9792, 16],
  ...[5018, 5020, 5038, 5893, 6304, 6759, 6761, 6762, 6763].map(
    (prefix) => ["Maestro", prefix, prefix, 13, 14, 15, 16, 17, 18, 19] as const,
  ),
];

function isCardNumber(digits: string): boolean {
  const first = Number(digits.slice(0, 4));
  const isIssued = RANGES.some(
    ([, from, to, ...lengths]) => first >= from && first <= to && lengths.includes(digits.length),
  );
  return isIssued && hasLuhnCheck(digits);
}
