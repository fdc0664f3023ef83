import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { GenAISpan } from "../engine/genai-span.ts";
import { spanOf } from "../engine/testing.ts";
import { mapSpan } from "../map-span.ts";
import { log10 } from "./index.ts";
import { clientSchema, mapped, options, recordOf } from "./testing.ts";

const said = (role: string, ...parts: readonly object[]) => JSON.stringify([{ role, parts }]);
const hi = { type: "text", content: "hi" };

describe("what the vendor's own client refuses", () => {
  const valid = mapped({
    attributes: {
      "gen_ai.response.id": "r1",
      "gen_ai.output.messages": said("assistant", hi),
      "gen_ai.input.messages": said("user", hi),
      "gen_ai.usage.input_tokens": 3,
    },
  });
  const { response, request } = valid;
  const withChoice = (fields: object) => ({
    ...valid,
    response: { ...response, choices: [{ ...response?.choices[0], ...fields }] },
  });

  it.each<[string, object]>([
    ["a choice without logprobs", withChoice({ logprobs: undefined })],
    ["no finish reason", withChoice({ finish_reason: null })],
    ["a finish reason of another API", withChoice({ finish_reason: "end_turn" })],
    ["an answer of the user's", withChoice({ message: { role: "user", content: "x" } })],
    ["a null fingerprint", { ...valid, response: { ...response, system_fingerprint: null } }],
    ["a response without an id", { ...valid, response: { ...response, id: undefined } }],
    ["a response of another kind", { ...valid, response: { ...response, object: "list" } }],
    ["no time of creation", { ...valid, response: { ...response, created: undefined } }],
    ["a request as text", { ...valid, request: "{}" }],
    ["the role developer", { ...valid, request: { ...request, messages: [{ role: "developer", content: "x" }] } }],
    ["a schema as response format", { ...valid, request: { ...request, response_format: { type: "json_schema" } } }],
    ["half a token", { ...valid, response: { ...response, usage: { ...response?.usage, prompt_tokens: 0.5 } } }],
    ["no organisation", { ...valid, organization_id: "" }],
    ["an id that is no UUID", { ...valid, id: "span_1" }],
    ["another status", { ...valid, status: "ok" }],
  ])("is refused by our schema as well: %s", (_name, broken) => {
    const { schema } = log10.configure(options);
    expect(schema.safeParse(valid).success).toBe(true);
    expect(schema.safeParse(broken).success).toBe(false);
    expect(clientSchema.safeParse(broken).success).toBe(false);
  });
});

describe("bodies", () => {
  it("turn the role developer into system", () => {
    const { request } = mapped({ attributes: { "gen_ai.input.messages": said("developer", hi) } });
    expect(request?.messages).toEqual([{ role: "system", content: "hi" }]);
  });

  it("have a word that the client knows, or none, for what it has no place for", () => {
    const attributes = {
      "gen_ai.output.type": "json_schema",
      "gen_ai.request.stop_sequences": [],
      "gen_ai.tool.definitions": '[{"type":"function","name":"f","parameters":true}]',
      "genspan.raw.request": '{"response_format":{"type":"json_schema"},"max_completion_tokens":5}',
    };
    expect(mapped({ attributes }).request).toEqual({
      model: "gpt-4o-mini",
      messages: [],
      tools: [{ type: "function", function: { name: "f" } }],
      response_format: { type: "json_object" },
    });
  });

  it("of a text completion are those of a chat, of kind prompt", () => {
    const attributes = { "gen_ai.operation.name": "text_completion", "gen_ai.input.messages": said("user", hi) };
    expect(mapped({ attributes })).toMatchObject({
      kind: "prompt",
      request: { messages: [{ role: "user", content: "hi" }] },
    });
  });

  it.each([
    ["user", "hi\nhi"],
    ["tool", "hi\nhi"],
    ["model", "hihi"],
  ])("have an answer of the assistant's, whatever the producer calls it (%s)", (role, content) => {
    const { response } = mapped({ attributes: { "gen_ai.output.messages": said(role, hi, hi) } });
    expect(response?.choices.map(({ message }) => message)).toEqual([{ role: "assistant", content }]);
  });

  it("give a tool's message the id that the client demands", () => {
    const { request } = mapped({ attributes: { "gen_ai.input.messages": said("tool", hi) } });
    expect(request?.messages).toEqual([{ role: "tool", content: "hi", tool_call_id: "" }]);
  });

  it("keep pictures of a question", () => {
    const picture = { type: "uri", modality: "image", uri: "https://example.com/a.png" };
    const { request } = mapped({ attributes: { "gen_ai.input.messages": said("user", hi, picture) } });
    expect(request?.messages[0]?.content).toEqual([
      { type: "text", text: "hi" },
      { type: "image_url", image_url: { url: "https://example.com/a.png" } },
    ]);
  });
});

