import { describe, expect, it } from "vitest";
import type { MethodAdapter } from "../adapter.ts";
import { openai } from "./index.ts";

function method(path: string): MethodAdapter {
  const found = openai.methods[path];
  if (found === undefined) throw new Error(`no method ${path}`);
  return found;
}
const responses = method("Responses.create");
const text = (content: string) => ({ type: "text", content });

function fold(adapter: MethodAdapter, chunks: readonly unknown[]): unknown {
  const made = adapter.stream?.(true);
  for (const chunk of chunks) made?.add(chunk);
  return made?.response();
}

describe("responses", () => {
  it("names reasoning level, earlier response, conversation and prompt template", () => {
    const body = {
      reasoning: { effort: "low" },
      previous_response_id: "resp_0",
      conversation: { id: "conv_1" },
      prompt: { id: "pmpt_1", version: "2" },
      max_output_tokens: 10,
      text: { format: { type: "json_object" } },
    };
    expect(responses.request(body)).toEqual({
      "openai.api.type": "responses",
      "gen_ai.request.reasoning.level": "low",
      "gen_ai.request.previous_response.id": "resp_0",
      "gen_ai.conversation.id": "conv_1",
      "gen_ai.prompt.name": "pmpt_1",
      "gen_ai.prompt.version": "2",
      "gen_ai.request.max_tokens": 10,
      "gen_ai.output.type": "json",
    });
  });

  it.each([
    ["completed", { status: "completed", output: [] }, ["stop"]],
    ["waits for a tool", { status: "completed", output: [{ type: "function_call" }] }, ["tool_call"]],
    ["ran a tool itself", { status: "completed", output: [{ type: "web_search_call" }] }, ["stop"]],
    ["too long", { status: "incomplete", incomplete_details: { reason: "max_output_tokens" } }, ["length"]],
    ["filtered", { status: "incomplete", incomplete_details: { reason: "content_filter" } }, ["content_filter"]],
    ["failed", { status: "failed" }, ["error"]],
    ["still running", { status: "in_progress" }, undefined],
    ["queued", { status: "queued" }, undefined],
  ])("finish reason: %s", (_name, response, expected) => {
    expect(responses.response(response)["gen_ai.response.finish_reasons"]).toEqual(expected);
  });

  it("keeps credentials of MCP servers out of the tool definitions", () => {
    const tool = { type: "mcp", server_label: "s", authorization: "secret", headers: { a: "secret" } };
    const input = responses.input?.({ tools: [tool] });
    expect(input?.tools).toEqual([{ type: "mcp", server_label: "s", name: "s" }]);
  });

  it("makes one assistant message of the items of one turn", () => {
    const input = responses.input?.({
      instructions: "be brief",
      input: [
        { role: "user", content: [{ type: "input_text", text: "hi" }] },
        { type: "reasoning", summary: [{ type: "summary_text", text: "hm" }], encrypted_content: "x" },
        { type: "function_call", call_id: "c", name: "f", arguments: "{}" },
        { type: "function_call_output", call_id: "c", output: "4" },
        { type: "item_reference", id: "msg_1" },
      ],
    });
    expect(input).toEqual({
      system: [text("be brief")],
      tools: [],
      messages: [
        { role: "user", parts: [text("hi")] },
        {
          role: "assistant",
          parts: [
            { type: "reasoning", content: "hm" },
            { type: "tool_call", id: "c", name: "f", arguments: {} },
          ],
        },
        { role: "tool", parts: [{ type: "tool_call_response", id: "c", response: "4" }] },
        { role: "assistant", parts: [{ type: "item_reference", id: "msg_1" }] },
      ],
    });
  });

  it("keeps what a stream that broke off had said", () => {
    const response = fold(responses, [
      { type: "response.created", response: { id: "r", model: "m", status: "in_progress", output: [] } },
      {
        type: "response.output_item.done",
        output_index: 0,
        item: { type: "function_call", call_id: "c", name: "f", arguments: "{}" },
      },
      { type: "response.output_text.delta", output_index: 1, delta: "hal" },
      { type: "response.output_text.delta", output_index: 1, delta: "f" },
    ]);
    expect(responses.response(response)).toEqual({
      "gen_ai.response.id": "r",
      "gen_ai.response.model": "m",
      "gen_ai.response.finish_reasons": ["error"],
    });
    expect(responses.output?.(response)[0]?.parts).toEqual([
      { type: "tool_call", id: "c", name: "f", arguments: {} },
      text("half"),
    ]);
    expect(responses.failure?.(response)).toBeUndefined();
  });
});

describe("a conversation that was compacted", () => {
  const compacted = [{ type: "compaction", id: "cmp_1", encrypted_content: "c2VjcmV0" }];

  it("is known by the item that stands for its earlier turns, whoever sends it", () => {
    const name = "gen_ai.conversation.compacted";
    expect(responses.request({ input: compacted })[name]).toBe(true);
    expect(responses.response({ output: compacted })[name]).toBe(true);
    expect(responses.request({ input: "hi" })).not.toHaveProperty([name]);
    expect(responses.response({ output: [] })).not.toHaveProperty([name]);
  });

  it("is the answer of `compact`, with what the model kept of the user's messages", () => {
    const compact = method("Responses.compact");
    const kept = { type: "message", role: "user", content: [{ type: "input_text", text: "Hello!" }] };
    const response = { id: "resp_2", output: [kept, ...compacted], usage: { input_tokens: 124, output_tokens: 268 } };
    expect(compact.response(response)).toEqual({
      "gen_ai.response.id": "resp_2",
      "gen_ai.response.finish_reasons": ["compaction"],
      "gen_ai.usage.input_tokens": 124,
      "gen_ai.usage.output_tokens": 268,
    });
    expect(compact.output?.(response)).toEqual([
      { role: "user", parts: [text("Hello!")] },
      { role: "assistant", parts: [{ type: "compaction", id: "cmp_1" }] },
    ]);
  });
});

describe("a response that is fetched", () => {
  const retrieve = method("Responses.retrieve");

  it("is known by its id before it is there", () => {
    const body = retrieve.body?.(["resp_1", { stream: true, starting_after: 7 }]) as Record<string, unknown>;
    expect(retrieve.request(body)).toEqual({
      "openai.api.type": "responses",
      "gen_ai.response.id": "resp_1",
      "gen_ai.request.stream_cursor": "7",
    });
    expect(typeof retrieve.path === "function" && retrieve.path(body, {})).toBe("/responses/resp_1");
    expect(retrieve.body?.(["resp_1"])).toEqual({ response_id: "resp_1" });
  });

  it("has a state and an answer; what it cost, and that it failed, is said by the call that made it", () => {
    const response = { id: "resp_1", model: "m", status: "failed", error: { code: "x" }, usage: { input_tokens: 3 } };
    expect(retrieve.response(response)).toEqual({
      "gen_ai.response.id": "resp_1",
      "gen_ai.response.model": "m",
      "gen_ai.response.status": "failed",
      "gen_ai.response.finish_reasons": ["error"],
    });
    expect(retrieve.failure).toBeUndefined();
  });
});
