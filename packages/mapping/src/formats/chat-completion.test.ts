import { describe, expect, it } from "vitest";
import { GenAISpan } from "../engine/genai-span.ts";
import { spanOf } from "../engine/testing.ts";
import { chatMessages, chatOutputMessages, chatRequest, chatResponse } from "./chat-completion.ts";
import { calledTools } from "./chat-message.ts";

const withInput = (...messages: unknown[]) =>
  new GenAISpan(spanOf({ attributes: { "gen_ai.input.messages": JSON.stringify(messages) } }));

describe("chat messages", () => {
  it.each([
    [
      "one text as a string",
      { role: "user", parts: [{ type: "text", content: "hi" }] },
      [{ role: "user", content: "hi" }],
    ],
    [
      "a developer as system",
      { role: "developer", parts: [{ type: "text", content: "x" }] },
      [{ role: "system", content: "x" }],
    ],
    [
      "an assistant that only calls a tool with null content",
      { role: "assistant", parts: [{ type: "tool_call", id: "c1", name: "f", arguments: { a: 1 } }] },
      [
        {
          role: "assistant",
          content: null,
          tool_calls: [{ id: "c1", type: "function", function: { name: "f", arguments: '{"a":1}' } }],
        },
      ],
    ],
    [
      "each tool response as a message",
      {
        role: "tool",
        parts: [
          { type: "tool_call_response", id: "c1", response: { ok: true } },
          { type: "tool_call_response", id: "c2", response: "fine" },
        ],
      },
      [
        { role: "tool", content: '{"ok":true}', tool_call_id: "c1" },
        { role: "tool", content: "fine", tool_call_id: "c2" },
      ],
    ],
    [
      "an image as a content part",
      {
        role: "user",
        parts: [
          { type: "text", content: "what?" },
          { type: "uri", modality: "image", uri: "https://x/a.png" },
        ],
      },
      [
        {
          role: "user",
          content: [
            { type: "text", text: "what?" },
            { type: "image_url", image_url: { url: "https://x/a.png" } },
          ],
        },
      ],
    ],
    [
      "a refusal beside the empty content",
      { role: "assistant", parts: [{ type: "refusal", content: "I can't help with that." }] },
      [{ role: "assistant", content: "", refusal: "I can't help with that." }],
    ],
    [
      "no reasoning",
      { role: "assistant", parts: [{ type: "reasoning", content: "hm" }] },
      [{ role: "assistant", content: "" }],
    ],
  ])("writes %s", (_name, message, expected) => {
    expect(chatMessages(withInput(message))).toEqual(expected);
  });

  it("puts system instructions first", () => {
    const span = new GenAISpan(
      spanOf({
        attributes: {
          "gen_ai.system_instructions": '[{"type":"text","content":"be kind"}]',
          "gen_ai.input.messages": '[{"role":"user","parts":[{"type":"text","content":"hi"}]}]',
        },
      }),
    );
    expect(chatMessages(span).map((message) => message.role)).toEqual(["system", "user"]);
  });
});

describe("request and response", () => {
  const attributes = {
    "gen_ai.request.model": "gpt-4o",
    "gen_ai.response.model": "gpt-4o-2024",
    "gen_ai.response.id": "chatcmpl-1",
    "gen_ai.request.temperature": 0,
    "gen_ai.output.type": "json",
    "gen_ai.response.finish_reasons": ["tool_call"],
    "gen_ai.usage.input_tokens": 3,
    "gen_ai.usage.output_tokens": 2,
  };

  it("keeps a temperature of 0 and leaves out what was not asked for", () => {
    expect(chatRequest(new GenAISpan(spanOf({ attributes })))).toEqual({
      model: "gpt-4o",
      messages: [],
      temperature: 0,
      response_format: { type: "json_object" },
    });
  });

  it("carries model, usage and finish reasons when no content was captured", () => {
    expect(chatResponse(new GenAISpan(spanOf({ attributes })))).toEqual({
      id: "chatcmpl-1",
      object: "chat.completion",
      created: 1_795_169_731,
      model: "gpt-4o-2024",
      choices: [{ index: 0, finish_reason: "tool_calls", logprobs: null, message: { role: "assistant", content: "" } }],
      usage: { prompt_tokens: 3, completion_tokens: 2, total_tokens: 5 },
    });
  });

  it("has no response for a call that failed before there was one", () => {
    expect(chatResponse(new GenAISpan(spanOf({ status: { code: 2 } })))).toBeUndefined();
  });

  it("names each called tool once", () => {
    const span = withInput({
      role: "assistant",
      parts: ["a", "b", "a"].map((name) => ({ type: "tool_call", id: name, name })),
    });
    expect(calledTools(span.inputMessages)).toEqual(["a", "b"]);
    expect(chatOutputMessages(span)).toEqual([]);
  });
});
