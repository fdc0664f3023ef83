import { COLON, DOT, isDigit, isLetter, UNDERSCORE } from "./characters.ts";
import type { Finding } from "./finding.ts";

/** With eight groups, or six and an IPv4 address. */
const LONGEST_ADDRESS = 45;

/**
 * IPv6 addresses: with `::` in them, or with eight groups. Loopback and unspecified are nobody's.
 * Every address has a colon with a hexadecimal digit before it and one, or another colon, behind it.
 */
export function findIpv6(text: string, found: Finding[]): void {
  for (let at = text.indexOf(":"); at >= 0; at = text.indexOf(":", at + 1)) {
    const next = text.charCodeAt(at + 1);
    if (next !== COLON && !isHex(next)) continue;
    if (next !== COLON && !isHex(text.charCodeAt(at - 1))) continue;
    let start = at;
    while (start > 0 && start > at - 5 && isHex(text.charCodeAt(start - 1))) start--;
    let end = at + 1;
    while (end < text.length && end - start <= LONGEST_ADDRESS && isAddressPart(text.charCodeAt(end))) end++;
    if (
      end - start <= LONGEST_ADDRESS &&
      !isPartOfName(text.charCodeAt(start - 1)) &&
      !isPartOfName(text.charCodeAt(end))
    ) {
      while (text.charAt(end - 1) === "." || (text.charAt(end - 1) === ":" && text.charAt(end - 2) !== ":")) end--;
      if (isIpv6(text.slice(start, end))) found.push({ start, end, rule: "ip" });
    }
    at = Math.max(at, end - 1);
  }
}

/** RFC 4291 §2.2. */
function isIpv6(address: string): boolean {
  const halves = address.split("::");
  if (halves.length > 2) return false;
  const groups = halves.flatMap((half) => (half === "" ? [] : half.split(":")));
  const last = groups.at(-1) ?? "";
  const embedded = /^\d{1,3}(?:\.\d{1,3}){3}$/.test(last) ? 1 : 0;
  if (!groups.slice(0, groups.length - embedded).every((group) => /^[0-9a-f]{1,4}$/i.test(group))) return false;
  const count = groups.length + embedded;
  // Eight pairs are an address of a device (EUI-64).
  if (halves.length === 1) return count === 8 && groups.some((group) => group.length !== 2);
  // `std::dec` and `a::b` are names of programs: an address has a digit, and at least two groups.
  return count >= 2 && count < 8 && /\d/.test(address);
}

function isHex(code: number): boolean {
  const lower = code | 32;
  return isDigit(code) || (lower >= 97 && lower <= 102);
}

function isAddressPart(code: number): boolean {
  return isHex(code) || code === COLON || code === DOT;
}

/** Beside a letter or `_` it is a name. */
function isPartOfName(code: number): boolean {
  return isLetter(code) || code === UNDERSCORE;
}
