import { inputMessagesSchema, outputMessagesSchema, toolDefinitionsSchema } from "@genspan/semconv/messages";
import { describe, expect, it } from "vitest";
import type { MethodAdapter } from "../adapter.ts";
import { audio } from "./audio.ts";
import { conversationStream } from "./conversation-stream.ts";
import { conversations } from "./conversations.ts";

function method(name: string, ...args: readonly unknown[]): MethodAdapter {
  const found = conversations[`Beta.Conversations.${name}`];
  if (found === undefined) throw new Error(`no method ${name}`);
  return found.select?.(args) ?? found;
}

const answer = { type: "message.output", id: "msg_1", model: "mistral-medium", role: "assistant", content: "Hi" };

describe("a conversation", () => {
  it("that an agent leads is a call of the agent, with a model one of the model", () => {
    expect(method("start", { agentId: "ag_1", inputs: "" }).operation).toBe("invoke_agent");
    expect(method("startStream", { agentId: "ag_1", inputs: "" })).toMatchObject({ operation: "invoke_agent" });
    expect(method("start", { model: "mistral-medium", inputs: "" }).operation).toBe("chat");
    expect(method("startStream", { model: "mistral-medium", inputs: "" }).stream).toBeTypeOf("function");
  });

  it.each([
    ["append", "conversationAppendRequest", "/v1/conversations/conv_1"],
    ["appendStream", "conversationAppendStreamRequest", "/v1/conversations/conv_1"],
    ["restart", "conversationRestartRequest", "/v1/conversations/conv_1/restart"],
    ["restartStream", "conversationRestartStreamRequest", "/v1/conversations/conv_1/restart"],
  ])("goes on by %s with what is within the request", (name, field, path) => {
    const within = { inputs: "More", completionArgs: { temperature: 0.5, maxTokens: 9 } };
    const goOn = method(name);
    const body = goOn.body?.([{ conversationId: "conv_1", [field]: within }]) as Record<string, unknown>;
    expect((goOn.path as (body: object) => string)(body)).toBe(path);
    expect(goOn.request(body)).toEqual({
      "gen_ai.conversation.id": "conv_1",
      "gen_ai.request.temperature": 0.5,
      "gen_ai.request.max_tokens": 9,
    });
    expect(goOn.input?.(body).messages).toEqual([{ role: "user", parts: [{ type: "text", content: "More" }] }]);
  });

  it("has a message for each turn of its entries", () => {
    const inputs = [
      { role: "user", content: "What is on?" },
      { type: "tool.execution", id: "x_1", name: "web_search", arguments: '{"query":"on"}', info: { pages: 1 } },
      { type: "function.call", toolCallId: "c_1", name: "look", arguments: '{"at":"a"}' },
      { toolCallId: "c_1", result: "3" },
      { type: "agent.handoff", previousAgentName: "a", nextAgentName: "b" },
    ];
    const tools = [{ type: "web_search" }, { type: "function", function: { name: "look", parameters: {} } }];
    const input = method("start").input?.({ inputs, tools, instructions: "Be brief." });
    expect(input?.messages).toEqual([
      { role: "user", parts: [{ type: "text", content: "What is on?" }] },
      {
        role: "assistant",
        parts: [
          {
            type: "server_tool_call",
            id: "x_1",
            name: "web_search",
            server_tool_call: { type: "web_search", arguments: { query: "on" } },
          },
          {
            type: "server_tool_call_response",
            id: "x_1",
            server_tool_call_response: { type: "web_search", pages: 1 },
          },
          { type: "tool_call", id: "c_1", name: "look", arguments: { at: "a" } },
        ],
      },
      { role: "tool", parts: [{ type: "tool_call_response", id: "c_1", response: "3" }] },
      { role: "assistant", parts: [{ type: "agent.handoff", previousAgentName: "a", nextAgentName: "b" }] },
    ]);
    expect(input?.system).toEqual([{ type: "text", content: "Be brief." }]);
    inputMessagesSchema.parse(input?.messages);
    toolDefinitionsSchema.parse(input?.tools);
  });

  it("counts what connectors gave the model to read as input", () => {
    const usage = { promptTokens: 188, completionTokens: 55, totalTokens: 7355, connectorTokens: 7112 };
    expect(method("start").response({ conversationId: "conv_1", outputs: [answer], usage })).toEqual({
      "gen_ai.conversation.id": "conv_1",
      "gen_ai.response.model": "mistral-medium",
      "gen_ai.usage.input_tokens": 7300,
      "gen_ai.usage.output_tokens": 55,
    });
  });
});

