import { findEmails } from "./find-email.ts";
import { findIpv6 } from "./find-ipv6.ts";
import { findInNumbers } from "./find-numbers.ts";
import { findPasswords } from "./find-passwords.ts";
import { findPrivateKeys } from "./find-private-keys.ts";
import { findInWords } from "./find-words.ts";
import type { Finding, RuleSet } from "./finding.ts";
import { notReplaced } from "./replacement.ts";

/** Every stretch that a rule finds, in order, none overlapping another. */
export function findSensitive(text: string, rules: RuleSet): readonly Finding[] {
  if (text.length < 6) return NOTHING;
  const found: Finding[] = [];
  if (rules.private_key) findPrivateKeys(text, found);
  if (rules.api_key || rules.bearer || rules.national_id) findInWords(text, rules, found);
  if (rules.api_key) findPasswords(text, found);
  if (rules.email || rules.api_key) findEmails(text, rules, found);
  if (rules.phone || rules.card || rules.iban || rules.ip || rules.national_id) findInNumbers(text, rules, found);
  if (rules.ip) findIpv6(text, found);
  return notReplaced(text, found.length < 2 ? found : inOrder(found));
}

const NOTHING: readonly Finding[] = [];

/** Of two that overlap, the one that begins first, and of two with the same beginning the longer one. */
export function inOrder(found: readonly Finding[]): readonly Finding[] {
  const kept: Finding[] = [];
  let end = 0;
  for (const finding of [...found].sort((a, b) => a.start - b.start || b.end - a.end)) {
    if (finding.start < end) {
      const last = kept.at(-1);
      // What sticks out of the first is hidden with it.
      if (last !== undefined && finding.end > end) kept[kept.length - 1] = { ...last, end: finding.end };
      end = Math.max(end, finding.end);
      continue;
    }
    kept.push(finding);
    end = finding.end;
  }
  return kept;
}

/** Puts a replacement in the place of each finding. */
export function replaceFindings(
  text: string,
  found: readonly Finding[],
  replacement: (finding: Finding, secret: string) => string,
): string {
  let result = "";
  let from = 0;
  for (const finding of found) {
    result += text.slice(from, finding.start) + replacement(finding, text.slice(finding.start, finding.end));
    from = finding.end;
  }
  return result + text.slice(from);
}
