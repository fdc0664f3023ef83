import { describe, expect, it } from "vitest";
import { GenAISpan } from "./genai-span.ts";
import { spanOf } from "./testing.ts";

const span = (attributes: Record<string, unknown>) => new GenAISpan(spanOf({ attributes }));

describe("GenAISpan", () => {
  it("reads attributes of earlier conventions under their current names", () => {
    const old = span({
      "gen_ai.system": "vertex_ai",
      "gen_ai.usage.prompt_tokens": 10,
      "gen_ai.usage.completion_tokens": 4,
      "gen_ai.usage.cache_creation.input_tokens": 3,
      "gen_ai.openai.request.response_format": "json_schema",
    });
    expect(old.attributes["gen_ai.provider.name"]).toBe("gcp.vertex_ai");
    expect(old.attributes["gen_ai.output.type"]).toBe("json");
    expect(old.usage).toEqual({ input: 10, output: 4, total: 14, cacheWrite: 3 });
    expect(old.attributes).not.toHaveProperty("gen_ai.system");
  });

  it("lets the current name win where a span carries both", () => {
    expect(span({ "gen_ai.usage.input_tokens": 5, "gen_ai.usage.prompt_tokens": 9 }).usage.input).toBe(5);
  });

  it("leaves a span in the current form as the same object", () => {
    const attributes = { "gen_ai.provider.name": "openai", other: 1 };
    expect(span(attributes).attributes).toBe(attributes);
  });

  it("reads messages from JSON text and from the structured values that SDK 3 keeps", () => {
    const messages = [{ role: "user", parts: [{ type: "text", content: "hi" }] }];
    expect(span({ "gen_ai.input.messages": JSON.stringify(messages) }).inputMessages).toEqual(messages);
    expect(span({ "gen_ai.input.messages": messages }).inputMessages).toEqual(messages);
    const ofAnApi = [{ role: "user", content: "hi" }];
    expect(span({ "gen_ai.input.messages": JSON.stringify(ofAnApi) }).inputMessages).toEqual(messages);
    expect(span({ "gen_ai.input.messages": ofAnApi }).inputMessages).toEqual(messages);
  });

  it.each([
    ["JSON that was cut", '[{"role":"user","parts":[{"type":"te'],
    ["a number", 7],
    ["messages that are none", '[{"speaker":"user"},7]'],
    ["null", null],
  ])("reads %s as no messages", (_name, value) => {
    expect(span({ "gen_ai.input.messages": value }).inputMessages).toBeUndefined();
  });

  it("has no cost, rather than one of 0, where the model has no price or the usage is unknown", () => {
    expect(span({ "gen_ai.request.model": "nobody-knows", "gen_ai.usage.input_tokens": 5 }).cost).toBeUndefined();
    expect(span({ "gen_ai.request.model": "gpt-4o", "gen_ai.provider.name": "openai" }).cost).toBeUndefined();
  });

  it("prices cached tokens at their own rate", () => {
    const usage = { "gen_ai.usage.input_tokens": 1000, "gen_ai.usage.output_tokens": 100 };
    const model = { "gen_ai.provider.name": "openai", "gen_ai.request.model": "gpt-4o" };
    expect(span({ ...model, ...usage, "gen_ai.usage.cache_read.input_tokens": 400 }).cost).toBeCloseTo(0.003, 6);
    expect(span({ ...model, ...usage }).cost).toBeCloseTo(0.0035, 6);
  });

  it("takes a cost that the producer stated as it is", () => {
    expect(span({ "genspan.cost.usd": 0.5, "gen_ai.request.model": "gpt-4o" }).cost).toBe(0.5);
  });

  it("computes a shared value once", () => {
    const one = span({});
    let runs = 0;
    const compute = () => ++runs;
    expect([one.once("k", compute), one.once("k", compute)]).toEqual([1, 1]);
  });
});
