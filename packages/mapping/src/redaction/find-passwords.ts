import { APOSTROPHE, BACKSLASH, BACKTICK, EQUALS, isDigit, isLetter, QUOTE, SPACE } from "./characters.ts";
import type { Finding } from "./finding.ts";
import { isNameOfSecret, looksLikeCode } from "./secret-names.ts";

/** Passwords have no shape: they are told by their name alone, and by what a value looks like. */
export function findPasswords(text: string, found: Finding[]): void {
  for (let at = text.indexOf(":"); at >= 0; at = text.indexOf(":", at + 1)) findValue(text, at, found);
  for (let at = text.indexOf("="); at >= 0; at = text.indexOf("=", at + 1)) findValue(text, at, found);
  for (let at = text.indexOf("-u "); at >= 0; at = text.indexOf("-u ", at + 3)) findUser(text, at, found);
}

const NAME =
  /(?:(?:passw(?:or)?d|passwort|passphrase|(?:db|user|smtp|mail|auth|admin|root)_?pass)(?:[_-]?(?:value|confirm(?:ation)?|hash|again|repeat|\d{1,2}))?|(?:^|[^A-Za-z])(?:pwd|pass))$/i;
/** It also is what a test does: then the value must look like a password. */
const BARE = /(?:^|[^A-Za-z])(?<!(?:db|user|smtp|mail|auth|admin|root)_)pass$/i;
const LONGEST_NAME = 32;
const MAX_LENGTH = 128;

/** @param sign where the `:` or `=` behind a name stands. */
function findValue(text: string, sign: number, found: Finding[]): void {
  const end = endOfName(text, sign);
  if (end < 0 || text.charCodeAt(sign + 1) === EQUALS || text.charCodeAt(sign - 1) === EQUALS) return; // ==
  if (!NAME.test(text.slice(Math.max(0, end - LONGEST_NAME), end))) return;
  const isQuoted = end < sign && text.charCodeAt(sign - 1) !== SPACE;
  const finding = quoted(text, sign + 1) ?? plain(text, sign, isQuoted);
  if (finding === undefined) return;
  const value = text.slice(finding.start, finding.end);
  if (isNameOfSecret(value)) return;
  const isBare = BARE.test(text.slice(Math.max(0, end - LONGEST_NAME), end));
  const isText = /["'`]/.test(text.charAt(finding.start - 1));
  if (isBare && !(isText && /[A-Za-z]/.test(value) && /[\d!@#%&*+-]/.test(value) && !/^0x/i.test(value))) return;
  found.push(finding);
}

/** Back over quotes, escaped or not, and a space; -1 where the name does not end as one of a password. */
function endOfName(text: string, sign: number): number {
  let end = sign;
  for (; end > sign - 8; end--) {
    const code = text.charCodeAt(end - 1);
    if (code !== QUOTE && code !== SPACE && code !== BACKSLASH && code !== APOSTROPHE && code !== BACKTICK) break;
  }
  const last = text.charCodeAt(end - 1);
  const before = text.charCodeAt(end - 2) | 32;
  switch (last | 32) {
    case 100: // password, passwd, pwd
      return before === 114 || before === 119 ? end : -1;
    case 115: // pass
      return before === 115 ? end : -1;
    case 116: // passwort, password_repeat
      return before === 114 || before === 97 ? end : -1;
    case 101: // passphrase, password_value
      return before === 115 || before === 117 ? end : -1;
    case 104: // password_hash
      return before === 115 ? end : -1;
    case 109: // password_confirm
      return before === 114 ? end : -1;
    case 110: // password_confirmation, password_again
      return before === 111 || before === 105 ? end : -1;
    default:
      return isDigit(last) && !isDigit(text.charCodeAt(end - 3)) && (isLetter(before) || before === 127) ? end : -1; // 127 of `_`
  }
}

/** An opening quote, which may be escaped; `=>` and `:=` are signs as well. */
const OPENING = /[=>]?\s{0,2}(\\{0,7}["'`])/y;

function quoted(text: string, from: number): Finding | undefined {
  OPENING.lastIndex = from;
  const quote = OPENING.exec(text)?.[1];
  if (quote === undefined) return undefined;
  const start = OPENING.lastIndex;
  const length = text.slice(start, start + MAX_LENGTH + quote.length).indexOf(quote);
  if (length < 4) return undefined;
  const value = text.slice(start, start + length);
  // Stars are no password any more, and what has a line end in it was never one.
  return /^[*•x]+$|\n|^[,:}\]]/.test(value) ? undefined : { start, end: start + length, rule: "api_key" };
}

const VALUE = new RegExp(`[=>]?\\s?([^\\s"'\`\\\\&;,<>()[\\]{}$|]{4,${MAX_LENGTH}})`, "y");

/**
 * Without quotes, only what has a digit or a sign in it: `password=required` says nothing. Behind a colon there is a
 * digit and a letter: `password: str`; or it is a number of JSON text. `PWD=/home` is a folder.
 */
function plain(text: string, sign: number, isQuoted: boolean): Finding | undefined {
  VALUE.lastIndex = sign + 1;
  const value = VALUE.exec(text)?.[1];
  if (value === undefined || /^[A-Za-z_.]*$|^\*+$|^\//.test(value)) return undefined;
  if (looksLikeCode(value, text.charAt(VALUE.lastIndex))) return undefined;
  const isNumber = /^\d+$/.test(value);
  if (isQuoted && !isNumber) return undefined;
  if (!isQuoted && value.length < 6) return undefined;
  if (!isQuoted && text.charAt(sign) === ":" && !(/\d/.test(value) && /[A-Za-z]/.test(value))) return undefined;
  const end = VALUE.lastIndex;
  return { start: end - value.length, end, rule: "api_key" };
}

/** `curl -u name:password`; two numbers are users of a system. */
const USER = /-u\s{1,3}["'\\]{0,3}[\w.@-]{1,64}:([^\s"'\\]{4,128})/y;

function findUser(text: string, at: number, found: Finding[]): void {
  USER.lastIndex = at;
  const value = USER.exec(text)?.[1];
  if (value === undefined || /^\d+$/.test(value)) return;
  found.push({ start: USER.lastIndex - value.length, end: USER.lastIndex, rule: "api_key" });
}
