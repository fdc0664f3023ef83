import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { GenAISpan } from "../engine/genai-span.ts";
import { spanOf } from "../engine/testing.ts";
import { mapTrace, tracesOf } from "../map-span.ts";
import { galileo } from "./index.ts";
import { agent, chat, child, isDocumented, options, recordOf } from "./testing.ts";

const text = (role: string, content: string) => ({ role, parts: [{ type: "text", content }] });
const messages = (...all: readonly object[]) => JSON.stringify(all);
const tool = { "gen_ai.operation.name": "execute_tool", "gen_ai.tool.name": "f" };
const asked = { "gen_ai.input.messages": messages(text("user", "hi")) };
const said = { "gen_ai.output.messages": messages(text("assistant", "yes")) };

describe("input and output of a span", () => {
  it.each<[string, Record<string, unknown>, unknown, unknown]>([
    [
      "a call of a model: messages, and one message",
      { ...chat, ...asked, ...said },
      [{ role: "user", content: "hi" }],
      { role: "assistant", content: "yes" },
    ],
    [
      "several choices: all of them",
      { ...chat, "gen_ai.output.messages": messages(text("assistant", "a"), text("assistant", "b")) },
      undefined,
      [
        { role: "assistant", content: "a" },
        { role: "assistant", content: "b" },
      ],
    ],
    ["an agent: its only text", { "gen_ai.operation.name": "invoke_agent", ...asked, ...said }, "hi", "yes"],
    [
      "a tool: the values that the JSON stands for",
      { ...tool, "gen_ai.tool.call.arguments": '{"a":1}', "gen_ai.tool.call.result": "[2]" },
      { a: 1 },
      [2],
    ],
    ["a tool's text that is no JSON: the text", { ...tool, "gen_ai.tool.call.result": '{"cut' }, undefined, '{"cut'],
    [
      "a tool's structured value (SDK 3): the value, big integers as text",
      { ...tool, "gen_ai.tool.call.arguments": { n: 1n } },
      { n: "1" },
      undefined,
    ],
    [
      "a retrieval: the query and the documents",
      {
        "gen_ai.operation.name": "retrieval",
        "gen_ai.retrieval.query.text": "q",
        "gen_ai.retrieval.documents": '[{"id":"d","score":1}]',
      },
      "q",
      [{ id: "d", score: 1 }],
    ],
    [
      "a search of a memory: the query and the records",
      {
        "gen_ai.operation.name": "search_memory",
        "gen_ai.memory.query.text": "q",
        "gen_ai.memory.records": '[{"id":"m"}]',
      },
      "q",
      [{ id: "m" }],
    ],
    [
      "embeddings: the texts of the raw request",
      { "gen_ai.operation.name": "embeddings", "genspan.raw.request": '{"input":["a","b"]}' },
      '["a","b"]',
      undefined,
    ],
  ])("of %s", (_name, attributes, input, output) => {
    const [span] = recordOf([child("a", undefined, attributes)]).spans ?? [];
    expect([span?.input, span?.output]).toEqual([input, output]);
  });

  it.each([
    [{ ...tool }, ["f"]],
    [
      {
        ...chat,
        "gen_ai.output.messages": messages({
          role: "assistant",
          parts: ["f", "g", "f"].map((name) => ({ type: "tool_call", id: "c", name })),
        }),
      },
      ["f", "g"],
    ],
    [{ ...chat, ...said }, undefined],
  ])("names the tools used (%#)", (attributes, names) => {
    expect(recordOf([child("a", undefined, attributes)]).spans?.[0]?.tools_used).toEqual(names);
  });
});

