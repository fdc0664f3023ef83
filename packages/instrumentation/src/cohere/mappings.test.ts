import { inputMessagesSchema, outputMessagesSchema, toolDefinitionsSchema } from "@genspan/semconv/messages";
import type { Attributes } from "@opentelemetry/api";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ChunkFold } from "../adapter.ts";
import { chatInput, chatOutput, chatResponse, chatStream } from "./chat.ts";
import { chatV2Failure, chatV2Input, chatV2Output, chatV2Response } from "./chat-v2.ts";
import { chatV2Stream } from "./chat-v2-stream.ts";
import { embedResponse } from "./embed.ts";
import { finishReason } from "./finish-reason.ts";
import { generateFailure, generateOutput, generateRequest, generateResponse, generateStream } from "./generate.ts";
import { samplingParameters } from "./parameters.ts";
import { rerank } from "./rerank.ts";
import { putUsage } from "./usage.ts";

function folded(fold: ChunkFold, events: readonly object[]): unknown {
  for (const event of events) fold.add(event);
  return fold.response();
}

it("reads the parameters that all methods share, in the client's words and in the API's", () => {
  const expected = {
    "gen_ai.request.max_tokens": 9,
    "gen_ai.request.temperature": 0.3,
    "gen_ai.request.top_p": 0.9,
    "gen_ai.request.top_k": 4,
    "gen_ai.request.seed": 1,
    "gen_ai.request.stop_sequences": ["|"],
    "gen_ai.output.type": "json",
  };
  const shared = { temperature: 0.3, p: 0.9, k: 4, seed: 1 };
  const format = { type: "json_object" };
  expect(samplingParameters({ ...shared, maxTokens: 9, stopSequences: ["|"], responseFormat: format })).toEqual(
    expected,
  );
  expect(samplingParameters({ ...shared, max_tokens: 9, stop_sequences: ["|"], response_format: format })).toEqual(
    expected,
  );
  expect(generateRequest({ numGenerations: 2 })).toEqual({ "gen_ai.request.choice.count": 2 });
});

describe("version 1", () => {
  it("has preamble, history, message, documents, tools, connectors and results of tools as input", () => {
    const call = { name: "f", parameters: { a: 1 } };
    const { system, messages, tools } = chatInput({
      preamble: "Be brief.",
      chatHistory: [
        { role: "USER", message: "Hi" },
        { role: "CHATBOT", message: "Yo", toolCalls: [call] },
      ],
      message: "And?",
      documents: [{ title: "T", snippet: "S" }],
      toolResults: [{ call, outputs: [{ b: 2 }] }],
      tools: [{ name: "f", description: "d", parameterDefinitions: { a: { type: "int", required: true } } }],
      connectors: [{ id: "web-search" }],
    });
    expect(system).toEqual([{ type: "text", content: "Be brief." }]);
    expect(inputMessagesSchema.parse(messages)).toEqual([
      { role: "user", parts: [{ type: "text", content: "Hi" }] },
      {
        role: "assistant",
        parts: [
          { type: "text", content: "Yo" },
          { type: "tool_call", name: "f", arguments: { a: 1 } },
        ],
      },
      {
        role: "user",
        parts: [
          { type: "text", content: "And?" },
          { type: "document", title: "T", snippet: "S" },
        ],
      },
      { role: "tool", parts: [{ type: "tool_call_response", name: "f", response: [{ b: 2 }] }] },
    ]);
    expect(toolDefinitionsSchema.parse(tools)).toEqual([
      {
        type: "function",
        name: "f",
        description: "d",
        parameters: { type: "object", properties: { a: { type: "int" } }, required: ["a"] },
      },
      { type: "connector", name: "web-search", id: "web-search" },
    ]);
  });

  const citation = { start: 0, end: 2, text: "Yo", documentIds: ["d"] };
  const whole = { text: "Yo", generationId: "g", responseId: "r", citations: [citation], finishReason: "COMPLETE" };
  const events = [
    { eventType: "stream-start", generationId: "g" },
    { eventType: "text-generation", text: "Y" },
    { eventType: "text-generation", text: "o" },
    { eventType: "citation-generation", citations: [citation] },
  ];

  it("has a stream that ends with what an unstreamed call returns", () => {
    const end = { eventType: "stream-end", finishReason: "COMPLETE", response: whole };
    const response = folded(chatStream(true), [...events, end]);
    expect(chatResponse(response)).toEqual(chatResponse(whole));
    expect(outputMessagesSchema.parse(chatOutput(response))).toEqual(chatOutput(whole));
    expect(chatOutput(whole)[0]?.parts).toEqual([{ type: "text", content: "Yo", citations: [citation] }]);
  });

  it("keeps the pieces of a stream that broke off, unless content is not captured", () => {
    const response = folded(chatStream(true), events);
    expect(chatResponse(response)).toEqual({ "gen_ai.response.id": "g", "gen_ai.response.finish_reasons": ["error"] });
    expect(chatOutput(response)[0]?.parts).toEqual([{ type: "text", content: "Yo", citations: [citation] }]);
    expect(JSON.stringify(folded(chatStream(false), events))).not.toContain("Yo");
  });
});

