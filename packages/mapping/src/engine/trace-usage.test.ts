import { describe, expect, it } from "vitest";
import { GenAISpan } from "./genai-span.ts";
import { spanOf } from "./testing.ts";
import { Trace } from "./trace.ts";
import { usageOfTrace } from "./trace-usage.ts";

/** A span by its id, parent, operation, and the tokens that it says it used. */
function span(
  spanId: string,
  parent: string | undefined,
  operation: string,
  tokens?: number,
  more: object = {},
): GenAISpan {
  const traceId = "4bf92f3577b34da6a3ce929d0e0e4736";
  return new GenAISpan(
    spanOf({
      spanId,
      attributes: {
        "gen_ai.operation.name": operation,
        "gen_ai.request.model": "gpt-4o",
        "gen_ai.provider.name": "openai",
        ...(tokens !== undefined && { "gen_ai.usage.input_tokens": tokens, "gen_ai.usage.output_tokens": 1 }),
        ...more,
      },
      ...(parent !== undefined && { parentSpanContext: { traceId, spanId: parent, traceFlags: 1 } }),
    }),
  );
}

describe("what a span used itself", () => {
  const kind = { chat: 2, internal: 0 } as const;
  it.each([
    ["a call", "chat", kind.chat, 10],
    ["an agent in this process", "invoke_agent", kind.internal, undefined],
    ["a workflow", "invoke_workflow", kind.internal, undefined],
    ["an agent that runs elsewhere", "invoke_agent", kind.chat, 10],
    ["a span of an operation that nobody knows", "rerank", kind.internal, 10],
  ])("is known of %s", (_name, operation, spanKind, expected) => {
    const { source } = span("1", undefined, operation, 10);
    const own = new GenAISpan({ ...source, kind: spanKind });
    expect(own.ownUsage.input).toBe(expected);
    expect(own.ownCost === undefined).toBe(expected === undefined);
    expect(own.usage.input).toBe(10);
  });
});

describe("the sums of a trace", () => {
  it("count calls and not the agents, steps and workflows that repeat them", () => {
    const trace = new Trace([
      span("w", undefined, "invoke_workflow", 30),
      span("a", "w", "invoke_agent", 30),
      span("s", "a", "agent_step", 10),
      span("1", "s", "chat", 10),
      span("t", "a", "execute_tool"),
      span("2", "a", "chat", 20),
    ]);
    const sums = usageOfTrace(trace);
    expect(sums).toMatchObject({ input: 30, output: 2, total: 32, calls: 2 });
    expect(sums.cost).toBeCloseTo(30 * 2.5e-6 + 2 * 10e-6, 12);
  });

  it("count a call once that two instrumentations have traced, or that has a span around its generation", () => {
    const trace = new Trace([
      span("outer", undefined, "chat", 10),
      span("between", "outer", "some_step"),
      span("inner", "between", "chat", 10),
    ]);
    expect(usageOfTrace(trace)).toMatchObject({ input: 10, calls: 1 });
  });

  it("count the outer span where the inner one says nothing of its usage", () => {
    const trace = new Trace([span("outer", undefined, "chat", 10), span("inner", "outer", "chat")]);
    expect(usageOfTrace(trace)).toMatchObject({ input: 10, calls: 1 });
  });

  it("have no cost where the price of one call is not known, and no counts where nothing is", () => {
    const unknown = span("2", undefined, "chat", 20, { "gen_ai.request.model": "house-model" });
    expect(usageOfTrace(new Trace([span("1", undefined, "chat", 10), unknown]))).toEqual({
      input: 30,
      output: 2,
      total: 32,
      calls: 2,
    });
    expect(usageOfTrace(new Trace([span("a", undefined, "invoke_agent", 5)]))).toEqual({ calls: 0 });
  });
});
