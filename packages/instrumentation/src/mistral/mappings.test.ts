import { inputMessagesSchema, outputMessagesSchema } from "@genspan/semconv/messages";
import { describe, expect, it } from "vitest";
import { chatInput, chatOutput, chatResponse } from "./chat.ts";
import { chatStream } from "./chat-stream.ts";
import { fimInput } from "./fim.ts";
import { mistral } from "./index.ts";
import { parameters, parsedParameters } from "./parameters.ts";

const folded = (chunks: readonly object[], content = true): unknown => {
  const fold = chatStream(content);
  for (const data of chunks) fold.add({ data });
  return fold.response();
};
const delta = (value: object, rest: object = {}): object => ({ choices: [{ index: 0, delta: value, ...rest }] });
const call = (id: string, name: string, json: unknown, index = 0): object => ({
  id,
  type: "function",
  index,
  function: { name, arguments: json },
});
const messagesOf = (...messages: readonly object[]): unknown => chatInput({ messages }).messages;

describe("content of a message", () => {
  it("has a part for each kind of chunk, and keeps those that this version of the client does not know", () => {
    const content = [
      { type: "text", text: "Look:" },
      { type: "image_url", imageUrl: "https://example.com/a.png" },
      { type: "image_url", imageUrl: { url: "data:image/png;base64,AAAA" } },
      { type: "document_url", documentUrl: "https://example.com/a.pdf", documentName: "a" },
      { type: "file", fileId: "file_1" },
      { type: "input_audio", inputAudio: "AAAA" },
      { type: "input_audio", inputAudio: "https://example.com/a.mp3" },
      { type: "reference", referenceIds: [1, 2] },
      { type: "UNKNOWN", isUnknown: true, raw: { type: "hologram", size: 3 } },
    ];
    const messages = messagesOf({ role: "user", content });
    expect(messages).toEqual([
      {
        role: "user",
        parts: [
          { type: "text", content: "Look:" },
          { type: "uri", modality: "image", uri: "https://example.com/a.png" },
          { type: "blob", modality: "image", mime_type: "image/png", content: "AAAA" },
          { type: "uri", modality: "document", uri: "https://example.com/a.pdf" },
          { type: "file", modality: "document", file_id: "file_1" },
          { type: "blob", modality: "audio", content: "AAAA" },
          { type: "uri", modality: "audio", uri: "https://example.com/a.mp3" },
          { type: "reference", referenceIds: [1, 2] },
          { type: "hologram", size: 3 },
        ],
      },
    ]);
    inputMessagesSchema.parse(messages);
  });

  it("is reasoning where the model thought, with what it referred to", () => {
    const reference = { type: "tool_reference", tool: "web_search", title: "A page" };
    const thinking = [{ type: "text", text: "Let me " }, reference, { type: "text", text: "see." }];
    const content = [
      { type: "thinking", thinking, signature: "c2ln", closed: true },
      { type: "text", text: "Yes." },
    ];
    const output = chatOutput({ choices: [{ message: { role: "assistant", content } }] });
    expect(output).toEqual([
      {
        role: "assistant",
        parts: [
          { type: "reasoning", content: "Let me see.", references: [reference], signature: "c2ln" },
          { type: "text", content: "Yes." },
        ],
      },
    ]);
    outputMessagesSchema.parse(output);
  });

  it("has calls of tools, whose arguments are text or an object, and their results", () => {
    const messages = messagesOf(
      { role: "assistant", content: "", toolCalls: [call("a", "f", '{"x":1}'), call("null", "g", { y: 2 })] },
      { role: "tool", toolCallId: "a", name: "f", content: "1" },
      { role: "tool", toolCallId: "b", content: [{ type: "image_url", imageUrl: "https://example.com/a.png" }] },
    );
    expect(messages).toEqual([
      {
        role: "assistant",
        parts: [
          { type: "tool_call", id: "a", name: "f", arguments: { x: 1 } },
          { type: "tool_call", name: "g", arguments: { y: 2 } },
        ],
      },
      { role: "tool", name: "f", parts: [{ type: "tool_call_response", id: "a", response: "1" }] },
      {
        role: "tool",
        parts: [
          {
            type: "tool_call_response",
            id: "b",
            response: [{ type: "uri", modality: "image", uri: "https://example.com/a.png" }],
          },
        ],
      },
    ]);
    inputMessagesSchema.parse(messages);
  });

  it("of fill-in-the-middle is the text before the gap and the text after it", () => {
    expect(fimInput({ prompt: "a = ", suffix: ";" }).messages).toEqual([
      {
        role: "user",
        parts: [
          { type: "text", content: "a = " },
          { type: "suffix", content: ";" },
        ],
      },
    ]);
  });
});

describe("a request", () => {
  it("defines functions, and names the tools that Mistral runs by their type", () => {
    const tools = [
      { function: { name: "f", description: "does it", parameters: { type: "object" } } },
      { type: "document_library", libraryIds: ["l"] },
    ];
    expect(chatInput({ tools }).tools).toEqual([
      { type: "function", name: "f", description: "does it", parameters: { type: "object" } },
      { type: "document_library", name: "document_library", libraryIds: ["l"] },
    ]);
  });

  it("has its parameters under the conventions' names", () => {
    const body = { topP: 0.5, maxTokens: 9, randomSeed: 3, stop: "x", n: 2, reasoningEffort: "high", agentId: "ag_1" };
    expect(parameters({ ...body, responseFormat: { type: "json_schema" } })).toEqual({
      "gen_ai.request.top_p": 0.5,
      "gen_ai.request.max_tokens": 9,
      "gen_ai.request.seed": 3,
      "gen_ai.request.stop_sequences": ["x"],
      "gen_ai.request.choice.count": 2,
      "gen_ai.request.reasoning.level": "high",
      "gen_ai.agent.id": "ag_1",
      "gen_ai.output.type": "json",
    });
    expect(parsedParameters({ responseFormat: { type: "string" } })).toEqual({ "gen_ai.output.type": "json" });
  });
});

