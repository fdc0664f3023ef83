import type { Finding } from "./finding.ts";

/** What stands in the place of something hidden already: the span is looked through, and then the record made of it. */
const REPLACEMENT = "\\[(?:REDACTED:\\w{1,64}|WITHHELD: redaction failed|\\w{1,64}:[0-9a-f]{16})\\]";
const WHOLE = new RegExp(`^${REPLACEMENT}$`);
const EVERY = new RegExp(REPLACEMENT, "g");

export function isReplacement(value: string): boolean {
  return WHOLE.test(value);
}

/** Without what lies within a replacement: a hash may look like a key. */
export function notReplaced(text: string, found: readonly Finding[]): readonly Finding[] {
  if (found.length === 0 || !text.includes("[")) return found;
  const replacements = [...text.matchAll(EVERY)].map(({ index, 0: all }) => ({
    start: index,
    end: index + all.length,
  }));
  if (replacements.length === 0) return found;
  let next = 0;
  return found.filter(({ start, end }) => {
    while ((replacements[next]?.end ?? Number.POSITIVE_INFINITY) <= start) next++;
    const at = replacements[next];
    return at === undefined || start < at.start || end > at.end;
  });
}
