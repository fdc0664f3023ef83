import { KeywordsAIPayloadSchema } from "@keywordsai/keywordsai-sdk";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { GenAISpan } from "../engine/genai-span.ts";
import { spanOf } from "../engine/testing.ts";
import { mapSpan, mapTrace } from "../map-span.ts";
import { keywordsAI } from "./index.ts";
import { READ_ATTRIBUTES } from "./read-attributes.ts";
import { goldenTrace, logOf, readJson, recordOf } from "./testing.ts";

const format = keywordsAI.configure({ responseLogType: "response", metadata: { a: 1 } });
const fields = format.tables.flatMap((table) => table.fields);

describe("the field table", () => {
  it("has a row for every documented field and every field of the vendor's SDK", () => {
    const documented = [
      ...(readJson("documented-fields.json") as string[]),
      ...Object.keys(KeywordsAIPayloadSchema.shape),
    ];
    const rows = fields.map((row) => row.field);
    expect(documented.filter((field) => !rows.includes(field))).toEqual([]);
    expect(new Set(rows).size).toBe(rows.length);
  });

  it("names exactly the attributes that metadata leaves out", () => {
    const sources = fields.flatMap((row) => (row.available ? [row.source] : [])).join(" ");
    const named = [...sources.matchAll(/`([a-z][a-z_]*(?:\.[a-z_]+)+)`/g)].map((match) => match[1] ?? "");
    const content =
      /messages$|instructions$|definitions$|^genspan\.raw|tool\.call\.|retrieval\.|memory\.|evaluation\.result/;
    expect(named.filter((name) => !READ_ATTRIBUTES.has(name) && !content.test(name))).toEqual([]);
    const unnamed = [...READ_ATTRIBUTES].filter((name) => !named.includes(name) && !name.startsWith("keywordsai."));
    expect(unnamed).toEqual([]);
  });
});

describe("the vendor's own schema", () => {
  it("accepts the golden logs and the vendor's sample, and refuses what it should", () => {
    const logs = mapTrace(keywordsAI.configure(), goldenTrace("agent-trace")).map(recordOf);
    const sample = readJson("vendor-sample.json") as readonly object[]; // our own file
    expect(logs).toHaveLength(5);
    for (const log of [...logs, ...sample]) expect(KeywordsAIPayloadSchema.safeParse(log).error).toBeUndefined();
    expect(KeywordsAIPayloadSchema.safeParse({ ...logs[1], prompt_tokens: "148" }).success).toBe(false);
  });

  it("accepts every log that our schema accepts, whatever the span", () => {
    let valid = 0;
    fc.assert(
      fc.property(spans, (attributes) => {
        const result = mapSpan(format, new GenAISpan(spanOf({ attributes })));
        expect(result.status).not.toBe("failed");
        if (result.status !== "mapped") return;
        valid++;
        expect(KeywordsAIPayloadSchema.safeParse(result.record).error).toBeUndefined();
        expect(KeywordsAIPayloadSchema.safeParse(JSON.parse(JSON.stringify(result.record))).error).toBeUndefined();
      }),
    );
    expect(valid).toBeGreaterThan(50);
  });
});

describe("any span", () => {
  it("gives the same log each time and stays as it was", () => {
    fc.assert(
      fc.property(spans, (attributes) => {
        const before = structuredClone(attributes);
        const log = () => mapSpan(format, new GenAISpan(spanOf({ attributes })));
        expect(JSON.stringify(log())).toBe(JSON.stringify(log()));
        expect(attributes).toEqual(before);
      }),
    );
  });

  it.each<[string, Record<string, unknown>]>([
    ["cut JSON", { "gen_ai.input.messages": '[{"role":"user","parts":[{"ty' }],
    ["messages of another shape", { "gen_ai.output.messages": '{"role":"assistant"}' }],
    ["numbers that are none", { "gen_ai.usage.input_tokens": Number.NaN, "gen_ai.request.temperature": "hot" }],
    ["negative counts", { "gen_ai.usage.input_tokens": -1 }],
    [
      "a key called __proto__",
      { "genspan.metadata.__proto__": "x", "genspan.raw.request": '{"__proto__":{"user":"x"}}' },
    ],
    ["big integers", { "gen_ai.tool.call.arguments": 10n, "app.count": [1n] }],
    ["half a surrogate pair", { "gen_ai.tool.call.result": "\uD800", "user.id": "\uDC00" }],
    ["tools without an object of parameters", { "gen_ai.tool.definitions": '[{"name":"f","parameters":7}]' }],
    ["a text of two million characters", { "gen_ai.tool.call.result": "x".repeat(2_000_000) }],
  ])("with %s gives a valid log that can be written as JSON", (_name, attributes) => {
    for (const operation of ["chat", "execute_tool"]) {
      const log = logOf({ ...attributes, "gen_ai.operation.name": operation });
      expect(KeywordsAIPayloadSchema.safeParse(JSON.parse(JSON.stringify(log))).error).toBeUndefined();
    }
  });

  it("with a time that is none is reported, not thrown", () => {
    const span = new GenAISpan(spanOf({ startTime: [Number.NaN, 0], attributes: { "gen_ai.operation.name": "chat" } }));
    expect(mapSpan(format, span)).toMatchObject({ status: "invalid", problems: [expect.stringContaining("latency")] });
  });
});

const part = fc.oneof(
  fc.record({ type: fc.constant("text"), content: fc.string() }),
  fc.record({ type: fc.constant("uri"), modality: fc.constant("image"), uri: fc.webUrl() }),
  fc.record({ type: fc.constant("blob"), modality: fc.constantFrom("image", "audio", "video"), content: fc.string() }),
  fc.record({ type: fc.constant("tool_call"), name: fc.string(), arguments: fc.jsonValue() }),
  fc.record({ type: fc.constant("tool_call_response"), id: fc.string(), response: fc.jsonValue() }),
  fc.record({ type: fc.constant("reasoning"), content: fc.string() }),
  fc.record({ type: fc.string(), content: fc.jsonValue() }),
);
const messages = fc
  .array(fc.record({ role: fc.constantFrom("system", "user", "assistant", "tool", "other"), parts: fc.array(part) }))
  .map((value) => JSON.stringify(value));
const spans = fc
  .record(
    {
      "gen_ai.operation.name": fc.constantFrom(
        "chat",
        "text_completion",
        "embeddings",
        "execute_tool",
        "retrieval",
        "x",
      ),
      "openai.api.type": fc.constant("responses"),
      "gen_ai.system_instructions": fc.array(part).map((value) => JSON.stringify(value)),
      "gen_ai.input.messages": messages,
      "gen_ai.output.messages": messages,
      "gen_ai.tool.definitions": fc.json(),
      "gen_ai.tool.call.arguments": fc.json(),
      "genspan.raw.request": fc.json(),
      "genspan.raw.response": fc.json(),
      "gen_ai.request.temperature": fc.double(),
      "gen_ai.usage.input_tokens": fc.nat(),
      "gen_ai.usage.output_tokens": fc.integer(),
      "gen_ai.request.stop_sequences": fc.array(fc.string()),
      "gen_ai.prompt.variable.city": fc.string(),
      "user.id": fc.string(),
      "app.anything": fc.jsonValue(),
    },
    { requiredKeys: ["gen_ai.operation.name"] },
  )
  .map((attributes) => ({ ...attributes }));
