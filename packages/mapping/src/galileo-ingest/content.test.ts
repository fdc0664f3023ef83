import { describe, expect, it } from "vitest";
import { llmSpan, onlySpan } from "./testing.ts";

const messages = (...all: readonly object[]) => JSON.stringify(all);
const text = (role: string, content: string) => ({ role, parts: [{ type: "text", content }] });

describe("messages of a call", () => {
  it("have content that is never null, and calls without a type", () => {
    const call = { type: "tool_call", id: "c", name: "f", arguments: { a: 1 } };
    expect(llmSpan({ "gen_ai.output.messages": messages({ role: "assistant", parts: [call] }) }).output).toEqual({
      role: "assistant",
      content: "",
      tool_calls: [{ id: "c", function: { name: "f", arguments: '{"a":1}' } }],
    });
  });

  it("name in brackets what is not text", () => {
    const parts = [
      { type: "text", content: "see" },
      { type: "uri", modality: "image", uri: "https://x/a.png" },
      { type: "blob", modality: "image", mime_type: "image/png", content: "AAAA" },
      { type: "blob", modality: "audio", mime_type: "audio/mp3", content: "AAAA" },
      { type: "file", modality: "document", file_id: "file_1" },
    ];
    expect(llmSpan({ "gen_ai.input.messages": messages({ role: "user", parts }) }).input).toEqual([
      { role: "user", content: "see\n[image https://x/a.png]\n[image]\n[audio mp3]\n[file file_1]" },
    ]);
  });
});

describe("input and output", () => {
  it.each<[string, Record<string, unknown>, unknown, unknown]>([
    [
      "an agent that was told one thing",
      {
        "gen_ai.operation.name": "invoke_agent",
        "gen_ai.input.messages": messages(text("user", "hi")),
        "gen_ai.output.messages": messages(text("assistant", "yes")),
      },
      "hi",
      "yes",
    ],
    [
      "a workflow step with a history",
      {
        "gen_ai.operation.name": "plan",
        "gen_ai.input.messages": messages(text("system", "be kind"), text("user", "hi")),
        "gen_ai.output.messages": messages({
          role: "assistant",
          parts: [{ type: "tool_call", id: "c", name: "f", arguments: {} }],
        }),
      },
      [
        { role: "system", content: "be kind" },
        { role: "user", content: "hi" },
      ],
      { role: "assistant", content: "", tool_calls: [{ id: "c", function: { name: "f", arguments: "{}" } }] },
    ],
    [
      "a tool",
      {
        "gen_ai.operation.name": "execute_tool",
        "gen_ai.tool.call.arguments": '{"a":1}',
        "gen_ai.tool.call.result": { b: 2 },
      },
      '{"a":1}',
      '{"b":2}',
    ],
    [
      "a retrieval: documents with their other keys as metadata",
      {
        "gen_ai.operation.name": "retrieval",
        "gen_ai.retrieval.query.text": "q",
        "gen_ai.retrieval.documents": JSON.stringify([
          { id: "1", score: 0.5, content: "one", metadata: { page: 3, tags: ["a"], none: null } },
          { id: "2" },
          "three",
        ]),
      },
      "q",
      [
        { content: "one", metadata: { id: "1", score: 0.5, page: 3, tags: '["a"]' } },
        { content: "", metadata: { id: "2" } },
        { content: "three" },
      ],
    ],
    [
      "a retrieval whose documents were cut: the text",
      { "gen_ai.operation.name": "retrieval", "gen_ai.retrieval.documents": '[{"id":' },
      undefined,
      [{ content: '[{"id":' }],
    ],
    [
      "a search of a memory",
      {
        "gen_ai.operation.name": "search_memory",
        "gen_ai.memory.query.text": "q",
        "gen_ai.memory.records": '[{"id":"m","content":{"likes":"tea"}}]',
      },
      "q",
      [{ content: '{"likes":"tea"}', metadata: { id: "m" } }],
    ],
  ])("of %s", (_name, attributes, input, output) => {
    const span = onlySpan(attributes);
    expect([span.input, span.output]).toEqual([input, output]);
  });
});

describe("events of a call", () => {
  const eventsOf = (...parts: readonly object[]) =>
    llmSpan({ "gen_ai.output.messages": messages({ role: "assistant", parts }) }).events;

  it("are what the model did besides answering, in order", () => {
    const webSearch = (call: object) => ({
      type: "server_tool_call",
      id: "w",
      name: "web_search",
      server_tool_call: call,
    });
    expect(
      eventsOf(
        { type: "reasoning", content: "hm" },
        webSearch({ type: "web_search", action: { type: "search", query: "q" } }),
        webSearch({ type: "web_search", input: { query: "anthropic" } }),
        webSearch({ type: "web_search", action: { type: "open_page", url: "u" } }),
        {
          type: "server_tool_call",
          id: "m",
          name: "f",
          server_tool_call: { type: "mcp", server_label: "s", arguments: { a: 1 } },
        },
        { type: "server_tool_call_response", id: "m", server_tool_call_response: { type: "mcp", output: "o" } },
        { type: "text", content: "done" },
      ),
    ).toEqual([
      { type: "reasoning", content: "hm" },
      { type: "web_search_call", id: "w", action: { type: "search", query: "q" } },
      { type: "web_search_call", id: "w", action: { type: "search", query: "anthropic" } },
      { type: "internal_tool_call", id: "w", name: "web_search", input: { action: { type: "open_page", url: "u" } } },
      { type: "mcp_call", id: "m", tool_name: "f", server_name: "s", arguments: { a: 1 }, result: { output: "o" } },
      { type: "message", role: "assistant", content: "done" },
    ]);
  });

  it("are absent for an answer that is nothing but text and calls", () => {
    expect(eventsOf({ type: "text", content: "x" }, { type: "tool_call", id: "c", name: "f" })).toBeUndefined();
  });
});
