import { hasLuhnCheck, remainder97 } from "./checksums.ts";
import { findNationalIds } from "./find-national-ids.ts";
import { afterEscape, type Finding, isDigit, isLetter, type RuleSet } from "./finding.ts";
import { isPhoneNumber } from "./phone.ts";

/** A stretch of digits and the signs that numbers are written with. It has no other way to match: the search is linear. */
const STRETCH = /\d[\d .\-()/]{4,}/g;
/** Longer stretches are tables or binary data; only their words of digits are looked at. */
const LONGEST = 64;

/** Cards, accounts, telephone numbers, national ids and IPv4 addresses: all of them hold a stretch of digits. */
export function findInNumbers(text: string, rules: RuleSet, found: Finding[]): void {
  STRETCH.lastIndex = 0;
  for (let match = STRETCH.exec(text); match !== null; match = STRETCH.exec(text)) {
    const start = afterEscape(text, match.index);
    let end = STRETCH.lastIndex;
    while (end > start && !isDigit(text.charCodeAt(end - 1))) end--;
    if (end - start >= 6) judgeStretch(text, start, end, rules, found);
  }
}

function judgeStretch(text: string, start: number, end: number, rules: RuleSet, found: Finding[]): void {
  if (isDate(text, start)) return;
  if (end - start <= LONGEST) {
    if (rules.iban && findIban(text, start, end, found)) return;
    if (rules.ip && findIpv4(text, start, end, found)) return;
    if (rules.card && findCards(text, start, end, found)) return;
    if (rules.national_id && findNationalIds(text, start, end, found)) return;
    if (rules.phone) findPhone(text, start, end, found);
    return;
  }
  // In parts that overlap by as much as the longest number is long.
  for (let at = start; at < end; at += LONGEST / 2) {
    judgeStretch(text, at, Math.min(at + LONGEST, end), rules, found);
    if (at + LONGEST >= end) break;
  }
}

/** `2026-11-21`, `2026/11/21`: timestamps are the most frequent stretches by far. */
function isDate(text: string, start: number): boolean {
  const sign = text.charCodeAt(start + 4);
  if (sign !== 45 && sign !== 47) return false;
  const century = text.slice(start, start + 2);
  return (century === "20" || century === "19") && text.charCodeAt(start + 7) === sign;
}

const FOUR_NUMBERS = /(?<![\d.])(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})(?![\d]|\.\d)/g;

function findIpv4(text: string, start: number, end: number, found: Finding[]): boolean {
  const stretch = text.slice(start, end);
  if (!stretch.includes(".")) return false;
  let isFound = false;
  for (const match of stretch.matchAll(FOUR_NUMBERS)) {
    const octets = match.slice(1).map(Number);
    if (octets.some((octet) => octet > 255) || octets[0] === 127 || octets[0] === 0) continue;
    const at = start + match.index;
    if (isVersion(text, at)) continue;
    found.push({ start: at, end: at + match[0].length, rule: "ip" });
    isFound = true;
  }
  return isFound;
}

