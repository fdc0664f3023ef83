import { describe, expect, it } from "vitest";
import { createRun, createThreadAndRun, submitToolOutputs } from "./assistants.ts";

const run = (fields: object) => ({ id: "run_1", object: "thread.run", assistant_id: "asst_1", ...fields });

function fold(chunks: readonly unknown[], content = true): unknown {
  const made = createRun.stream?.(content);
  for (const chunk of chunks) made?.add(chunk);
  return made?.response();
}

const part = (value: string) => ({ type: "text", text: { value, annotations: [] } });
const delta = (value: string) => ({
  event: "thread.message.delta",
  data: { id: "msg_1", delta: { content: [{ index: 0, ...part(value) }] } },
});
const begun = { event: "thread.run.in_progress", data: run({ status: "in_progress" }) };

describe("a run of an assistant", () => {
  it.each([
    ["completed", { status: "completed" }, ["stop"]],
    ["that waits for tools", { status: "requires_action" }, ["tool_call"]],
    ["cut short", { status: "incomplete", incomplete_details: { reason: "max_completion_tokens" } }, ["length"]],
    ["queued", { status: "queued" }, undefined],
    ["in progress", { status: "in_progress" }, undefined],
    ["failed", { status: "failed" }, ["error"]],
  ])("%s has its finish reason", (_name, fields, expected) => {
    expect(createRun.response(run(fields))["gen_ai.response.finish_reasons"]).toEqual(expected);
  });

  it("that failed or expired is a failure, though the call succeeded", () => {
    const error = { code: "rate_limit_exceeded", message: "slow down" };
    expect(createRun.failure?.(run({ status: "failed", last_error: error }))).toMatchObject({
      type: "rate_limit_exceeded",
      message: "slow down",
    });
    expect(createRun.failure?.(run({ status: "expired" }))).toMatchObject({ type: "expired" });
    expect(createRun.failure?.(run({ status: "failed" }))).toMatchObject({ type: "_OTHER" });
    expect(createRun.failure?.(run({ status: "completed" }))).toBeUndefined();
  });

  it("says what was asked: instructions, messages, tools and their results", () => {
    const body = {
      instructions: "Be brief.",
      additional_instructions: "In verse.",
      thread: { messages: [{ role: "user", content: "Hi" }] },
      additional_messages: [{ role: "user", content: [{ type: "text", text: "there" }] }],
      tools: [{ type: "code_interpreter" }],
      tool_outputs: [{ tool_call_id: "call_1", output: "42" }],
    };
    expect(createThreadAndRun.input?.(body)).toEqual({
      system: [
        { type: "text", content: "Be brief." },
        { type: "text", content: "In verse." },
      ],
      messages: [
        { role: "user", parts: [{ type: "text", content: "Hi" }] },
        { role: "user", parts: [{ type: "text", content: "there" }] },
        { role: "tool", parts: [{ type: "tool_call_response", id: "call_1", response: "42" }] },
      ],
      tools: [{ type: "code_interpreter", name: "code_interpreter" }],
    });
  });

  it("says which functions the application is to call", () => {
    const call = { id: "call_1", type: "function", function: { name: "f", arguments: '{"a":1}' } };
    const action = { type: "submit_tool_outputs", submit_tool_outputs: { tool_calls: [call] } };
    expect(createRun.output?.(run({ status: "requires_action", required_action: action }))).toEqual([
      { role: "assistant", parts: [{ type: "tool_call", id: "call_1", name: "f", arguments: { a: 1 } }] },
    ]);
    expect(createRun.output?.(run({ status: "queued", required_action: null }))).toEqual([]);
  });

  it("finds thread and run in the arguments of every version", () => {
    const outputs = { tool_outputs: [] };
    const current = submitToolOutputs.body?.(["run_1", { thread_id: "thread_1", ...outputs }]);
    const version4 = submitToolOutputs.body?.(["thread_1", "run_1", outputs]);
    expect(current).toEqual(version4);
    expect(current).toEqual({ thread_id: "thread_1", run_id: "run_1", ...outputs });
  });
});

describe("the stream of a run", () => {
  const step = {
    event: "thread.run.step.completed",
    data: {
      id: "step_1",
      step_details: {
        type: "tool_calls",
        tool_calls: [
          { id: "call_1", type: "code_interpreter", code_interpreter: { input: "1+1", outputs: [{ logs: "2" }] } },
          { id: "call_2", type: "function", function: { name: "f", arguments: "{}" } },
        ],
      },
    },
  };
  const image = { type: "image_file", image_file: { file_id: "file_1" } };
  const whole = { event: "thread.message.completed", data: { id: "msg_1", content: [part("Two."), image] } };
  const done = { event: "thread.run.completed", data: run({ status: "completed" }) };

  it("gives the run as it ended, the provider's tools and the whole messages", () => {
    const folded = fold([begun, step, delta("T"), delta("wo."), whole, done]);
    expect(folded).toMatchObject({ id: "run_1", status: "completed" });
    expect(createRun.output?.(folded)).toEqual([
      {
        role: "assistant",
        parts: [
          {
            type: "server_tool_call",
            id: "call_1",
            name: "code_interpreter",
            server_tool_call: { type: "code_interpreter", input: "1+1" },
          },
          {
            type: "server_tool_call_response",
            id: "call_1",
            server_tool_call_response: { type: "code_interpreter", outputs: [{ logs: "2" }] },
          },
          { type: "text", content: "Two." },
          { type: "file", modality: "image", file_id: "file_1" },
        ],
      },
    ]);
  });

  it("gives what was said so far where it is broken off", () => {
    expect(createRun.output?.(fold([begun, delta("T"), delta("wo")]))).toEqual([
      { role: "assistant", parts: [{ type: "text", content: "Two" }] },
    ]);
  });

  it("keeps no content where none is captured, and takes what is no event as nothing", () => {
    expect(fold([begun, step, delta("T"), whole, done], false)).toEqual({ ...done.data, output: [] });
    expect(fold([undefined, 1, {}, { event: "thread.run.completed" }, { event: 1, data: {} }])).toEqual({ output: [] });
  });
});
