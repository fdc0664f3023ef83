import { describe, expect, it } from "vitest";
import { mapTrace } from "../map-span.ts";
import { keywordsAI } from "./index.ts";
import { goldenTrace, logOf, readJson, recordOf } from "./testing.ts";

const chat = { "gen_ai.operation.name": "chat" };
const text = (content: string) => ({ type: "text", content });
const messages = (...given: readonly (readonly [role: string, ...parts: object[]])[]) =>
  JSON.stringify(given.map(([role, ...parts]) => ({ role, parts })));

describe("the golden trace", () => {
  const logs = mapTrace(keywordsAI.configure(), goldenTrace("agent-trace")).map(recordOf);

  it("maps onto the golden logs", () => {
    expect(logs).toEqual(readJson("agent-trace.record.json"));
  });

  it("reproduces the vendor's sample but for the differences named here", () => {
    const differences = [
      "metadata", // the sample keeps the service name alone; we keep all that has no field of its own
      "status", // documented, and sent for successes as well
      "span_path", // documented, and left out of the sample
      "cost", // the sample charges cached tokens like others
      "tool_choice", // no attribute of the span that the sample was made of; comes with a captured raw request
      "stream", // the same: an absent `gen_ai.request.stream` is not `false`
      "full_request", // present because the raw bodies of the embeddings call were captured
      "full_response",
    ];
    const sample = readJson("vendor-sample.json") as readonly Record<string, unknown>[]; // our own file
    const without = (log: object, extra: readonly string[]) =>
      Object.fromEntries(Object.entries(log).filter(([name]) => ![...differences, ...extra].includes(name)));
    const agentOnly = (index: number) => (index === 0 ? ["provider_id"] : []); // the sample omits an agent's provider
    expect(logs.map((log, index) => without(log, agentOnly(index)))).toEqual(
      sample.map((log, index) => without(log, agentOnly(index))),
    );
    for (const [index, log] of logs.entries()) expect(log.metadata).toMatchObject(sample[index]?.["metadata"] ?? {});
  });
});

describe("log_type", () => {
  it.each([
    ["chat", "chat"],
    ["generate_content", "chat"],
    ["text_completion", "completion"],
    ["embeddings", "embedding"],
    ["execute_tool", "tool"],
    ["invoke_agent", "agent"],
    ["create_agent", "agent"],
    ["invoke_workflow", "workflow"],
    ["retrieval", "task"],
    ["search_memory", "task"],
    ["something_new", "custom"],
  ])("of operation %s is %s", (operation, type) => {
    expect(logOf({ "gen_ai.operation.name": operation }).log_type).toBe(type);
  });

  it("is `response` for the Responses API only where the option asks for it", () => {
    const attributes = { ...chat, "openai.api.type": "responses" };
    expect(logOf(attributes).log_type).toBe("chat");
    expect(logOf(attributes, { responseLogType: "response" }).log_type).toBe("response");
    expect(logOf(chat, { responseLogType: "response" }).log_type).toBe("chat");
  });
});

