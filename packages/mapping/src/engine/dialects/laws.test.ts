import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { spanWith } from "../readable-span.ts";
import { spanOf } from "../testing.ts";
import { anySpan, RUNS } from "./arbitraries.ts";
import { DIALECT_NAMES } from "./dialect.ts";
import { createNormaliser, normalise, normaliseAttributes } from "./normalise.ts";
import { DIALECTS } from "./registry.ts";

const options = fc.record({
  order: fc.shuffledSubarray([...DIALECT_NAMES]),
  prefer: fc.constantFrom("current" as const, "dialect" as const),
});

describe("normalising", () => {
  it("does nothing the second time", () => {
    fc.assert(
      fc.property(anySpan, options, (span, option) => {
        const normaliser = createNormaliser(option);
        const once = normaliser(span);
        const twice = normaliser(spanWith(span, { attributes: { ...once } }));
        expect(twice).toEqual(once);
      }),
      { numRuns: RUNS },
    );
  });

  it("leaves the span that it was given as it was", () => {
    fc.assert(
      fc.property(anySpan, (span) => {
        const before = structuredClone({ ...span.attributes });
        normaliseAttributes(span);
        expect({ ...span.attributes }).toEqual(before);
        expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
      }),
      { numRuns: RUNS },
    );
  });

  it("passes on attributes that no dialect knows, under whatever name", () => {
    const known = new RegExp(`^(gen_ai|${[...new Set(DIALECTS.flatMap(firstWords))].map(escaped).join("|")})`);
    fc.assert(
      fc.property(anySpan, (span) => {
        const normalised = normaliseAttributes(span);
        for (const name of Object.keys(span.attributes)) {
          if (!known.test(name))
            expect(Object.getOwnPropertyDescriptor(normalised, name)?.value).toBe(span.attributes[name]);
        }
      }),
      { numRuns: RUNS },
    );
  });

  it("answers the very same object for a span of our own", () => {
    const attributes = {
      "gen_ai.operation.name": "chat",
      "gen_ai.provider.name": "openai",
      "gen_ai.request.model": "gpt-4o",
      "gen_ai.response.finish_reasons": ["stop"],
      "gen_ai.input.messages": '[{"role":"user","parts":[{"type":"text","content":"hi"}]}]',
      "gen_ai.prompt.name": "greeting",
      "gen_ai.request.top_k": 3,
      "gen_ai.usage.cache_write.input_tokens": 3,
      "app.custom": { nested: true },
    };
    const span = spanOf({ attributes });
    expect(normaliseAttributes(span)).toBe(attributes);
    expect(normalise(span)).toBe(span);
  });
});

function firstWords({ rows, flattened = [], prefixes = [], markers }: (typeof DIALECTS)[number]): readonly string[] {
  const names = [
    ...rows.flatMap(({ from, to = [] }) => [from, ...(typeof to === "string" ? [to] : to)]),
    ...flattened.map(({ prefix }) => prefix),
    ...prefixes.map(({ prefix }) => prefix),
  ];
  return [...names, ...markers].map((name) => name.split(".")[0] ?? name);
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
