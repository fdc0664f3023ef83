import { describe, expect, it } from "vitest";
import type { ReadableSpanLike } from "../engine/readable-span.ts";
import { findVendor } from "../registry.ts";
import { lostFields } from "./lost-fields.ts";

/** Records as others write them: bodies of other APIs, legacy fields, numbers and dates in other forms. */

type Json = Readonly<Record<string, unknown>>;

function spanOf(vendor: string, record: Json): ReadableSpanLike {
  const [span] = findVendor(vendor)?.configure().decode(record) ?? [];
  if (span === undefined) throw new Error(vendor);
  return span;
}

const anthropic = {
  request: {
    model: "claude-sonnet-4-5",
    system: "be kind",
    max_tokens: 50,
    stop_sequences: ["END"],
    messages: [
      { role: "user", content: [{ type: "text", text: "weather?" }] },
      { role: "assistant", content: [{ type: "tool_use", id: "t1", name: "lookup", input: { city: "Paris" } }] },
      { role: "user", content: [{ type: "tool_result", tool_use_id: "t1", content: "rain" }] },
    ],
    tools: [{ name: "lookup", input_schema: { type: "object" } }],
  },
  response: {
    id: "msg_1",
    type: "message",
    role: "assistant",
    model: "claude-sonnet-4-5-20250929",
    content: [
      { type: "thinking", thinking: "hm" },
      { type: "text", text: "It rains." },
    ],
    stop_reason: "max_tokens",
    usage: {
      input_tokens: 11,
      output_tokens: 22,
      cache_read_input_tokens: 300,
      cache_creation_input_tokens: 4000,
      cache_creation: { ephemeral_5m_input_tokens: 1000, ephemeral_1h_input_tokens: 3000 },
    },
  },
};

const responses = {
  request: { model: "gpt-4o", instructions: "be kind", input: "weather?", max_output_tokens: 50 },
  response: {
    id: "resp_1",
    object: "response",
    status: "completed",
    output: [{ type: "message", role: "assistant", content: [{ type: "output_text", text: "It rains." }] }],
    usage: {
      input_tokens: 77,
      output_tokens: 88,
      input_tokens_details: { cached_tokens: 60 },
      output_tokens_details: { reasoning_tokens: 50 },
    },
  },
};

const gemini = {
  request: {
    systemInstruction: { parts: [{ text: "be kind" }] },
    contents: [{ role: "user", parts: [{ text: "weather?" }] }],
    generationConfig: { maxOutputTokens: 50, topK: 3 },
  },
  response: {
    responseId: "g1",
    modelVersion: "gemini-2.5-flash",
    candidates: [{ content: { role: "model", parts: [{ text: "It rains." }] }, finishReason: "STOP" }],
    usageMetadata: {
      promptTokenCount: 10,
      toolUsePromptTokenCount: 5,
      candidatesTokenCount: 20,
      thoughtsTokenCount: 30,
      cachedContentTokenCount: 4,
    },
  },
};

const bedrock = {
  request: { messages: [{ role: "user", content: [{ text: "weather?" }] }], inferenceConfig: { maxTokens: 50 } },
  response: {
    output: { message: { role: "assistant", content: [{ text: "It rains." }] } },
    stopReason: "end_turn",
    usage: { inputTokens: 5, outputTokens: 6, cacheReadInputTokens: 100, cacheWriteInputTokens: 20 },
  },
};

/** As each of the formats holds bodies. */
const holders: readonly (readonly [vendor: string, record: (bodies: Json) => Json])[] = [
  ["log10", (bodies) => ({ organization_id: "o", kind: "chat", status: "finished", ...bodies })],
  [
    "log10",
    ({ request, response }) => ({ kind: "chat", request: JSON.stringify(request), response: JSON.stringify(response) }),
  ],
  [
    "noveum",
    (bodies) => ({
      timestamp: "2025-03-05T16:03:20.123Z",
      name: "ai_gateway_request_log",
      attributes: { id: "msg_1", threadId: "t", ...bodies, metadata: { latency: 5, status: "success" } },
    }),
  ],
  ["keywords-ai", ({ request, response }) => ({ log_type: "chat", full_request: request, full_response: response })],
];

describe.each(holders)("a record of %s", (vendor, holding) => {
  it.each([
    ["Anthropic", anthropic, { input: 4311, output: 22, read: 300, write: 4000 }],
    ["OpenAI's Responses", responses, { input: 77, output: 88, read: 60, reasoning: 50 }],
    ["Gemini", gemini, { input: 15, output: 50, read: 4, reasoning: 30 }],
    ["Bedrock", bedrock, { input: 125, output: 6, read: 100, write: 20 }],
  ])("with bodies of %s has their messages and counts", (_api, bodies, counts) => {
    const { attributes } = spanOf(vendor, holding(bodies));
    expect(attributes["gen_ai.input.messages"]).toContain("weather?");
    expect(attributes["gen_ai.output.messages"]).toContain('{"type":"text","content":"It rains."}');
    if (vendor === "keywords-ai" && bodies === gemini) return; // its `usage` is documented in OpenAI's words
    expect({
      input: attributes["gen_ai.usage.input_tokens"],
      output: attributes["gen_ai.usage.output_tokens"],
      read: attributes["gen_ai.usage.cache_read.input_tokens"],
      write: attributes["gen_ai.usage.cache_write.input_tokens"],
      reasoning: attributes["gen_ai.usage.reasoning.output_tokens"],
    }).toEqual({ write: undefined, reasoning: undefined, ...counts });
  });
});

