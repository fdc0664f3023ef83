import { findSensitive } from "./find-sensitive.ts";
import { RULE_NAMES, type RuleName, type RuleSet } from "./finding.ts";

/** One text of the test set and the secrets in it, in order, as `rule:secret`. */
export interface RedactionCase {
  readonly line: number;
  readonly text: string;
  readonly secrets: readonly string[];
}

export const ALL_RULES: RuleSet = Object.fromEntries(RULE_NAMES.map((name) => [name, true])) as RuleSet;

/** Reads `testdata/cases.txt`; its first lines say how it is written. */
export function readCases(file: string): readonly RedactionCase[] {
  return file.split("\n").flatMap((raw, index) => {
    if (raw.trim() === "" || raw.startsWith("#")) return [];
    const marked = raw.replaceAll("‖", "");
    const secrets = [...marked.matchAll(/«([^»]*)»/g)].map((match) => match[1] ?? "");
    return [{ line: index + 1, text: marked.replace(/«\w+:([^»]*)»/g, "$1"), secrets }];
  });
}

/** What the rules find in a text, as `rule:secret`. */
export function findAll(text: string): readonly string[] {
  return findSensitive(text, ALL_RULES).map(({ rule, start, end }) => `${rule}:${text.slice(start, end)}`);
}

export interface RuleMeasure {
  readonly rule: RuleName;
  /** Secrets of this rule in the test set. */
  readonly expected: number;
  readonly found: number;
  /** Findings of this rule that are none. */
  readonly wrong: number;
  readonly precision: number;
  readonly recall: number;
}

/** Precision and recall of every rule; a secret counts as found only from its first to its last character. */
export function measureRules(cases: readonly RedactionCase[]): readonly RuleMeasure[] {
  return RULE_NAMES.map((rule) => {
    const mine = (one: string) => one.startsWith(`${rule}:`);
    let expected = 0;
    let found = 0;
    let wrong = 0;
    for (const { text, secrets } of cases) {
      const wanted = secrets.filter(mine);
      const got = findAll(text).filter(mine);
      const hits = got.filter((one) => wanted.includes(one)).length;
      expected += wanted.length;
      found += hits;
      wrong += got.length - hits;
    }
    return { rule, expected, found, wrong, precision: found / Math.max(1, found + wrong), recall: found / expected };
  });
}
