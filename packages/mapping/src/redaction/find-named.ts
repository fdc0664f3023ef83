import { APOSTROPHE, afterEscape, BACKTICK, EQUALS, PLUS, QUOTE, SPACE, ZERO } from "./characters.ts";
import type { Finding, RuleSet } from "./finding.ts";
import { looksLikeCode, looksRandom, nameBefore, secretKind } from "./secret-names.ts";
import { tokenEnd, tokenStart } from "./token-text.ts";

/** What stands before a bearer token. */
const BEARER_BEFORE =
  /\b(?:bearer|basic|ssws|authorization["'\\]{0,4}\s?[:=]\s?["'\\]{0,4}(?:token|key)?)(?:\s{1,3}|%20|\+)$/i;

/** The first cookie stands behind the header's name; those behind it are told by the header further before. */
const COOKIE_BEFORE =
  /\bcookie["'`\\]{0,6}\s{0,2}[=:]\s{0,2}["'`\\]{0,6}(?:[^\s=;]{1,40}=[^\s;]{0,128};\s?){0,8}[\w.-]{1,40}=$/i;
const COOKIE_LOOK_BACK = 256;
const LOOK_BACK = 32;

/** A word without a shape of its own, told by what stands before it: `Bearer ...`, `"api_key": "..."`. */
export function findNamedToken(text: string, word: number, end: number, rules: RuleSet, found: Finding[]): void {
  let start = tokenStart(text, word);
  start = start === word ? start : afterEscape(text, start);
  const rule = ruleOf(text, start, end, rules);
  if (rule === undefined) return;
  const to = tokenEnd(text, end);
  if (!isQuote(text.charCodeAt(start - 1)) && looksLikeCode(text.slice(start, to), text.charAt(to))) return;
  found.push({ start, end: endOfQuoted(text, start, to), rule });
}

/** Longer tokens with further signs in them are hidden as far as they have none. */
const LONGEST_QUOTED = 4096;

/** In quotes, a token is all that stands there: some have colons or other signs in them. */
function endOfQuoted(text: string, start: number, end: number): number {
  if (!isQuote(text.charCodeAt(start - 1))) return end;
  const rest = text.slice(end, end + LONGEST_QUOTED);
  const length = rest.indexOf(text.charAt(start - 1));
  const more = rest.slice(0, Math.max(0, length)).replace(/\\+$/, "");
  return /[\s"'`\\{}<>,]/.test(more) ? end : end + more.length;
}

function isQuote(code: number): boolean {
  return code === QUOTE || code === APOSTROPHE || code === BACKTICK;
}

function ruleOf(text: string, start: number, end: number, rules: RuleSet): "bearer" | "api_key" | undefined {
  const before = text.charCodeAt(start - 1);
  if (rules.bearer && (before === SPACE || before === ZERO || before === PLUS)) {
    if (BEARER_BEFORE.test(text.slice(Math.max(0, start - LOOK_BACK), start))) return "bearer";
  }
  if (!rules.api_key) return undefined;
  const name = nameBefore(text, start);
  const kind = name === undefined ? undefined : secretKind(name);
  if (kind === "password") return /^[A-Za-z_.]*$/.test(text.slice(start, end)) ? undefined : "api_key";
  if (kind === "token") return looksRandom(text.slice(start, end)) ? "api_key" : undefined;
  if (before !== EQUALS) return undefined;
  return COOKIE_BEFORE.test(text.slice(Math.max(0, start - COOKIE_LOOK_BACK), start)) ? "api_key" : undefined;
}