describe("bodies of other APIs", () => {
  const log10 = (more: Json) => spanOf("log10", { organization_id: "o", kind: "chat", ...more }).attributes;

  it("give parameters, tools and the reason why the model stopped", () => {
    expect(log10(anthropic)).toMatchObject({
      "gen_ai.request.max_tokens": 50,
      "gen_ai.request.stop_sequences": ["END"],
      "gen_ai.response.finish_reasons": ["length"],
      "gen_ai.tool.definitions": '[{"type":"function","name":"lookup","parameters":{"type":"object"}}]',
      "genspan.usage.cache_write_1h.input_tokens": 3000,
    });
    expect(log10(gemini)).toMatchObject({
      "gen_ai.request.max_tokens": 50,
      "gen_ai.request.top_k": 3,
      "gen_ai.response.model": "gemini-2.5-flash",
      "gen_ai.response.finish_reasons": ["stop"],
    });
    const messages = JSON.parse(String(log10(anthropic)["gen_ai.input.messages"])) as readonly { role: string }[];
    expect(messages.map(({ role }) => role)).toEqual(["system", "user", "assistant", "tool"]);
  });

  it("of the legacy Completions API, and calls of functions, are read", () => {
    const legacy = log10({
      kind: "completion",
      request: { model: "davinci", prompt: "once upon" },
      response: { choices: [{ text: "a time", finish_reason: "stop" }], usage: { prompt_tokens: -1 } },
    });
    expect(legacy["gen_ai.operation.name"]).toBe("text_completion");
    expect(legacy["gen_ai.input.messages"]).toBe('[{"role":"user","parts":[{"type":"text","content":"once upon"}]}]');
    expect(legacy["gen_ai.output.messages"]).toContain("a time");
    expect(legacy["gen_ai.usage.input_tokens"]).toBeUndefined();
    const message = { role: "assistant", content: null, function_call: { name: "look", arguments: '{"a":1}' } };
    expect(log10({ response: { choices: [{ message }] } })["gen_ai.output.messages"]).toContain(
      '{"type":"tool_call","name":"look","arguments":{"a":1}}',
    );
  });
});

describe("values in other forms", () => {
  const log = (more: Json) => spanOf("keywords-ai", { model: "gpt-4o", ...more });

  it.each<[string, unknown, unknown]>([
    ["seconds", 1735689600, 1735689601.5],
    ["seconds as text", "1735689600", "1735689601.5"],
    ["milliseconds", 1735689600000, 1735689601500],
    ["nanoseconds", 1735689600000000000, 1735689601500000000],
    ["texts with a zone", "2025-01-01T01:00:00+01:00", "2025-01-01 00:00:01.5Z"],
    ["texts without", "2025-01-01T00:00:00", "2025-01-01 00:00:01.500000"],
    ["texts of e-mail", "Wed, 01 Jan 2025 00:00:00 GMT", "2025-01-01T00:00:01.5Z"],
  ])("times are read as %s", (_name, start_time, timestamp) => {
    const { startTime, endTime } = log({ start_time, timestamp });
    expect([startTime, endTime]).toEqual([
      [1735689600, 0],
      [1735689601, 500_000_000],
    ]);
  });

  it("a span never ends before it began", () => {
    expect(log({ start_time: "2025-01-01T00:00:01Z", timestamp: "2025-01-01T00:00:00Z" }).duration).toEqual([0, 0]);
  });

  it("numbers count where they are written as texts", () => {
    const { attributes, duration } = log({ prompt_tokens: "12", cost: "0.02", latency: "1.5", temperature: " 7e-1" });
    expect(duration).toEqual([1, 500_000_000]);
    expect(attributes).toMatchObject({
      "gen_ai.usage.input_tokens": 12,
      "genspan.cost.usd": 0.02,
      "gen_ai.request.temperature": 0.7,
    });
    expect(log({ prompt_tokens: "many", cost: "" }).attributes["genspan.cost.usd"]).toBeUndefined();
  });

  it("an error without a status, or with one of another's words, is an error", () => {
    expect(log({ error_message: "no" }).status).toEqual({ code: 2, message: "no" });
    expect(log({ status: "failed" }).status.code).toBe(2);
    expect(log({ status: "success", error_message: "retried" }).status.code).toBe(0);
  });

  it("scores of a whole trace are its root's, and tags of a span stay beside those of the trace", () => {
    const documented = { id: "t", metrics: { quality: 0.5 }, spans: [{ id: "s", type: "llm" }] };
    expect(spanOf("galileo", documented).events[0]?.attributes).toMatchObject({ "gen_ai.evaluation.name": "quality" });
    const span = {
      type: "llm",
      tags: ["own"],
      output: { role: "assistant", content: "said" },
      events: [{ type: "reasoning", content: "hm" }],
    };
    const ingest = spanOf("galileo-ingest", {
      traces: [{ tags: ["whole"], metrics: { quality: 0.5 }, spans: [span] }],
    });
    expect(ingest.events.map(({ attributes }) => attributes?.["gen_ai.evaluation.name"])).toEqual(["quality"]);
    expect(ingest.attributes["genspan.tags"]).toEqual(["own", "whole"]);
    expect(ingest.attributes["gen_ai.output.messages"]).toContain("said");
  });
});

describe("the fields that are lost", () => {
  it("are named, and no others", () => {
    const format = findVendor("keywords-ai")?.configure();
    if (format === undefined) throw new Error();
    const log = { model: "gpt-4o", log_type: "chat", prompt_tokens: 5, usage: { prompt_tokens: 5, total_tokens: 5 } };
    expect(lostFields(format, log)).toEqual([]);
    expect(lostFields(format, { ...log, note: "n", tool_choice: "auto", cache_options: { omit_log: true } })).toEqual([
      "note",
      "tool_choice",
      "cache_options.omit_log",
    ]);
  });
});
