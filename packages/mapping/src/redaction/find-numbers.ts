import { afterEscape, BACKSLASH, DOT, HASH, HYPHEN, isDigit, isLetter, SLASH, UNDERSCORE } from "./characters.ts";
import { findCards } from "./find-cards.ts";
import { findIban } from "./find-iban.ts";
import { findNationalIds } from "./find-national-ids.ts";
import type { Finding, RuleSet } from "./finding.ts";
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
    const before = found.length;
    if (findExact(text, start, end, rules, found)) judgeRest(text, start, end, rules, found, before);
    else if (rules.phone) findPhone(text, start, end, found);
    return;
  }
  // In parts that overlap by as much as the longest number is long.
  for (let at = start; at < end; at += LONGEST / 2) {
    judgeStretch(text, at, Math.min(at + LONGEST, end), rules, found);
    if (at + LONGEST >= end) break;
  }
}

/** What has check digits or a form of its own. */
function findExact(text: string, start: number, end: number, rules: RuleSet, found: Finding[]): boolean {
  if (rules.iban && findIban(text, start, end, found)) return true;
  if (rules.ip && findIpv4(text, start, end, found)) return true;
  if (rules.card && end - start >= 13 && !isBesideWord(text, start, end) && findCards(text, start, end, found)) {
    return true;
  }
  return rules.national_id && findNationalIds(text, start, end, found);
}

/** Numbers may stand one behind the other, as in a list: what lies before the first finding, and behind the last. */
function judgeRest(text: string, start: number, end: number, rules: RuleSet, found: Finding[], from: number): void {
  const mine = found.slice(from);
  const first = Math.min(...mine.map((finding) => finding.start));
  const last = Math.max(...mine.map((finding) => finding.end));
  judgePart(text, start, first, rules, found);
  judgePart(text, last, end, rules, found);
}

function judgePart(text: string, from: number, to: number, rules: RuleSet, found: Finding[]): void {
  let start = from;
  let end = to;
  while (start < end && !isDigit(text.charCodeAt(start))) start++;
  while (end > start && !isDigit(text.charCodeAt(end - 1))) end--;
  if (end - start >= 6) judgeStretch(text, start, end, rules, found);
}

/** `2026-11-21`, `2026/11/21`: timestamps are the most frequent stretches by far. */
function isDate(text: string, start: number): boolean {
  const sign = text.charCodeAt(start + 4);
  if (sign !== HYPHEN && sign !== SLASH) return false;
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
    if (isVersion(text, at) || isLetter(text.charCodeAt(at + match[0].length))) continue;
    found.push({ start: at, end: at + match[0].length, rule: "ip" });
    isFound = true;
  }
  return isFound;
}

/** `v1.2.3.4`, `version 1.2.3.4`, `Chrome/126.0.0.0`, `section 1.2.3.4`, `1.3.6.1.4` of an object identifier. */
function isVersion(text: string, at: number): boolean {
  const before = text.charCodeAt(at - 1);
  if (before === SLASH) return !text.startsWith("://", at - 3);
  if (isLetter(before)) return text.charCodeAt(at - 2) !== BACKSLASH; // but the `n` of `\n`
  return VERSION_BEFORE.test(text.slice(Math.max(0, at - 12), at));
}

const VERSION_BEFORE = /(?:version|release|build|oid|ver\.?|section|chapter|figure|clause|§)["':= ]{1,4}$/i;

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
  const isBefore = isLetter(before) || before === HYPHEN || before === UNDERSCORE || before === DOT || before === HASH;
  const escaped = isLetter(before) && text.charCodeAt(start - 2) === BACKSLASH;
  return (
    (isBefore && !escaped) ||
    isLetter(after) ||
    after === UNDERSCORE ||
    (after === HYPHEN && isLetter(text.charCodeAt(end + 1)))
  );
}
