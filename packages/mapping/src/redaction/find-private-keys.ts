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
