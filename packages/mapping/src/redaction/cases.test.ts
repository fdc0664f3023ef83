import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { findAll, measureRules, type RuleMeasure, readCases } from "./testing.ts";

const read = (name: string) => readCases(readFileSync(new URL(`testdata/${name}`, import.meta.url), "utf8"));
const cases = [...read("cases.txt"), ...read("more-cases.txt")];

describe("the built-in rules on the repository's test set", () => {
  it("has at least six secrets of each rule but private keys, and three dozen texts without any", () => {
    const clean = cases.filter(({ secrets }) => secrets.length === 0);
    expect(clean.length).toBeGreaterThan(35);
    for (const { rule, expected } of measureRules(cases)) {
      expect(expected, rule).toBeGreaterThanOrEqual(rule === "private_key" ? 3 : 6);
    }
  });

  it.each(cases.map(({ text, secrets, line }) => [line, text, secrets] as const))(
    "line %i: hides exactly what is marked",
    (_line, text, secrets) => {
      expect(findAll(text)).toEqual(secrets);
    },
  );

  it("finds most secrets of texts that no rule was changed for, and takes next to nothing else for one", () => {
    const measures = measureRules(read("unseen.txt"));
    const sum = (of: (one: RuleMeasure) => number) => measures.reduce((total, one) => total + of(one), 0);
    expect(sum(({ expected }) => expected)).toBeGreaterThan(90);
    expect(sum(({ found }) => found) / sum(({ expected }) => expected)).toBeGreaterThan(0.9);
    expect(sum(({ wrong }) => wrong)).toBeLessThan(2);
  });
});
