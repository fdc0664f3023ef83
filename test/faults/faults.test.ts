import { describe, expect, it } from "vitest";
import { NOT_PROMISED, PROMISED } from "./promises.ts";
import { faultCases } from "./registry.ts";
import { runCase } from "./run-case.ts";

/** The 48 fault cases with short windows; `npx -y pnpm@12 faults` prints what became of every span. */

const numbers = faultCases.map(({ number }) => number);

it("has every one of the 48 cases, once", () => {
  expect(numbers).toEqual(Array.from({ length: 48 }, (_, index) => index + 1));
});

it("has every case prove something that is promised, or show what is not", () => {
  const proved = [...PROMISED, ...NOT_PROMISED].flatMap(({ provedBy }) =>
    typeof provedBy === "string" ? [] : provedBy,
  );
  expect([...new Set(proved)].sort((one, other) => one - other)).toEqual(numbers);
});

describe.concurrent("every span is delivered, queued, dead-lettered or counted as dropped", () => {
  it.each(faultCases.filter(({ isLong }) => !isLong).map((one) => [one.number, one.name, one.expected, one] as const))(
    "%i %s: %s",
    async (_number, _name, _expected, one) => {
      const { violations } = await runCase(one, { engine: "genspan", long: false, kills: 4 });
      expect(violations).toEqual([]);
    },
    180_000,
  );
});
