import { calcPrice } from "@genspan/mapping/prices";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { priceByRates } from "./token-rates.ts";

const MODELS: readonly (readonly [model: string, providerId: string])[] = [
  ["gpt-4o", "openai"],
  ["gpt-4o-2024-08-06", "openai"],
  ["o3", "openai"],
  ["claude-sonnet-4-5", "anthropic"],
  ["claude-opus-4-6", "anthropic"],
  ["gemini-2.5-pro", "google"],
  ["gemini-2.5-flash", "google"],
  ["deepseek-chat", "deepseek"],
  ["mistral-medium-latest", "mistral"],
  ["sonar-pro", "perplexity"],
  ["text-embedding-3-small", "openai"],
  ["nobody-knows-it", "openai"],
];

const usage = fc
  .record({
    fresh: fc.nat(300_000),
    said: fc.nat(20_000),
    cacheRead: fc.nat(50_000),
    cacheWrite: fc.nat(9_000),
    reasoning: fc.nat(9_000),
  })
  .map(({ fresh, said, cacheRead, cacheWrite, reasoning }) => ({
    input: fresh + cacheRead + cacheWrite,
    output: said + reasoning,
    cacheRead,
    cacheWrite,
    reasoning,
  }));
const day = fc.date({ min: new Date("2024-01-01"), max: new Date("2027-01-01"), noInvalidDate: true });

describe("a price from memory", () => {
  it("is what the list calculates", () => {
    let remembered = 0;
    fc.assert(
      fc.property(fc.constantFrom(...MODELS), usage, day, ([model, providerId], counts, timestamp) => {
        const options = { providerId, timestamp };
        const ours = priceByRates(calcPrice, model, options, counts);
        if (ours === undefined) return;
        remembered++;
        const listed = calcPrice(
          {
            input_tokens: counts.input,
            output_tokens: counts.output,
            ...(counts.cacheRead > 0 && { cache_read_tokens: counts.cacheRead }),
            ...(counts.cacheWrite > 0 && { cache_write_tokens: counts.cacheWrite }),
            ...(counts.reasoning > 0 && { output_reasoning_tokens: counts.reasoning }),
          },
          model,
          options,
        );
        if (ours === null) expect(listed).toBeNull();
        else expect(ours).toBeCloseTo(listed?.total_price ?? Number.NaN, 12);
      }),
      { numRuns: 1000 },
    );
    expect(remembered).toBeGreaterThan(600);
  });

  it.each([
    ["more cached tokens than input", { input: 10, output: 1, cacheRead: 11 }],
    ["an hour's cache", { input: 10, output: 1, cacheWrite: 5, cacheWrite1h: 5 }],
    ["tokens of sounds", { input: 10, output: 1, audio: { input: 5 } }],
    ["more reasoning than output", { input: 10, output: 1, reasoning: 2 }],
  ])("is left to the list with %s", (_name, counts) => {
    expect(priceByRates(calcPrice, "gpt-4o", { providerId: "openai" }, counts)).toBeUndefined();
  });

  it("is left to the list where it depends on the time of the day, or on how much was sent", () => {
    expect(
      priceByRates(calcPrice, "deepseek-chat", { providerId: "deepseek" }, { input: 10, output: 1 }),
    ).toBeUndefined();
    const large = { input: 250_000, output: 1 };
    expect(priceByRates(calcPrice, "gemini-2.5-pro", { providerId: "google" }, large)).toBeUndefined();
  });
});
