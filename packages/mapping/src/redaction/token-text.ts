import { BACKSLASH, DOT, EQUALS, isWord, PERCENT, PLUS, SLASH, TILDE } from "./characters.ts";

/** `. / + ~` or a word's character: what tokens consist of, in base64 or with dots between their parts. */
export function isTokenPart(code: number): boolean {
  return isWord(code) || code === DOT || code === SLASH || code === PLUS || code === TILDE;
}

/** `+`, `/`, `=` and `:` as URLs and JSON texts write them. */
const WRITTEN = /%2[BbFf]|%3[AaDd]|\\\/|\\+u00(?:2[BbFf]|3[Dd])/y;

/** Base64 text and dotted tokens go on behind a word. @returns where the token that the word belongs to ends. */
export function tokenEnd(text: string, from: number): number {
  let end = from;
  for (;;) {
    const code = text.charCodeAt(end);
    if (isTokenPart(code) || code === EQUALS) end++;
    else if (code === PERCENT || code === BACKSLASH) {
      WRITTEN.lastIndex = end;
      if (!WRITTEN.test(text)) break;
      end = WRITTEN.lastIndex;
    } else break;
  }
  // A full stop ends the sentence, not the token.
  while (end > from && text.charCodeAt(end - 1) === DOT) end--;
  return end;
}

/** How far in front of a long word its token may begin. */
const MAX_BEFORE = 128;

/** @returns where the token begins that goes on with the word at `from`: before `%2B` or `\/` in it. */
export function tokenStart(text: string, from: number): number {
  let start = from;
  while (start > from - MAX_BEFORE) {
    const before = writtenBefore(text, start);
    if (before < start) start = before;
    else if (isTokenPart(text.charCodeAt(start - 1))) start--;
    else break;
  }
  return start;
}

function writtenBefore(text: string, start: number): number {
  for (const length of [3, 2, 6]) {
    const code = text.charCodeAt(start - length);
    if (code !== PERCENT && code !== BACKSLASH) continue;
    WRITTEN.lastIndex = start - length;
    if (WRITTEN.test(text) && WRITTEN.lastIndex === start) return start - length;
  }
  return start;
}