describe("version 2", () => {
  it("has texts, images, documents, plans, tool calls and results as input", () => {
    const { messages } = chatV2Input({
      messages: [
        { role: "system", content: "Be brief." },
        {
          role: "user",
          content: [
            { type: "text", text: "Hi" },
            { type: "image_url", imageUrl: { url: "data:image/png;base64,AQID" } },
            { type: "image_url", imageUrl: { url: "https://example.com/a.png" } },
          ],
        },
        {
          role: "assistant",
          toolPlan: "I will look.",
          toolCalls: [{ id: "t", function: { name: "f", arguments: '{"a":1}' } }],
        },
        { role: "tool", toolCallId: "t", content: [{ type: "document", document: { id: "d", data: { b: 2 } } }] },
      ],
      documents: ["A fact."],
    });
    expect(inputMessagesSchema.parse(messages)).toEqual([
      { role: "system", parts: [{ type: "text", content: "Be brief." }] },
      {
        role: "user",
        parts: [
          { type: "text", content: "Hi" },
          { type: "blob", modality: "image", mime_type: "image/png", content: "AQID" },
          { type: "uri", modality: "image", uri: "https://example.com/a.png" },
        ],
      },
      {
        role: "assistant",
        parts: [
          { type: "reasoning", content: "I will look." },
          { type: "tool_call", id: "t", name: "f", arguments: { a: 1 } },
        ],
      },
      {
        role: "tool",
        parts: [{ type: "tool_call_response", id: "t", response: [{ type: "document", id: "d", data: { b: 2 } }] }],
      },
      { role: "user", parts: [{ type: "document", content: "A fact." }] },
    ]);
  });

  const content = (type: string, index: number, value: object): object => ({
    type,
    index,
    delta: { message: { content: value } },
  });
  const events = [
    { type: "message-start", id: "r", delta: { message: { role: "assistant" } } },
    content("content-start", 0, { type: "thinking", thinking: "s" }),
    content("content-delta", 0, { thinking: "o" }),
    content("content-start", 1, { type: "text", text: "" }),
    content("content-delta", 1, { text: "Y" }),
    content("content-delta", 1, { text: "o" }),
    { type: "tool-plan-delta", delta: { message: { toolPlan: "I will" } } },
    {
      type: "tool-call-start",
      index: 0,
      delta: { message: { toolCalls: { id: "t", type: "function", function: { name: "f", arguments: "" } } } },
    },
    { type: "tool-call-delta", index: 0, delta: { message: { toolCalls: { function: { arguments: '{"a":1}' } } } } },
    { type: "citation-start", index: 0, delta: { message: { citations: { text: "Yo", contentIndex: 1 } } } },
  ];
  const end = (delta: object): object => ({ type: "message-end", delta });

  it("has a stream that is folded into what an unstreamed call returns", () => {
    const usage = { billedUnits: { inputTokens: 4, outputTokens: 2 }, tokens: { inputTokens: 99, outputTokens: 9 } };
    const response = folded(chatV2Stream(true), [...events, end({ finishReason: "TOOL_CALL", usage })]);
    expect(chatV2Response(response)).toEqual({
      "gen_ai.response.id": "r",
      "gen_ai.response.finish_reasons": ["tool_call"],
      "gen_ai.usage.input_tokens": 4,
      "gen_ai.usage.output_tokens": 2,
    });
    expect(outputMessagesSchema.parse(chatV2Output(response))[0]?.parts).toEqual([
      { type: "reasoning", content: "I will" },
      { type: "reasoning", content: "so" },
      { type: "text", content: "Yo", citations: [{ text: "Yo", contentIndex: 1 }] },
      { type: "tool_call", id: "t", name: "f", arguments: { a: 1 } },
    ]);
    expect(chatV2Failure(response)).toBeUndefined();
    expect(JSON.stringify(folded(chatV2Stream(false), events))).not.toContain("Yo");
  });

  it("says that a stream failed where its last event does", () => {
    const response = folded(chatV2Stream(true), [...events, end({ finishReason: "ERROR", error: "out of memory" })]);
    expect(chatV2Failure(response)).toEqual({ type: "ERROR", message: "out of memory" });
    expect(chatV2Response(response)).toMatchObject({ "gen_ai.response.finish_reasons": ["error"] });
  });
});