describe("a streamed conversation", () => {
  const data = [
    { type: "conversation.response.started", conversationId: "conv_1" },
    { type: "tool.execution.started", outputIndex: 0, id: "x_1", name: "web_search", arguments: '{"query"' },
    { type: "tool.execution.delta", outputIndex: 0, id: "x_1", name: "web_search", arguments: ':"on"}' },
    { type: "tool.execution.done", outputIndex: 0, id: "x_1", name: "web_search", info: { pages: 1 } },
    { type: "message.output.delta", outputIndex: 1, id: "msg_1", model: "mistral-medium", content: "Hi " },
    {
      type: "message.output.delta",
      outputIndex: 1,
      id: "msg_1",
      content: { type: "tool_reference", tool: "web_search", title: "A page" },
    },
    { type: "function.call.delta", outputIndex: 2, id: "f_1", toolCallId: "c_1", name: "look", arguments: '{"at":' },
    { type: "function.call.delta", outputIndex: 2, id: "f_1", toolCallId: "c_1", name: "look", arguments: '"a"}' },
    { type: "conversation.response.done", usage: { promptTokens: 3, completionTokens: 2, totalTokens: 5 } },
  ];
  const folded = (content: boolean, events: readonly object[] = data): unknown => {
    const fold = conversationStream(content);
    for (const event of events) fold.add({ event: "any", data: event });
    return fold.response();
  };

  it("gives what an unstreamed one gives", () => {
    const { response, output } = method("appendStream");
    expect(response(folded(true))).toEqual({
      "gen_ai.conversation.id": "conv_1",
      "gen_ai.response.model": "mistral-medium",
      "gen_ai.usage.input_tokens": 3,
      "gen_ai.usage.output_tokens": 2,
    });
    const messages = output?.(folded(true));
    expect(messages?.[0]?.parts).toMatchObject([
      { type: "server_tool_call", server_tool_call: { arguments: { query: "on" } } },
      { type: "server_tool_call_response", server_tool_call_response: { pages: 1 } },
      { type: "text", content: "Hi " },
      { type: "tool_reference", title: "A page" },
      { type: "tool_call", id: "c_1", arguments: { at: "a" } },
    ]);
    outputMessagesSchema.parse(messages);
  });

  it("keeps no content where none is captured, and the same facts", () => {
    const { response } = method("appendStream");
    expect(response(folded(false))).toEqual(response(folded(true)));
    expect(JSON.stringify(folded(false))).not.toContain("Hi ");
  });

  it("fails where an event says so", () => {
    const broken = folded(true, [{ type: "conversation.response.error", code: 3000, message: "Out of service" }]);
    expect(method("startStream", {}).failure?.(broken)).toEqual({ type: "3000", message: "Out of service" });
    expect(method("startStream", {}).failure?.(folded(true))).toBeUndefined();
  });
});

describe("audio", () => {
  it("of a transcription that is streamed has text and usage in its last event", () => {
    const fold = audio["Audio.Transcriptions.stream"]?.stream?.(true);
    fold?.add({ data: { type: "transcription.text.delta", text: "Good " } });
    const usage = { promptTokens: 4, completionTokens: 2, totalTokens: 6, promptAudioSeconds: 3 };
    fold?.add({ data: { type: "transcription.done", model: "voxtral-mini", text: "Good day", usage } });
    const transcribe = audio["Audio.Transcriptions.complete"];
    expect(transcribe?.response(fold?.response())).toEqual({
      "gen_ai.response.model": "voxtral-mini",
      "gen_ai.usage.input_tokens": 4,
      "gen_ai.usage.output_tokens": 2,
    });
    expect(transcribe?.output?.(fold?.response())).toEqual([
      { role: "assistant", parts: [{ type: "text", content: "Good day" }] },
    ]);
  });

  it("of speech is part of the answer", () => {
    expect(audio["Audio.Speech.complete"]?.output?.({ audioData: "AAAA" })).toEqual([
      { role: "assistant", parts: [{ type: "blob", modality: "audio", content: "AAAA" }] },
    ]);
  });
});
