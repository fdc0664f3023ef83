import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { describe, expect, it } from "vitest";
import { GenAISpan, type SpanReading } from "./genai-span.ts";
import { PRICE_LIST } from "./price-list.ts";
import { spanOf } from "./testing.ts";

const call = (attributes: Readonly<Record<string, unknown>>, reading?: SpanReading): GenAISpan =>
  new GenAISpan(
    spanOf({
      attributes: { "gen_ai.operation.name": "chat", "gen_ai.provider.name": "anthropic", ...attributes },
    }),
    reading,
  );
const claude = {
  "gen_ai.request.model": "claude-sonnet-4-5",
  "gen_ai.usage.input_tokens": 1100,
  "gen_ai.usage.output_tokens": 10,
};
const unpriced = { "gen_ai.provider.name": "cerebras", "gen_ai.request.model": "qwen-3-coder-480b" };
const embeddings = { "gen_ai.provider.name": "openai", "gen_ai.request.model": "text-embedding-3-small" };
const written = { ...claude, "gen_ai.usage.cache_write.input_tokens": 1000 };

describe("the cost of a call", () => {
  it("is the list's, with the day of the list and the time of the call", () => {
    const { price } = call(claude);
    expect(price?.usd).toBeCloseTo(1100 * 3e-6 + 10 * 15e-6, 12);
    expect(price).toMatchObject({
      source: "list",
      list: { version: PRICE_LIST.version, published: PRICE_LIST.published, at: "2026-11-20T10:15:30.010Z" },
    });
  });

  it("is noted with the list and its day; a hook's by that word; a producer's as the producer says", () => {
    expect(call(claude).priceNote).toEqual({
      "genspan.cost.source": `@pydantic/genai-prices ${PRICE_LIST.version}`,
      "genspan.cost.price_date": PRICE_LIST.published,
    });
    expect(call(claude, { price: () => 1 }).priceNote).toEqual({ "genspan.cost.source": "hook" });
    expect(call({ ...claude, "genspan.cost.usd": 0.5 }).priceNote).toEqual({});
    const said = { "genspan.cost.usd": 0.5, "genspan.cost.price_date": "2026-01-01" };
    expect(call({ ...claude, ...said }).priceNote).toEqual({ "genspan.cost.price_date": "2026-01-01" });
    expect(call({ ...claude, "gen_ai.request.model": "nobody-knows-it" }).priceNote).toEqual({});
    expect(call(claude, { price: () => null }).priceNote).toEqual({});
  });

  it("is that of the model where a framework stands in the place of the provider", () => {
    expect(call({ ...claude, "gen_ai.provider.name": "strands-agents" }).cost).toBe(call(claude).cost);
    expect(call({ ...claude, "gen_ai.provider.name": "nobody-knows-it" }).cost).toBeUndefined();
  });

  it("tells a cache of an hour from one of five minutes", () => {
    expect(call(written).cost).toBeCloseTo(100 * 3e-6 + 1000 * 3.75e-6 + 10 * 15e-6, 12);
    const hour = { ...written, "genspan.usage.cache_write_1h.input_tokens": 1000 };
    expect(call(hour).cost).toBeCloseTo(100 * 3e-6 + 1000 * 6e-6 + 10 * 15e-6, 12);
    expect(call(hour).usage).toMatchObject({ cacheWrite: 1000, cacheWrite1h: 1000 });
  });

  it("is what the producer stated, before anything else", () => {
    const { price } = call({ ...claude, "genspan.cost.usd": 0.5 }, { price: () => 1 });
    expect(price).toEqual({ usd: 0.5, source: "producer" });
  });

  it("is what the user's own prices say", () => {
    const own = call(claude, {
      price: ({ model, usage }) => (model?.startsWith("claude") ? (usage.input ?? 0) * 2 : null),
    });
    expect(own.price).toEqual({ usd: 2200, source: "hook" });
    expect(call(claude, { price: () => null }).cost).toBeUndefined();
    expect(call(claude, { price: () => undefined }).price?.source).toBe("list");
  });

  it.each([
    [
      "throws",
      () => {
        throw new Error("mine");
      },
    ],
    ["answers no number", () => Number.NaN],
  ])("is the list's where the user's function %s", (_name, price) => {
    expect(call(claude, { price }).price?.source).toBe("list");
  });

  it.each([
    ["a model that nobody has a price for", { ...claude, "gen_ai.request.model": "house-model" }],
    ["no counts", { "gen_ai.request.model": "claude-sonnet-4-5" }],
    ["no model", { "gen_ai.usage.input_tokens": 5 }],
    ["a model that the list knows without a price", { ...claude, ...unpriced }],
    ["tokens out of a model that has a price for those in alone", { ...claude, ...embeddings }],
    ["an answer whose question was not counted", { ...claude, "gen_ai.usage.input_tokens": undefined }],
    ["more cached tokens than input", { ...claude, "gen_ai.usage.cache_read.input_tokens": 5000 }],
  ])("is unknown, and not 0, with %s", (_name, attributes) => {
    const { cost, price } = call(attributes);
    expect([cost, price]).toEqual([undefined, undefined]);
  });

  it("is the input's alone where a model gives no tokens out", () => {
    const { cost } = call({ ...embeddings, "gen_ai.usage.input_tokens": 1000 });
    expect(cost).toBeCloseTo(1000 * 0.02e-6, 12);
  });

  it("comes from the version of the list that is installed", () => {
    const main = createRequire(import.meta.url).resolve("@pydantic/genai-prices");
    const file = new URL("../package.json", `file://${main}`);
    const installed = JSON.parse(readFileSync(file, "utf8")) as { version: string }; // a package's own manifest
    expect(installed.version).toBe(PRICE_LIST.version);
  });
});

describe("counts by modality", () => {
  it("are parts of the counts, each where it is known", () => {
    const { usage } = call({ ...claude, "gen_ai.usage.audio.input_tokens": 7, "gen_ai.usage.image.output_tokens": -1 });
    expect(usage).toEqual({ input: 1100, output: 10, total: 1110, audio: { input: 7 } });
  });
});