describe("input and output of a trace", () => {
  it("are the last text of the user and the text of the answer", () => {
    const history = messages(text("user", "first"), text("assistant", "?"), text("user", "second"));
    const record = recordOf([child("a", undefined, { ...chat, "gen_ai.input.messages": history, ...said })]);
    expect([record.input, record.output]).toEqual(["second", "yes"]);
  });

  it("name in brackets what is not text", () => {
    const parts = [{ type: "uri", modality: "image", uri: "https://x/a.png" }];
    const attributes = { ...chat, "gen_ai.input.messages": messages({ role: "user", parts }) };
    expect(recordOf([child("a", undefined, attributes)]).input).toBe("[image https://x/a.png]");
  });

  it("come from the first and the last span that have any where the root has none", () => {
    const later = { ...chat, "gen_ai.output.messages": messages(text("assistant", "done")) };
    const spans = [agent("a"), child("b", "a", { ...chat, ...asked, ...said }), child("c", "a", later)];
    expect([recordOf(spans).input, recordOf(spans).output]).toEqual(["hi", "done"]);
  });

  it("is no output where the root failed", () => {
    const root = spanOf({ spanId: "a".padStart(16, "0"), status: { code: 2 }, attributes: chat });
    expect(recordOf([root, child("b", "a", { ...chat, ...said })])).not.toHaveProperty("output");
  });
});

describe("any trace", () => {
  it.each<[string, Record<string, unknown>]>([
    ["cut JSON", { "gen_ai.input.messages": '[{"role', "gen_ai.tool.call.arguments": '{"a' }],
    ["numbers that are none", { "gen_ai.usage.input_tokens": Number.NaN, "genspan.cost.usd": Number.NaN }],
    ["negative and broken counts", { "gen_ai.usage.input_tokens": -1, "gen_ai.usage.output_tokens": 1.5 }],
    ["a key called __proto__", { "gen_ai.tool.call.arguments": '{"__proto__":{"a":1}}', ["__proto__"]: 1 }],
    ["a huge text", { "gen_ai.tool.call.result": "x".repeat(2_000_000) }],
    ["attributes of wrong types", { "gen_ai.request.model": 1, "gen_ai.conversation.id": [], "error.type": {} }],
  ])("with %s gives a valid record", (_name, attributes) => {
    expect(recordOf([child("a", undefined, { "gen_ai.operation.name": "chat", ...attributes })]).spans).toHaveLength(1);
  });

  it("whose spans are each other's parents keeps them all", () => {
    expect(recordOf([child("a", "b", chat), child("b", "a", chat)]).spans).toHaveLength(2);
  });

  it("gives the same record each time, valid by Galileo's schema, and stays as it was", () => {
    fc.assert(
      fc.property(traces, (given) => {
        const before = structuredClone(given);
        const spans = given.map((attributes, index) =>
          child(String(index), index ? "0" : undefined, { ...attributes }),
        );
        const map = () => tracesOf(spans.map((span) => new GenAISpan(span))).flatMap((one) => mapTrace(format, one));
        const [result] = map();
        expect(result?.status).toBe("mapped");
        const record = result?.status === "mapped" ? JSON.stringify(result.record) : "";
        expect(isDocumented(JSON.parse(record))).toBe(true);
        expect(JSON.stringify(map()[0])).toBe(JSON.stringify(result));
        expect(spans.map((span) => ({ ...span.attributes }))).toEqual(before);
      }),
    );
  });
});

const format = galileo.configure(options);

const traces = fc.array(
  fc.record(
    {
      "gen_ai.operation.name": fc.constantFrom("chat", "embeddings", "execute_tool", "retrieval", "x"),
      "gen_ai.request.model": fc.string(),
      "gen_ai.input.messages": fc.json(),
      "gen_ai.output.messages": fc.json(),
      "gen_ai.tool.call.arguments": fc.json(),
      "gen_ai.retrieval.documents": fc.json(),
      "gen_ai.usage.input_tokens": fc.integer(),
      "gen_ai.conversation.id": fc.string(),
      "genspan.raw.request": fc.json(),
    },
    { requiredKeys: ["gen_ai.operation.name"] },
  ),
  { minLength: 1, maxLength: 5 },
);