describe("a stream", () => {
  const chunks = [
    delta({ role: "assistant", content: "" }),
    delta({ content: [{ type: "thinking", thinking: [{ type: "text", text: "Hm" }] }] }),
    delta({ content: [{ type: "thinking", thinking: [{ type: "text", text: "m." }] }] }),
    delta({ role: "tool", toolCallId: "s", content: "found" }),
    delta({ content: "Ye" }),
    delta({ content: [{ type: "text", text: "s." }] }),
    delta({ content: [{ type: "reference", referenceIds: [7] }] }),
    delta({ content: " Really.", toolCalls: [call("a", "f", '{"x":'), call("b", "g", "{}")] }),
    delta({ toolCalls: [call("a", "", "1}")] }),
    { id: "1", model: "m", ...delta({ content: "" }, { finishReason: "model_length" }), usage: { promptTokens: 3 } },
  ];

  it("folds into what an unstreamed call returns: thoughts, texts, references, and each call on its own", () => {
    const output = chatOutput(folded(chunks));
    expect(output[0]?.parts).toEqual([
      { type: "tool_call_response", id: "s", response: "found" },
      { type: "reasoning", content: "Hmm." },
      { type: "text", content: "Yes." },
      { type: "reference", referenceIds: [7] },
      { type: "text", content: " Really." },
      { type: "tool_call", id: "a", name: "f", arguments: { x: 1 } },
      { type: "tool_call", id: "b", name: "g", arguments: {} },
    ]);
    outputMessagesSchema.parse(output);
  });

  it("tells the same without its content", () => {
    const attributes = chatResponse(folded(chunks));
    expect(attributes).toMatchObject({ "gen_ai.response.finish_reasons": ["length"], "gen_ai.usage.input_tokens": 3 });
    expect(chatResponse(folded(chunks, false))).toEqual(attributes);
  });

  it("that was broken off has no finish reason but error", () => {
    expect(chatResponse(folded([]))).toMatchObject({ "gen_ai.response.finish_reasons": ["error"] });
  });

  it("goes on with a call whose pieces have no id by its index, and tells calls without an id apart by their names", () => {
    const pieces = [
      delta({ toolCalls: [call("null", "f", "[", 0), call("null", "g", "{", 1)] }),
      delta({ toolCalls: [call("null", "", "]", 0), call("null", "", "}", 1)] }),
      delta({ toolCalls: [call("null", "f", "[2]", 0)] }),
    ];
    expect(chatOutput(folded(pieces))[0]?.parts).toEqual([
      { type: "tool_call", name: "f", arguments: [] },
      { type: "tool_call", name: "g", arguments: {} },
      { type: "tool_call", name: "f", arguments: [2] },
    ]);
  });
});

describe("usage", () => {
  it.each([
    ["details", { prompt_tokens_details: { cached_tokens: 64 } }],
    ["the earlier field", { num_cached_tokens: 64 }],
    ["fields that the client came to know", { promptTokensDetails: { cachedTokens: 64 } }],
  ])("has cached tokens, which are inside of the prompt tokens, in %s", (_name, more) => {
    const usage = { promptTokens: 107, completionTokens: 14, totalTokens: 121, ...more };
    expect(chatResponse({ usage })).toEqual({
      "gen_ai.usage.input_tokens": 107,
      "gen_ai.usage.output_tokens": 14,
      "gen_ai.usage.cache_read.input_tokens": 64,
    });
  });
});

describe("an error", () => {
  it("is of the type that the answer's body says, and has the answer's id", () => {
    const headers = new Headers({ "mistral-correlation-id": "id" });
    const error = { statusCode: 400, body: '{"type":"invalid_request_error","code":"3051"}', headers };
    expect(mistral.thrown?.(error)).toEqual({ type: "invalid_request_error", statusCode: 400, requestId: "id" });
    expect(mistral.thrown?.({ statusCode: 502, body: "<html>", headers })).toMatchObject({ type: undefined });
    expect(mistral.thrown?.(new Error("no answer"))).toEqual({});
  });
});

describe("classification", () => {
  it.each([
    ["a text", "a", ["a"]],
    ["texts", ["a", "b"], ["a", "b"]],
    ["a chat", [{ role: "user", content: "a" }], ["a"]],
    ["chats", [[{ role: "user", content: "a" }], [{ role: "user", content: "b" }]], ["a", "b"]],
    ["chats in objects", [{ messages: [{ role: "user", content: "a" }] }], ["a"]],
  ])("has %s as messages of its input", (_name, inputs, texts) => {
    const method = mistral.methods["Classifiers.classify"];
    const messages = method?.input?.({ inputs }).messages ?? [];
    expect(messages.map(({ parts }) => parts)).toEqual(texts.map((content) => [{ type: "text", content }]));
  });
});