describe("generate", () => {
  it("has a stream of pieces and an end", () => {
    const response = folded(generateStream(true), [
      { eventType: "text-generation", text: "Y", isFinished: false },
      { eventType: "text-generation", text: "o", isFinished: false },
      {
        eventType: "stream-end",
        isFinished: true,
        finishReason: "MAX_TOKENS",
        response: { id: "r", generations: [{ id: "g", text: "Yo" }] },
      },
    ]);
    expect(generateResponse(response)).toEqual({
      "gen_ai.response.id": "r",
      "gen_ai.response.finish_reasons": ["length"],
    });
    expect(generateOutput(response)).toEqual([{ role: "assistant", parts: [{ type: "text", content: "Yo" }] }]);
  });

  it("says that a stream failed", () => {
    const response = folded(generateStream(true), [
      { eventType: "stream-error", finishReason: "ERROR", err: "overloaded" },
    ]);
    expect(generateFailure(response)).toEqual({ type: "_OTHER", message: "overloaded" });
  });
});

it("knows the length of a vector in each form of an embeddings response", () => {
  const expected = { "gen_ai.embeddings.dimension.count": 2, "gen_ai.usage.input_tokens": 3 };
  const meta = { billedUnits: { inputTokens: 3 } };
  expect(embedResponse({ embeddings: [[1, 2]], meta })).toEqual(expected);
  expect(embedResponse({ embeddings: { float: [[1, 2]], binary: [[1]] }, meta })).toEqual(expected);
});

it("has the query and the documents of a rerank as input", () => {
  expect(rerank.input?.({ query: "Q", documents: ["a", { text: "b" }] }).messages).toEqual([
    {
      role: "user",
      parts: [
        { type: "text", content: "Q" },
        { type: "document", content: "a" },
        { type: "document", text: "b" },
      ],
    },
  ]);
});

it("reports what is billed, and never more cached tokens than input", () => {
  const count = fc.option(fc.nat(), { nil: undefined });
  const units = fc.option(fc.record({ inputTokens: count, outputTokens: count }), { nil: undefined });
  fc.assert(
    fc.property(units, fc.nat(), fc.nat(), (billedUnits, cachedTokens, rest) => {
      const attributes: Attributes = {};
      putUsage(attributes, {
        billedUnits,
        tokens: { inputTokens: cachedTokens + rest, outputTokens: 1 },
        cachedTokens,
      });
      const input = Number(attributes["gen_ai.usage.input_tokens"]);
      expect(input).toBe(billedUnits?.inputTokens ?? cachedTokens + rest);
      expect(Number(attributes["gen_ai.usage.cache_read.input_tokens"] ?? 0)).toBeLessThanOrEqual(input);
    }),
  );
});

it.each([
  ["COMPLETE", "stop"],
  ["MAX_TOKENS", "length"],
  ["TOOL_CALL", "tool_call"],
  ["ERROR_TOXIC", "content_filter"],
  ["TIMEOUT", "error"],
  ["NEW_REASON", "NEW_REASON"],
  [undefined, "error"],
])("the finish reason %s is %s", (given, expected) => {
  expect(finishReason(given)).toBe(expected);
});
