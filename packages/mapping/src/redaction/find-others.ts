import { COLON, DOT, isDigit, UNDERSCORE } from "./characters.ts";
import type { Finding } from "./finding.ts";

const BEGIN = "BEGIN ";
/** PEM, OpenPGP and, with four dashes and spaces, SSH2 (RFC 4716 §3.2). */
const PRIVATE_KEY = /---- ?BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)? ?----/y;
/** What a key consists of, with line ends as such or as the escapes of JSON text. */
const KEY_BODY = /[A-Za-z0-9+/=\s\\:,.-]+/y;

/** PEM and OpenPGP private keys (RFC 7468); one without an end is hidden as far as it goes. */
export function findPrivateKeys(text: string, found: Finding[]): void {
  let close = 0;
  for (let begin = text.indexOf(BEGIN); begin >= 0; begin = text.indexOf(BEGIN, begin + BEGIN.length)) {
    const at = startOfDashes(text, begin);
    PRIVATE_KEY.lastIndex = at;
    if (!PRIVATE_KEY.test(text)) continue;
    const start = text.charAt(at - 1) === "-" ? at - 1 : at;
    const body = PRIVATE_KEY.lastIndex;
    // Once there is none, there is none for the keys that follow: looking again would cost the square.
    if (close >= 0) close = endOfKey(text, body);
    let end = close;
    if (end < 0) {
      KEY_BODY.lastIndex = body;
      end = KEY_BODY.test(text) ? KEY_BODY.lastIndex : body;
      while (end > body && text.charAt(end - 1) === "\\") end--;
    }
    found.push({ start, end, rule: "private_key" });
    begin = end - BEGIN.length;
  }
  for (let at = text.indexOf(PUTTY); at >= 0; at = text.indexOf(PUTTY, at + PUTTY.length))
    findPuttyKey(text, at, found);
}

function startOfDashes(text: string, begin: number): number {
  return begin - (text.charAt(begin - 1) === " " ? 5 : 4);
}

function endOfKey(text: string, body: number): number {
  END.lastIndex = body;
  return END.test(text) ? END.lastIndex : -1;
}

/** A line of its own: the search cannot begin at more than one place of it. */
const END = /---- ?END [A-Z0-9 ]{0,60}-{4,5}/g;

/** PuTTY's own format: https://the.earth.li/~sgtatham/putty/0.83/htmldoc/AppendixC.html. */
const PUTTY = "-Lines: ";
const PUTTY_BODY =
  /-Lines: \d{1,4}(?:\\+r|\\+n|\s){1,4}([A-Za-z0-9+/=]+(?:(?:\\+r|\\+n|\s){1,4}[A-Za-z0-9+/]{60,}[A-Za-z0-9+/=]*)*)/y;

function findPuttyKey(text: string, at: number, found: Finding[]): void {
  if (!text.startsWith("Private", at - 7)) return;
  PUTTY_BODY.lastIndex = at;
  const body = PUTTY_BODY.exec(text)?.[1];
  if (body === undefined) return;
  found.push({ start: PUTTY_BODY.lastIndex - body.length, end: PUTTY_BODY.lastIndex, rule: "private_key" });
}

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
    if (end - start <= LONGEST_ADDRESS && !isOther(text.charCodeAt(start - 1)) && !isOther(text.charCodeAt(end))) {
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

/** A letter or `_`: then it is a name. */
function isOther(code: number): boolean {
  const lower = code | 32;
  return (lower >= 97 && lower <= 122) || code === UNDERSCORE;
}