/** `v1.2.3.4`, `version 1.2.3.4`, `Chrome/126.0.0.0`, `1.3.6.1.4` of an object identifier. */
function isVersion(text: string, at: number): boolean {
  const before = text.charCodeAt(at - 1);
  if (isLetter(before) || before === 47) return !text.slice(Math.max(0, at - 3), at).endsWith("://");
  return /(?:version|release|build|oid|ver\.?)["':= ]{1,4}$/i.test(text.slice(Math.max(0, at - 12), at));
}

/** Four groups of four; 4-6-5 (American Express), 4-6-4 (Diners); or 13 to 19 digits together. */
const CARD = /(?<![\d.])(?:\d{4}([ -])\d{4}\1\d{4}\1\d{4}|3\d{3}([ -])\d{6}\2\d{4,5}|\d{13,19})(?!\d)/g;

function findCards(text: string, start: number, end: number, found: Finding[]): boolean {
  if (end - start < 13) return false;
  if (isBesideWord(text, start, end)) return false;
  let isFound = false;
  for (const match of text.slice(start, end).matchAll(CARD)) {
    const digits = match[0].replace(/\D/g, "");
    if (!isCardNumber(digits)) continue;
    found.push({ start: start + match.index, end: start + match.index + match[0].length, rule: "card" });
    isFound = true;
  }
  return isFound;
}

/** Issuer ranges with their lengths (ISO/IEC 7812 as the card networks publish them), and the check digit. */
function isCardNumber(digits: string): boolean {
  const { length } = digits;
  const first = Number(digits.slice(0, 4));
  const isIssued =
    (digits.startsWith("4") && (length === 13 || length === 16 || length === 19)) || // Visa
    (length === 16 && ((first >= 5100 && first <= 5599) || (first >= 2221 && first <= 2720))) || // Mastercard
    (length === 15 && (digits.startsWith("34") || digits.startsWith("37"))) || // American Express
    (length >= 16 && (first === 6011 || (first >= 6440 && first <= 6599))) || // Discover
    (length === 14 && ((first >= 3000 && first <= 3059) || digits.startsWith("36") || digits.startsWith("38"))) ||
    (length >= 16 && ((first >= 3528 && first <= 3589) || digits.startsWith("62"))); // JCB, UnionPay
  return isIssued && hasLuhnCheck(digits);
}

const IBAN = /[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,4})?/y;
/** From the country's letters to the first stretch of digits: `MT84 MALT 0110`. */
const IBAN_LETTERS = 14;

function findIban(text: string, start: number, end: number, found: Finding[]): boolean {
  for (let at = start - 2; at >= Math.max(0, start - IBAN_LETTERS); at--) {
    if (!isUpper(text.charCodeAt(at)) || !isUpper(text.charCodeAt(at + 1)) || !isDigit(text.charCodeAt(at + 2)))
      continue;
    const before = text.charCodeAt(at - 1);
    if (isUpper(before) || isDigit(before)) continue;
    IBAN.lastIndex = at;
    const match = IBAN.exec(text)?.[0];
    const length = match === undefined ? undefined : validIbanLength(match);
    if (length === undefined || at + length < end - 4) continue;
    found.push({ start: at, end: at + length, rule: "iban" });
    return true;
  }
  return false;
}

/** The match may have run into the next word: the longest part whose check digits are right. */
function validIbanLength(match: string): number | undefined {
  for (let length = match.length; length >= 15; length--) {
    const compact = match.slice(0, length).replaceAll(" ", "");
    if (compact.length < 15) return undefined;
    if (match.charAt(length - 1) !== " " && remainder97(compact.slice(4) + compact.slice(0, 4)) === 1) return length;
  }
  return undefined;
}

function findPhone(text: string, start: number, end: number, found: Finding[]): void {
  if (end - start < 7) return;
  let from = start;
  if (text.charAt(from - 1) === "(") from--;
  if (text.charAt(from - 1) === " " && text.charAt(from - 2) === ")") return;
  if (text.charAt(from - 1) === "+") from--;
  if (isBesideWord(text, from, end)) return;
  if (isPhoneNumber(text.slice(from, end), text.slice(Math.max(0, from - 24), from))) {
    found.push({ start: from, end, rule: "phone" });
  }
}

/** Part of an identifier, such as a UUID, or of a longer number. */
function isBesideWord(text: string, start: number, end: number): boolean {
  const before = text.charCodeAt(start - 1);
  const after = text.charCodeAt(end);
  const isBefore = isLetter(before) || before === 45 || before === 95 || before === 46 || before === 35;
  const escaped = isLetter(before) && text.charCodeAt(start - 2) === 92;
  return (
    (isBefore && !escaped) || isLetter(after) || after === 95 || (after === 45 && isLetter(text.charCodeAt(end + 1)))
  );
}

function isUpper(code: number): boolean {
  return code >= 65 && code <= 90;
}