describe("input and output", () => {
  const asked = { "gen_ai.input.messages": messages(["user", text("hi")]) };
  const said = { "gen_ai.output.messages": messages(["assistant", text("hello")]) };
  it.each([
    ["a completion as text", { "gen_ai.operation.name": "text_completion", ...asked, ...said }, "hi", "hello"],
    ["an agent as JSON texts", { "gen_ai.operation.name": "invoke_agent", ...asked, ...said }, '"hi"', '"hello"'],
    [
      "a workflow of several messages as JSON",
      {
        "gen_ai.operation.name": "invoke_workflow",
        "gen_ai.input.messages": messages(["user", text("a")], ["user", text("b")]),
      },
      '[{"role":"user","content":"a"},{"role":"user","content":"b"}]',
      undefined,
    ],
    [
      "a tool with structured values (SDK 3)",
      { "gen_ai.operation.name": "execute_tool", "gen_ai.tool.call.arguments": { a: 1 }, "gen_ai.tool.call.result": 7 },
      '{"a":1}',
      "7",
    ],
    [
      "a retrieval as query and documents",
      {
        "gen_ai.operation.name": "retrieval",
        "gen_ai.retrieval.query.text": "paris",
        "gen_ai.retrieval.documents": '[{"id":"d1"}]',
      },
      "paris",
      '[{"id":"d1"}]',
    ],
    [
      "several embeddings as JSON",
      {
        "gen_ai.operation.name": "embeddings",
        "genspan.raw.request": '{"input":["a","b"]}',
        "genspan.raw.response": '{"data":[{"embedding":[1,2]},{"embedding":[3,4]}]}',
      },
      '["a","b"]',
      "[[1,2],[3,4]]",
    ],
    ["nothing without content", chat, undefined, undefined],
  ])("writes %s", (_name, attributes, input, output) => {
    const log = logOf(attributes);
    expect([log.input, log.output]).toEqual([input, output]);
  });

  it("rebuilds the objects of the Responses API from messages", () => {
    const log = logOf(
      {
        ...chat,
        "openai.api.type": "responses",
        "gen_ai.request.model": "gpt-4.1-mini",
        "gen_ai.response.id": "resp_1",
        "gen_ai.input.messages": messages(["tool", { type: "tool_call_response", id: "c1", response: "11" }]),
        "gen_ai.output.messages": messages([
          "assistant",
          text("warm"),
          { type: "tool_call", id: "c2", name: "f", arguments: { a: 1 } },
        ]),
      },
      { responseLogType: "response" },
    );
    expect(JSON.parse(log.input ?? "")).toEqual({
      model: "gpt-4.1-mini",
      input: [{ type: "function_call_output", call_id: "c1", output: "11" }],
    });
    expect(JSON.parse(log.output ?? "")).toEqual({
      id: "resp_1",
      object: "response",
      model: "gpt-4.1-mini",
      output: [
        { type: "message", role: "assistant", content: [{ type: "output_text", text: "warm" }] },
        { type: "function_call", call_id: "c2", name: "f", arguments: '{"a":1}' },
      ],
    });
    expect(log.completion_message?.content).toBe("warm");
  });

  it("sends all choices where there are several, and the thinking apart", () => {
    const thinking = { type: "reasoning", content: "hm" };
    const log = logOf({
      ...chat,
      "gen_ai.output.messages": messages(["assistant", thinking, text("a")], ["assistant", text("b")]),
    });
    expect(log.completion_message).toEqual({ role: "assistant", content: "a" });
    expect(log.completion_messages).toHaveLength(2);
    expect(log.reasoning).toEqual([thinking]);
  });
});

describe("without content", () => {
  it("carries model, usage, timing and outcome", () => {
    const log = logOf({
      ...chat,
      "gen_ai.request.model": "no-such-model",
      "gen_ai.usage.input_tokens": 3,
      "gen_ai.usage.cache_creation.input_tokens": 2,
      "gen_ai.response.time_to_first_chunk": 0.25,
    });
    expect(log).toEqual({
      log_type: "chat",
      log_method: "ts_tracing",
      model: "no-such-model",
      start_time: "2026-11-20T10:15:30.010Z",
      timestamp: "2026-11-20T10:15:31.294Z",
      latency: 1.284,
      time_to_first_token: 0.25,
      ttft: 0.25,
      usage: { prompt_tokens: 3, total_tokens: 3, cache_creation_prompt_tokens: 2 },
      prompt_tokens: 3,
      prompt_cache_creation_tokens: 2,
      status_code: 200,
      status: "success",
      trace_unique_id: "4bf92f3577b34da6a3ce929d0e0e4736",
      span_unique_id: "a2fb4a1d1a96d312",
      trace_name: "chat gpt-4o-mini",
      span_name: "chat gpt-4o-mini",
    });
  });
});

describe("parameters from the raw request", () => {
  it("reads those of the documented type and no others", () => {
    const raw = {
      tool_choice: { type: "function", function: { name: "f" } },
      logprobs: 5,
      top_logprobs: 2,
      logit_bias: { "1": -100 },
      response_format: { type: "json_schema", json_schema: { name: "x" } },
      stream_options: [],
      user: "",
    };
    const log = logOf({ ...chat, "genspan.raw.request": JSON.stringify(raw) });
    expect(log).toMatchObject({
      tool_choice: raw.tool_choice,
      top_logprobs: 2,
      logit_bias: raw.logit_bias,
      response_format: raw.response_format,
      full_request: raw,
    });
    for (const field of ["logprobs", "stream_options", "user"]) expect(log).not.toHaveProperty(field);
  });
});