describe("any span", () => {
  it.each<[string, Record<string, unknown>]>([
    ["cut JSON", { "gen_ai.input.messages": '[{"role', "genspan.stacktrace": '[{"file' }],
    ["numbers that are none", { "gen_ai.usage.input_tokens": Number.NaN, "gen_ai.request.temperature": Number.NaN }],
    ["attributes of wrong types", { "session.id": [], "genspan.tags": "a", "gen_ai.response.finish_reasons": "stop" }],
    [
      "a big integer in a structured definition (SDK 3)",
      { "gen_ai.tool.definitions": [{ name: "f", description: 1n }] },
    ],
    ["a key called __proto__", { "gen_ai.tool.definitions": '[{"name":"f","parameters":{"__proto__":{"a":1}}}]' }],
    [
      "a text of two million characters",
      { "gen_ai.input.messages": said("user", { ...hi, content: "x".repeat(2e6) }) },
    ],
    ["a part of no known type", { "gen_ai.input.messages": said("user", { type: "odd", content: 1 }) }],
  ])("with %s gives a completion that the vendor's client takes", (_name, attributes) => {
    expect(mapped({ attributes })).toMatchObject({ kind: "chat", status: "finished", duration: 1.284 });
  });

  it("with half a token to spend gives a problem, not a completion", () => {
    const attributes = { "gen_ai.operation.name": "chat", "gen_ai.request.max_tokens": 0.5 };
    const result = mapSpan(log10.configure(options), new GenAISpan(spanOf({ attributes })));
    expect(result).toMatchObject({ status: "invalid", problems: [expect.stringContaining("request.max_tokens")] });
  });

  it("gives the same completion each time and stays as it was, and the client takes what we call valid", () => {
    fc.assert(
      fc.property(spans, (given) => {
        const attributes = { ...given };
        const before = structuredClone(attributes);
        const map = () => mapSpan(log10.configure(options), new GenAISpan(spanOf({ attributes })));
        const result = map();
        expect(result.status).not.toBe("failed");
        if (result.status === "mapped") recordOf(result);
        expect(JSON.stringify(map())).toBe(JSON.stringify(result));
        expect(attributes).toEqual(before);
      }),
      { numRuns: 300 },
    );
  });
});

const part = fc.oneof(
  fc.record({ type: fc.constant("text"), content: fc.string() }),
  fc.record({ type: fc.constant("tool_call"), id: fc.string(), name: fc.string(), arguments: fc.jsonValue() }),
  fc.record({ type: fc.constant("tool_call_response"), id: fc.string(), response: fc.jsonValue() }),
  fc.record({ type: fc.constant("blob"), modality: fc.constantFrom("image", "audio", "x"), content: fc.string() }),
  fc.record({ type: fc.string(), content: fc.jsonValue() }),
);
const messages = fc
  .array(fc.record({ role: fc.constantFrom("user", "assistant", "developer", "tool", "x"), parts: fc.array(part) }))
  .map((list) => JSON.stringify(list));
const spans = fc.record(
  {
    "gen_ai.operation.name": fc.constantFrom("chat", "generate_content", "text_completion"),
    "gen_ai.request.model": fc.string(),
    "gen_ai.response.id": fc.string(),
    "gen_ai.input.messages": messages,
    "gen_ai.output.messages": messages,
    "gen_ai.tool.definitions": fc
      .array(fc.record({ name: fc.string(), parameters: fc.jsonValue() }))
      .map((tools) => JSON.stringify(tools)),
    "gen_ai.request.temperature": fc.double(),
    "gen_ai.request.max_tokens": fc.double(),
    "gen_ai.response.finish_reasons": fc.array(fc.string()),
    "gen_ai.usage.output_tokens": fc.double(),
    "genspan.stacktrace": fc.json(),
    "genspan.tags": fc.array(fc.string()),
  },
  { requiredKeys: ["gen_ai.operation.name"] },
);
