import { Buffer } from "node:buffer";
import { BOT_BEFORE, BOT_TOKEN, DISCORD_TOKEN, JSON_WEB_TOKEN, KEY_SHAPES, MARKED_KEYS, WEBHOOKS } from "./api-keys.ts";
import { afterEscape, COLON, isDigit, isLetter, isUpper, isWord } from "./characters.ts";
import { hasCodiceFiscaleCheck } from "./checksums.ts";
import { findNamedToken } from "./find-named.ts";
import type { Finding, RuleSet } from "./finding.ts";
import { isTokenPart, tokenEnd } from "./token-text.ts";

/** No key is shorter. */
const SHORTEST = 16;

/** No key with its mark in the middle is shorter. */
const SHORTEST_MARKED = 36;

/** 1 for the characters of tokens, by their bytes. */
const token: Uint8Array = Uint8Array.from({ length: 256 }, (_, code) => (isTokenPart(code) ? 1 : 0));

const MAX_SHARED = 1 << 16;
const shared: Buffer = Buffer.allocUnsafeSlow(MAX_SHARED);

/**
 * Keys, tokens and ids are long words, and prose has few of those: only every 16th character, or the 16th behind the end
 * of a word, and the words that they lie in, are looked at. It is a copy of the text in bytes that is looked at first, which
 * is several times faster; of other alphabets a byte is just a part, so that what looks long is read again as characters.
 */
export function findInWords(text: string, rules: RuleSet, found: Finding[]): void {
  const { length } = text;
  if (length < SHORTEST) return;
  const bytes = length <= MAX_SHARED ? shared : Buffer.allocUnsafe(length);
  bytes.write(text, 0, length, "latin1");
  for (let at = SHORTEST - 1; at < length; ) {
    let start = at + 1;
    while (start > at + 1 - SHORTEST && token[bytes[start - 1] ?? 0] === 1) start--;
    // Where the word begins too late, it can only reach 16 characters further on; without a word `start` is behind `at`.
    at = start > at + 1 - SHORTEST ? start + SHORTEST - 1 : judgeAt(text, at, rules, found) + SHORTEST;
  }
}

/** Looks at the word that the character at `at` lies in. @returns where it ends, or what was found there. */
function judgeAt(text: string, at: number, rules: RuleSet, found: Finding[]): number {
  let end = at;
  while (isTokenPart(text.charCodeAt(end))) end++;
  if (end === at) return at;
  let start = at;
  while (isTokenPart(text.charCodeAt(start - 1))) start--;
  if (end - start < SHORTEST) return end;
  const before = found.length;
  judgeWord(text, afterEscape(text, start), end, rules, found);
  // A token may go on behind the word: looking at its other words would find its end again and again.
  return found.length > before ? Math.max(end, found.at(-1)?.end ?? end) : end;
}

function judgeWord(text: string, start: number, end: number, rules: RuleSet, found: Finding[]): void {
  const before = found.length;
  if (rules.api_key && end - start >= SHORTEST_MARKED) findMarkedKeys(text, start, end, found);
  for (let at = start; at <= end - 8; at++) {
    if (at > start && isAlphanumeric(text.charCodeAt(at - 1))) continue;
    const to = judgeBeginning(text, at, at === start, rules, found);
    if (to > at) at = to;
  }
  if (found.length === before && (rules.api_key || rules.bearer)) findNamedToken(text, start, end, rules, found);
}

const shapesByFirst: readonly (RegExp | undefined)[] = patternsByFirst();

function patternsByFirst(): readonly (RegExp | undefined)[] {
  const sources: string[][] = [];
  for (const { beginnings, rest } of KEY_SHAPES) {
    for (const beginning of beginnings) {
      const source = beginning.replace(/[.|/]/g, "\\$&") + rest;
      const first = beginning.charCodeAt(0);
      sources[first] = [...(sources[first] ?? []), source];
    }
  }
  return Array.from({ length: 128 }, (_, code) => {
    const mine = sources[code];
    return mine === undefined ? undefined : new RegExp(mine.join("|"), "y");
  });
}

/** What begins at `at`, behind a sign or at the beginning of a word. @returns where it ends; `at` where there is nothing. */
function judgeBeginning(text: string, at: number, isFirst: boolean, rules: RuleSet, found: Finding[]): number {
  const code = text.charCodeAt(at);
  const find = (start: number, from: number, rule: string): number => {
    const end = tokenEnd(text, from);
    found.push({ start, end, rule });
    return end;
  };
  if (rules.api_key) {
    const shape = shapesByFirst[code];
    if (shape !== undefined && matches(shape, text, at)) return find(at, shape.lastIndex, "api_key");
    const webhook = WEBHOOKS[text.charAt(at)];
    if (webhook !== undefined && matches(webhook, text, at))
      return find(webhook.lastIndex, webhook.lastIndex, "api_key");
    if (code >= 77 /* M */ && code <= 79 /* O */ && matches(DISCORD_TOKEN, text, at))
      return find(at, DISCORD_TOKEN.lastIndex, "api_key");
    if (isFirst && text.charCodeAt(at - 1) === COLON && matches(BOT_TOKEN, text, at)) {
      const bot = BOT_BEFORE.exec(text.slice(Math.max(0, at - 16), at))?.[1];
      if (bot !== undefined) {
        found.push({ start: at - bot.length, end: BOT_TOKEN.lastIndex, rule: "api_key" });
        return BOT_TOKEN.lastIndex;
      }
    }
  }
  // A part of a web token ends where its next beginning may be: so no part is read twice.
  if (code === 101 /* e */ && (rules.bearer || rules.api_key) && (isFirst || !isWord(text.charCodeAt(at - 1)))) {
    if (matches(JSON_WEB_TOKEN, text, at))
      return find(at, JSON_WEB_TOKEN.lastIndex, rules.bearer ? "bearer" : "api_key");
  }
  if (rules.national_id && isUpper(code) && matches(CODICE_FISCALE, text, at)) {
    if (!hasCodiceFiscaleCheck(text.slice(at, at + 16))) return at;
    found.push({ start: at, end: at + 16, rule: "national_id" });
    return at + 16;
  }
  return at;
}

/** Italy's codice fiscale. */
const CODICE_FISCALE = /[A-Z]{6}\d\d[ABCDEHLMPRST]\d\d[A-Z]\d{3}[A-Z](?![\w-])/y;

function matches(pattern: RegExp, text: string, at: number): boolean {
  pattern.lastIndex = at;
  return pattern.test(text);
}

function findMarkedKeys(text: string, start: number, end: number, found: Finding[]): void {
  const word = text.slice(start, end);
  for (const [, mark, offset, whole] of MARKED_KEYS) {
    for (let at = word.indexOf(mark); at >= 0; at = word.indexOf(mark, at + 1)) {
      if (at < offset || !matches(whole, word, at - offset)) continue;
      const to = tokenEnd(text, start + whole.lastIndex);
      found.push({ start: start + at - offset, end: to, rule: "api_key" });
      at = to - start;
    }
  }
}

function isAlphanumeric(code: number): boolean {
  return isLetter(code) || isDigit(code);
}
