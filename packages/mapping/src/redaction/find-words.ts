import {
  BEARER_NAME,
  BOT_BEFORE,
  BOT_TOKEN_LENGTH,
  COOKIE_NAME,
  JSON_WEB_TOKEN,
  KEY_IN_WORD,
  PREFIX_BEFORE_DOT,
  SECRET_NAME,
  WEBHOOK_BEFORE,
} from "./api-keys.ts";
import { hasCodiceFiscaleCheck } from "./checksums.ts";
import { afterEscape, type Finding, isWord, type RuleSet } from "./finding.ts";

/** No key is shorter. */
const SHORTEST = 16;
/** As far as a name before a secret is looked for. */
const LOOK_BACK = 48;

/** 1 for the characters of words (letters, digits, `_`, `-`). */
const word: Uint8Array = Uint8Array.from({ length: 128 }, (_, code) => (isWord(code) ? 1 : 0));

/**
 * Keys, tokens and ids are long words, and prose has few of those: every word of 16 characters or more lies on one of
 * the characters 15, 31, 47 ..., so that only these, and the words that they lie in, are looked at.
 */
export function findInWords(text: string, rules: RuleSet, found: Finding[]): void {
  const { length } = text;
  for (let at = SHORTEST - 1; at < length; ) {
    if (word[text.charCodeAt(at)] !== 1) {
      at += SHORTEST;
      continue;
    }
    let start = at;
    while (start > 0 && word[text.charCodeAt(start - 1)] === 1) start--;
    let end = at + 1;
    while (end < length && word[text.charCodeAt(end)] === 1) end++;
    if (end - start >= SHORTEST) judgeWord(text, start, end, rules, found);
    // `end` is no word's character: the next word of interest reaches at least to end + 16.
    at = end + SHORTEST;
  }
}

function judgeWord(text: string, wordStart: number, wordEnd: number, rules: RuleSet, found: Finding[]): void {
  const start = afterEscape(text, wordStart);
  if (rules.api_key || rules.bearer) {
    if (findToken(text, start, wordEnd, rules, found)) return;
  }
  if (rules.national_id && wordEnd - start === 16) {
    const id = text.slice(start, wordEnd);
    if (/^[A-Z]{6}\d\d[ABCDEHLMPRST]\d\d[A-Z]\d{3}[A-Z]$/.test(id) && hasCodiceFiscaleCheck(id)) {
      found.push({ start, end: wordEnd, rule: "national_id" });
    }
  }
}

function findToken(text: string, start: number, end: number, rules: RuleSet, found: Finding[]): boolean {
  const own = text.slice(start, end);
  if (own.startsWith("eyJ")) {
    JSON_WEB_TOKEN.lastIndex = start;
    if (JSON_WEB_TOKEN.test(text)) {
      found.push({ start, end: JSON_WEB_TOKEN.lastIndex, rule: rules.bearer ? "bearer" : "api_key" });
      return true;
    }
  }
  if (rules.api_key) {
    KEY_IN_WORD.lastIndex = 0;
    const match = KEY_IN_WORD.exec(own);
    if (match !== null) {
      found.push({ start: start + match.index, end: tokenEnd(text, start + KEY_IN_WORD.lastIndex), rule: "api_key" });
      return true;
    }
    const place = placeByWhatIsBefore(text, start, end);
    if (place !== undefined) {
      found.push({ ...place, rule: "api_key" });
      return true;
    }
  }
  return findNamedToken(text, start, end, rules, found);
}

/** Where a secret lies whose first part, or whose kind, stands before the word; undefined where there is none. */
function placeByWhatIsBefore(text: string, start: number, end: number): Omit<Finding, "rule"> | undefined {
  const before = (length: number): string => text.slice(Math.max(0, start - length), start);
  switch (text.charAt(start - 1)) {
    case ".": {
      const prefix = PREFIX_BEFORE_DOT.exec(before(6))?.[1];
      return prefix === undefined ? undefined : { start: start - prefix.length - 1, end: tokenEnd(text, end) };
    }
    case "/":
      return WEBHOOK_BEFORE.test(before(LOOK_BACK * 2)) ? { start, end } : undefined;
    case ":": {
      const bot = end - start === BOT_TOKEN_LENGTH ? BOT_BEFORE.exec(before(16))?.[1] : undefined;
      return bot === undefined ? undefined : { start: start - bot.length, end };
    }
    default:
      return undefined;
  }
}

/** A word without a shape of its own, told by what stands before it: `Bearer ...`, `"api_key": "..."`. */
function findNamedToken(text: string, wordStart: number, end: number, rules: RuleSet, found: Finding[]): boolean {
  let start = wordStart;
  while (start > wordStart - 128 && isTokenPart(text.charCodeAt(start - 1))) start--;
  start = start === wordStart ? start : afterEscape(text, start);
  const before = text.slice(Math.max(0, start - LOOK_BACK), start);
  const rule =
    rules.bearer && BEARER_NAME.test(before)
      ? "bearer"
      : rules.api_key && (SECRET_NAME.test(before) || COOKIE_NAME.test(before))
        ? "api_key"
        : undefined;
  if (rule === undefined) return false;
  found.push({ start, end: tokenEnd(text, end), rule });
  return true;
}

/** Base64 text and dotted tokens go on behind the word. */
function tokenEnd(text: string, from: number): number {
  let end = from;
  while (end < text.length && (isTokenPart(text.charCodeAt(end)) || text.charCodeAt(end) === 61)) end++;
  // A full stop ends the sentence, not the token.
  while (end > from && text.charCodeAt(end - 1) === 46) end--;
  return end;
}

/** `. / + ~` or a word's character. */
function isTokenPart(code: number): boolean {
  return word[code] === 1 || code === 46 || code === 47 || code === 43 || code === 126;
}
