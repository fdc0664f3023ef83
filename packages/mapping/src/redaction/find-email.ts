import { afterEscape, type Finding, isDigit, isLetter } from "./finding.ts";

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
export function findEmails(text: string, found: Finding[]): void {
  for (let at = text.indexOf("@"); at >= 0; at = text.indexOf("@", at + 1)) {
    const end = domainEnd(text, at + 1);
    if (end < 0) continue;
    let start = at;
    while (start > 0 && at - start < LONGEST_LOCAL && isLocal(text.charCodeAt(start - 1))) start--;
    start = afterEscape(text, start);
    // A dot or hyphen at its beginning belongs to the text before.
    while (start < at && !isStartOfLocal(text.charCodeAt(start))) start++;
    if (start === at) continue;
    if (text.slice(start, at) === "git" && text.charAt(end) === ":") continue; // git@host:path
    found.push({ start, end, rule: "email" });
    at = end - 1;
  }
}

/** @returns the end of a domain with a top level of letters, or -1. */
function domainEnd(text: string, from: number): number {
  let end = from;
  let lastDot = -1;
  const most = Math.min(text.length, from + LONGEST_DOMAIN);
  for (; end < most; end++) {
    const code = text.charCodeAt(end);
    if (code === 46) {
      const next = text.charCodeAt(end + 1);
      if (end === from || !(isLetter(next) || isDigit(next) || next > 127)) break;
      lastDot = end;
    } else if (!isLetter(code) && !isDigit(code) && code !== 45 && !(code > 127)) break;
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
  return isLetter(code) || isDigit(code) || code > 127 || code === 95;
}
