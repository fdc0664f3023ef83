import { answer, call, type DocumentedCase, json, one, said } from "./case.ts";

const INPUT = "gen_ai.input.messages";
const OUTPUT = "gen_ai.output.messages";

/** `gen_ai.prompt` and `gen_ai.completion`, flattened, and the tools beside them. */
export const openllmetryMessages: readonly DocumentedCase[] = [
  one(
    {
      "gen_ai.prompt.0.role": "system",
      "gen_ai.prompt.0.content": "Be brief.",
      "gen_ai.prompt.1.role": "user",
      "gen_ai.prompt.1.content": json([
        { type: "text", text: "What is it?" },
        { type: "image_url", image_url: { url: "https://host/a.png" } },
      ]),
    },
    {
      [INPUT]: [
        said("system", "Be brief."),
        said("user", "What is it?", { type: "uri", modality: "image", uri: "https://host/a.png" }),
      ],
      "gen_ai.prompt.0.role": undefined,
    },
  ),
  one(
    {
      "gen_ai.prompt.0.role": "assistant",
      "gen_ai.prompt.0.tool_calls.0.id": "call_1",
      "gen_ai.prompt.0.tool_calls.0.name": "f",
      "gen_ai.prompt.0.tool_calls.0.arguments": '{"a":1}',
      "gen_ai.prompt.1.role": "tool",
      "gen_ai.prompt.1.tool_call_id": "call_1",
      "gen_ai.prompt.1.content": "42",
    },
    { [INPUT]: [said("assistant", call("call_1", "f", { a: 1 })), said("tool", answer("call_1", "42"))] },
  ),
  one(
    {
      "gen_ai.completion.0.role": "assistant",
      "gen_ai.completion.0.content": "One",
      "gen_ai.completion.0.finish_reason": "stop",
      "gen_ai.completion.1.role": "assistant",
      "gen_ai.completion.1.content": "Two",
      "gen_ai.completion.1.finish_reason": "length",
    },
    {
      [OUTPUT]: [said("assistant", "One"), said("assistant", "Two")],
      "gen_ai.response.finish_reasons": ["stop", "length"],
    },
  ),
  one(
    {
      "gen_ai.completion.0.role": "assistant",
      "gen_ai.completion.0.finish_reason": "function_call",
      "gen_ai.completion.0.function_call.name": "f",
      "gen_ai.completion.0.function_call.arguments": '{"a":1}',
    },
    {
      [OUTPUT]: [said("assistant", { type: "tool_call", name: "f", arguments: { a: 1 } })],
      "gen_ai.response.finish_reasons": ["tool_call"],
    },
  ),
  one(
    {
      "gen_ai.completion.0.role": "assistant",
      "gen_ai.completion.0.content": "Let me look.",
      "gen_ai.completion.0.tool_calls.0.id": "call_1",
      "gen_ai.completion.0.tool_calls.0.name": "f",
      "gen_ai.completion.0.tool_calls.0.arguments": "{}",
    },
    { [OUTPUT]: [said("assistant", "Let me look.", call("call_1", "f", {}))] },
  ),
  one(
    {
      "llm.request.functions.0.name": "f",
      "llm.request.functions.0.description": "d",
      "llm.request.functions.0.parameters": '{"type":"object"}',
      "llm.request.functions.1.name": "g",
      "llm.request.functions.1.arguments": '{"type":"object"}',
    },
    {
      "gen_ai.tool.definitions": [
        { type: "function", name: "f", description: "d", parameters: { type: "object" } },
        { type: "function", name: "g", parameters: { type: "object" } },
      ],
    },
  ),
  one(
    {
      "llm.request.functions.0.name": "f",
      "llm.request.functions.0.input_schema": '{"type":"object"}',
    },
    { "gen_ai.tool.definitions": [{ type: "function", name: "f", parameters: { type: "object" } }] },
    { about: "the tools of Anthropic's client" },
  ),
  one(
    {
      "gen_ai.completion.0.role": "thinking",
      "gen_ai.completion.0.content": "Hm.",
      "gen_ai.completion.0.finish_reason": "tool_use",
      "gen_ai.completion.1.role": "assistant",
      "gen_ai.completion.1.content": "Let me look.",
      "gen_ai.completion.1.tool_calls.0.id": "c1",
      "gen_ai.completion.1.tool_calls.0.name": "f",
      "gen_ai.completion.1.tool_calls.0.arguments": "{}",
    },
    {
      [OUTPUT]: [said("assistant", { type: "reasoning", content: "Hm." }, "Let me look.", call("c1", "f", {}))],
      "gen_ai.response.finish_reasons": ["tool_call"],
    },
  ),
  one(
    {
      "gen_ai.prompt.0.role": "assistant",
      "gen_ai.prompt.0.content": json([
        { type: "text", text: "Let me look." },
        { type: "tool_use", id: "c1", name: "f", input: { a: 1 } },
      ]),
      "gen_ai.prompt.0.tool_calls.0.id": "c1",
      "gen_ai.prompt.0.tool_calls.0.name": "f",
      "gen_ai.prompt.0.tool_calls.0.arguments": '{"a": 1}',
      "gen_ai.prompt.1.role": "user",
      "gen_ai.prompt.1.content": json([{ type: "tool_result", tool_use_id: "c1", content: "42" }]),
    },
    { [INPUT]: [said("assistant", "Let me look.", call("c1", "f", { a: 1 })), said("tool", answer("c1", "42"))] },
    { about: "Anthropic's blocks, whose calls are written twice" },
  ),
  one(
    { "gen_ai.completion.0.role": "assistant", "gen_ai.completion.0.refusal": "No." },
    { [OUTPUT]: [said("assistant", { type: "refusal", content: "No." })] },
  ),
  one(
    {
      "gen_ai.completion.0.role": "assistant",
      "gen_ai.completion.0.content": "Yes",
      "gen_ai.completion.0.reasoning_content": "Hm.",
      "gen_ai.completion.0.content_filter_results": "{}",
    },
    {
      [OUTPUT]: [said("assistant", { type: "reasoning", content: "Hm." }, "Yes")],
      "gen_ai.completion.0.content_filter_results": "{}",
    },
  ),
  one(
    { [OUTPUT]: json([{ role: "assistant", finish_reason: "", parts: [{ type: "text", content: "Hi" }] }]) },
    { [OUTPUT]: [said("assistant", "Hi")], "gen_ai.response.finish_reasons": undefined },
    { scope: "@traceloop/instrumentation-anthropic", about: "a stream whose reason was missed" },
  ),
  one({ "gen_ai.prompt.0.user": "Once upon" }, { [INPUT]: [said("user", "Once upon")] }),
];
