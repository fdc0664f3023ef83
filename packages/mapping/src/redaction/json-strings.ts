import { BACKSLASH, OPENING_BRACE, OPENING_BRACKET, QUOTE } from "./characters.ts";
import type { Finding } from "./finding.ts";

/** Deeper nesting than any message has: text in text in text. */
export const DEEPEST = 64;

/** Whether a text may be a JSON object or array. */
export function looksLikeJson(text: string): boolean {
  let first = text.charCodeAt(0);
  if (first <= 32) first = text.trimStart().charCodeAt(0);
  return first === OPENING_BRACE || first === OPENING_BRACKET;
}

/**
 * A finding outside of the strings of JSON text is a number: the replacement is then quoted, so that the text stays JSON.
 * @returns for each finding whether it stands in a string.
 */
export function inStrings(text: string, found: readonly Finding[]): readonly boolean[] {
  const result: boolean[] = [];
  let isInString = false;
  let at = 0;
  for (const { start } of found) {
    for (; at < start; at++) {
      const code = text.charCodeAt(at);
      if (code === BACKSLASH && isInString) at++;
      else if (code === QUOTE) isInString = !isInString;
    }
    result.push(isInString);
  }
  return result;
}
