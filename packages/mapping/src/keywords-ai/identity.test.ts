import { describe, expect, it } from "vitest";
import type { ReadableSpanLike } from "../engine/readable-span.ts";
import { spanOf } from "../engine/testing.ts";
import { logOf, logsOf } from "./testing.ts";

const chat = { "gen_ai.operation.name": "chat" };
const id = (digit: number) => String(digit).repeat(16);
const context = (spanId: string) => ({ traceId: "4bf92f3577b34da6a3ce929d0e0e4736", spanId, traceFlags: 1 });

/** Span number `n`, child of span number `parent`, that starts `n` seconds into the trace. */
function nth(n: number, parent: number | undefined, fields: Partial<ReadableSpanLike>): ReadableSpanLike {
  return spanOf({
    spanId: id(n),
    parentSpanContext: parent === undefined ? undefined : context(id(parent)),
    startTime: [1_795_169_730 + n, 0],
    endTime: [1_795_169_740, 0],
    ...fields,
  });
}

describe("a log's place in its trace", () => {
  const server = nth(1, undefined, { name: "POST /ask" });
  const agent = nth(2, 1, {
    name: "invoke_agent helper",
    attributes: { "gen_ai.operation.name": "invoke_agent", "gen_ai.agent.name": "helper", "user.id": "u1" },
  });
  const step = nth(3, 2, { name: "step" });
  const call = nth(4, 3, { name: "chat m", attributes: chat });

  it("hangs on the nearest ancestor that is sent", () => {
    const [agentLog, callLog, ...others] = logsOf([server, agent, step, call]);
    expect(others).toEqual([]);
    expect(agentLog).not.toHaveProperty("span_parent_id");
    expect(callLog).toMatchObject({
      span_parent_id: id(2),
      span_path: "invoke_agent helper",
      span_workflow_name: "helper",
      trace_name: "POST /ask",
      customer_identifier: "u1",
    });
  });

  it("sends other spans as custom logs where the option asks for them", () => {
    const logs = logsOf([server, agent, step, call], { includeOtherSpans: true });
    expect(logs.map((log) => [log.log_type, log.span_parent_id])).toEqual([
      ["custom", undefined],
      ["agent", id(1)],
      ["custom", id(2)],
      ["chat", id(3)],
    ]);
    expect(logs[3]?.span_path).toBe("POST /ask.invoke_agent helper.step");
  });

  it("keeps the parent's id and names no trace where the trace is known in part", () => {
    const [log] = logsOf([call]);
    expect(log?.span_parent_id).toBe(id(3));
    expect(log).not.toHaveProperty("trace_name");
    expect(log).not.toHaveProperty("span_path");
  });

  it("prefers a workflow's name, however far, to an agent's", () => {
    const workflow = nth(1, undefined, {
      attributes: { "gen_ai.operation.name": "invoke_workflow", "gen_ai.workflow.name": "triage" },
    });
    expect(logsOf([workflow, agent, step, call]).at(-1)?.span_workflow_name).toBe("triage");
  });

  it("survives a span that is its own parent, and two that are each other's", () => {
    expect(logsOf([nth(5, 5, { attributes: chat })])[0]).not.toHaveProperty("span_parent_id");
    expect(logsOf([nth(6, 7, { attributes: chat }), nth(7, 6, { attributes: chat })])).toHaveLength(2);
  });

  it("cuts a name at 255 characters and never through a surrogate pair", () => {
    const [log] = logsOf([nth(1, undefined, { name: `${"x".repeat(254)}😀`, attributes: chat })]);
    expect(log?.span_name).toBe("x".repeat(254));
  });
});

describe("who the log is of", () => {
  const options = { customerIdentifier: "opt", groupIdentifier: "opt", customIdentifier: "opt", customerName: "opt" };

  it("comes from the span before the options", () => {
    expect(
      logOf({ ...chat, "user.id": "u", "genspan.group.id": "g", "genspan.custom.id": "c", "session.id": "s" }, options),
    ).toMatchObject({
      customer_identifier: "u",
      group_identifier: "g",
      custom_identifier: "c",
      customer_name: "opt",
      session_identifier: "s",
    });
    expect(logOf(chat, options)).toMatchObject({ customer_identifier: "opt", group_identifier: "opt" });
  });

  it("is read from the attributes of the vendor's own SDK as well, and not repeated in metadata", () => {
    const log = logOf({
      ...chat,
      "keywordsai.customer_params.email": "a@example.com",
      "respan.threads.thread_identifier": "t",
      "respan.evaluation_params.evaluation_identifier": "e",
    });
    expect(log).toMatchObject({ customer_email: "a@example.com", thread_identifier: "t", evaluation_identifier: "e" });
    expect(log).not.toHaveProperty("metadata");
  });
});

describe("metadata", () => {
  it("holds as text what no row reads, and what the user asked for wins", () => {
    const attributes = {
      ...chat,
      "server.port": 443,
      "gen_ai.response.finish_reasons": ["stop"],
      "app.flag": true,
      "genspan.metadata.team": "call",
      "gen_ai.input.messages": "[cut",
      "gen_ai.tool.description": "secret",
      "genspan.raw.chunks": "[]",
    };
    expect(logOf(attributes, { metadata: { team: "option", tier: 2 } }).metadata).toEqual({
      "server.port": "443",
      "gen_ai.response.finish_reasons": '["stop"]',
      "app.flag": "true",
      team: "call",
      tier: "2",
    });
  });

  it("takes service and deployment from the resource, and scores from evaluation events", () => {
    const [log] = logsOf([
      nth(1, undefined, {
        attributes: chat,
        resource: { attributes: { "service.name": "bot", "process.pid": 7 } },
        events: [
          {
            time: [0, 0],
            name: "gen_ai.evaluation.result",
            attributes: { "gen_ai.evaluation.name": "relevance", "gen_ai.evaluation.score.value": 0.5 },
          },
        ],
      }),
    ]);
    expect(log?.metadata).toEqual({ "service.name": "bot", "evaluation.relevance": "0.5" });
  });
});

describe("outcome", () => {
  it.each([
    ["an HTTP status", { "http.response.status_code": 201 }, undefined, [201, "success", undefined]],
    ["a failure with a status", { "http.response.status_code": 429 }, "slow down", [429, "error", "slow down"]],
    ["a failure without one", { "error.type": "TypeError" }, "", [500, "error", "TypeError"]],
    ["a stream that broke after 200", { "http.response.status_code": 200 }, "reset", [500, "error", "reset"]],
    ["an error type without status ERROR", { "error.type": "timeout" }, undefined, [500, "error", "timeout"]],
  ])("of %s", (_name, attributes, message, expected) => {
    const status = message === undefined ? { code: 0 } : { code: 2, message };
    const [log] = logsOf([nth(1, undefined, { attributes: { ...chat, ...attributes }, status })]);
    expect([log?.status_code, log?.status, log?.error_message]).toEqual(expected);
  });

  it("takes the message of the last recorded exception where the status has none", () => {
    const event = (message: string) => ({
      time: [0, 0] as [number, number],
      name: "exception",
      attributes: { "exception.message": message },
    });
    const [log] = logsOf([
      nth(1, undefined, { attributes: chat, status: { code: 2 }, events: [event("first"), event("last")] }),
    ]);
    expect(log?.error_message).toBe("last");
  });
});
