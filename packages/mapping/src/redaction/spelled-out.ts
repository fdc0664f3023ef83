/** Letters, digits and signs as `\u0041`, whose backslash may be escaped in turn; quotes and backslashes stay, so that JSON text stays JSON. */
const SPELLED = /\\+u00(2[013-9a-f]|3[0-9a-f]|[46][0-9a-f]|5[0-9abdef]|7[0-9a-e])/gi;

/** Whether characters of a text may be written in a way that hides them from the rules. */
export function isSpelled(text: string): boolean {
  return text.includes("\\u");
}

/** The text with those characters as they are: for texts that are cut, or that are JSON only in a part. */
export function spelledOut(text: string): string {
  return text.replace(SPELLED, (_whole, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}
