import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { COUNTING, fromConventions, toConventions } from "./token-algebra.ts";

const count = fc.nat(1_000_000);
const counting = fc.constantFrom(...Object.values(COUNTING));

/** Counts that do not contradict each other: details are no larger than what they are a part of. */
const counts = fc
  .record({ uncached: count, said: count, cacheRead: count, cacheWrite: count, reasoning: count })
  .map(({ uncached, said, cacheRead, cacheWrite, reasoning }) => ({
    input: uncached + cacheRead + cacheWrite,
    output: said + reasoning,
    ...{ cacheRead, cacheWrite, reasoning },
  }));

describe("counts", () => {
  it("said in the way of a receiver and read again are the same", () => {
    fc.assert(
      fc.property(counts, counting, (given, convention) => {
        expect(toConventions(fromConventions(given, convention), convention)).toEqual(given);
      }),
    );
  });

  it("are never negative, however they contradict each other", () => {
    const any = fc.record({ input: count, output: count, cacheRead: count, cacheWrite: count, reasoning: count });
    fc.assert(
      fc.property(any, counting, (given, convention) => {
        for (const value of Object.values(fromConventions(given, convention))) expect(value).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  it("of Anthropic's API leave the cache beside the input", () => {
    const said = { input: 18, output: 100, cacheRead: 0, cacheWrite: 1031 };
    expect(toConventions(said, COUNTING.anthropic).input).toBe(1049);
    expect(toConventions({ output: 5, reasoning: 7 }, COUNTING["gcp.gemini"])).toEqual({ output: 12, reasoning: 7 });
    expect(toConventions({ cacheRead: 5 }, COUNTING.anthropic)).toEqual({ cacheRead: 5 });
  });
});
