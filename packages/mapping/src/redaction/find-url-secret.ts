import { COLON } from "./characters.ts";
import type { Finding } from "./finding.ts";
import { isNameOfSecret } from "./secret-names.ts";

/** Longer user information is no longer looked at. */
const MAX_LENGTH = 256;
/** What cannot stand between `//` and `@` of a URL (RFC 3986 §3.2.1), and the signs of templates. */
const OUTSIDE: ReadonlySet<number> = new Set([..." \t\r\n\"'`<>/\\@?#{}$"].map((sign) => sign.charCodeAt(0)));

/**
 * `postgres://user:password@host`: the password; `https://token@host`: a token. Of a proxy, a database or a broker, whose
 * host need not have a dot in its name. @returns whether there is a secret, or a user who is nobody's address.
 */
export function findUrlSecret(text: string, at: number, found: Finding[]): boolean {
  const least = Math.max(0, at - MAX_LENGTH);
  let start = at;
  let colon = -1;
  for (; start > least; start--) {
    const code = text.charCodeAt(start - 1);
    if (OUTSIDE.has(code)) break;
    if (code === COLON) colon = start - 1;
  }
  // JSON of some languages writes `:\/\/`.
  if (!text.startsWith("//", start - 2) && !text.startsWith("/\\/", start - 3)) return false;
  if (colon >= 0) {
    const password = text.slice(colon + 1, at);
    if (/^(?:\*|%2A|x)*$/i.test(password) || isNameOfSecret(password)) return true;
    found.push({ start: colon + 1, end: at, rule: "api_key" });
    return true;
  }
  const user = text.slice(start, at);
  if (user.length < 16 || !/\d/.test(user)) return false;
  found.push({ start, end: at, rule: "api_key" });
  return true;
}
