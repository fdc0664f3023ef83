import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { findAll, measureRules, readCases } from "./testing.ts";

const cases = readCases(readFileSync(new URL("testdata/cases.txt", import.meta.url), "utf8"));

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
});
