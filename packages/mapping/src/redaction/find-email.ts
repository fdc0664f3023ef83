import { afterEscape, BACKSLASH, DOT, HYPHEN, isDigit, isLetter, PERCENT, QUOTE, UNDERSCORE } from "./characters.ts";
import { findUrlSecret } from "./find-url-secret.ts";
import type { Finding, RuleSet } from "./finding.ts";

/** Longest local part and domain: RFC 5321 §4.5.3.1. */
const LONGEST_LOCAL = 64;
const LONGEST_DOMAIN = 253;

/** Ends of file names that look like the ends of domains: `icon@2x.png`. */
const FILE_ENDINGS: ReadonlySet<string> = new Set([
  "png",
  "jpg",
  "jpeg",
  "gif",
  "svg",
  "webp",
  "js",
  "ts",
  "css",
  "json",
  "md",
  "py",
]);

/** Addresses, and what stands between `//` and `@` of a URL. */
export function findEmails(text: string, rules: RuleSet, found: Finding[]): void {
  for (let at = text.indexOf("@"); at >= 0; at = text.indexOf("@", at + 1)) {
    if (rules.api_key && findUrlSecret(text, at, found)) continue;
    if (!rules.email) continue;
    const end = findAddress(text, at, at + 1, found);
    if (end > at) at = end - 1;
  }
  if (!rules.email) return;
  // As a URL writes it.
  for (let at = text.indexOf("%40"); at >= 0; at = text.indexOf("%40", at + 3)) findAddress(text, at, at + 3, found);
}

/** @returns the end of the address whose local part ends at `at` and whose domain begins at `domain`, or -1. */
function findAddress(text: string, at: number, domain: number, found: Finding[]): number {
  const end = domainEnd(text, domain);
  if (end < 0) return -1;
  const start = startOfLocal(text, at, domain - at === 1);
  if (start === at) return -1;
  if (text.slice(start, at) === "git") return -1; // git@host:path
  found.push({ start, end, rule: "email" });
  return end;
}

/** @param isPlain whether `%` is a character of the address, and not the beginning of `%3D`. */
function startOfLocal(text: string, at: number, isPlain: boolean): number {
  if (text.charCodeAt(at - 1) === QUOTE) return startOfQuoted(text, at);
  let start = at;
  while (start > 0 && at - start < LONGEST_LOCAL && isLocal(text.charCodeAt(start - 1))) {
    if (!isPlain && text.charCodeAt(start - 1) === PERCENT) break;
    start--;
  }
  start = afterEscape(text, start);
  // A dot or hyphen at its beginning belongs to the text before.
  while (start < at && !isStartOfLocal(text.charCodeAt(start))) start++;
  return start;
}

/** `"john smith"@example.org`: from the quote that opens on, which no word stands before. */
function startOfQuoted(text: string, at: number): number {
  const open = text.lastIndexOf('"', at - 2);
  if (open < 0 || at - open > LONGEST_LOCAL || at - open < 3) return at;
  const isEscaped = text.charCodeAt(open - 1) === BACKSLASH;
  return /[\n@{}:,]/.test(text.slice(open + 1, at - 1)) ? at : isEscaped ? open - 1 : open;
}

/** @returns the end of a domain with a top level of letters, or -1. */
function domainEnd(text: string, from: number): number {
  let end = from;
  let lastDot = -1;
  const most = Math.min(text.length, from + LONGEST_DOMAIN);
  for (; end < most; end++) {
    const code = text.charCodeAt(end);
    if (code === DOT) {
      const next = text.charCodeAt(end + 1);
      if (end === from || !(isLetter(next) || isDigit(next) || next > 127)) break;
      lastDot = end;
    } else if (!isLetter(code) && !isDigit(code) && code !== HYPHEN && !(code > 127)) break;
  }
  if (lastDot < 0) return -1;
  const top = text.slice(lastDot + 1, end);
  if (!/^(?:\p{L}{2,24}|xn--[a-z0-9-]+)$/iu.test(top)) return -1;
  return FILE_ENDINGS.has(top.toLowerCase()) ? -1 : end;
}

/** RFC 5322 atom characters in use, and letters of other alphabets (RFC 6531). */
function isLocal(code: number): boolean {
  return isLetter(code) || isDigit(code) || code > 127 || LOCAL_SIGNS.has(code);
}

const LOCAL_SIGNS: ReadonlySet<number> = new Set([..."._%+-~!#$*^'"].map((sign) => sign.charCodeAt(0)));

function isStartOfLocal(code: number): boolean {
  return isLetter(code) || isDigit(code) || code > 127 || code === UNDERSCORE;
}
