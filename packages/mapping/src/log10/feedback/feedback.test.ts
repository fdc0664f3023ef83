import { describe, expect, it } from "vitest";
import { decodeRecord } from "../../codec/decode-record.ts";
import { lossOf } from "../../codec/loss.ts";
import { VendorOptionsError } from "../../define-vendor.ts";
import { GenAISpan } from "../../engine/genai-span.ts";
import { spanOf } from "../../engine/testing.ts";
import { Trace } from "../../engine/trace.ts";
import { mapTrace } from "../../map-span.ts";
import { log10 } from "../index.ts";
import type { Completion } from "../schema.ts";
import { options } from "../testing.ts";
import { feedbackSchema } from "./schema.ts";

const TRACE_ID = "4bf92f3577b34da6a3ce929d0e0e4736";
const result = (name: string, more: Record<string, unknown>) => ({
  name: "gen_ai.evaluation.result",
  time: [0, 0] as [number, number],
  attributes: { "gen_ai.evaluation.name": name, ...more },
});
const relevance = result("relevance", {
  "gen_ai.evaluation.score.value": 4,
  "gen_ai.evaluation.score.label": "good",
  "gen_ai.evaluation.explanation": "To the point.",
});
const tone = result("tone", { "gen_ai.evaluation.score.label": "rude", "gen_ai.evaluation.explanation": "Shouts." });

function spanWith(operation: string, events: readonly ReturnType<typeof result>[], spanId = "a2fb4a1d1a96d312") {
  return new GenAISpan(spanOf({ spanId, attributes: { "gen_ai.operation.name": operation }, events: [...events] }));
}

const records = (feedback: unknown, ...spans: readonly GenAISpan[]) =>
  mapTrace(log10.configure({ ...options, feedback }), new Trace(spans)).map((one) => {
    if (one.status !== "mapped") throw new Error(JSON.stringify(one));
    return one.record;
  });

describe("feedback", () => {
  it("is one call for all results of a span, about the span's own completion", () => {
    const [completion, feedback, ...none] = records("task_1", spanWith("chat", [relevance, tone]));
    const { id } = completion as Completion;
    expect(none).toEqual([]);
    expect(feedback).toEqual({
      organization_id: "org_1",
      id: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-4/),
      task_id: "task_1",
      json_values: { relevance: 4, relevance_label: "good", tone: "rude" },
      completion_ids: [id],
      matched_completion_ids: [id],
      comment: "relevance: To the point.\ntone: Shouts.",
    });
  });

  it("goes to the task that takes the evaluation; what no task takes is not sent", () => {
    const given = { tasks: { tone: "task_tone" } };
    const [, feedback, ...none] = records(given, spanWith("chat", [relevance, tone]));
    expect(feedback).toMatchObject({ task_id: "task_tone", json_values: { tone: "rude" }, comment: "Shouts." });
    expect(none).toEqual([]);
    const both = records({ ...given, taskId: "task_1" }, spanWith("chat", [relevance, tone])).slice(1);
    expect(both.map((one) => (one as { task_id: string }).task_id)).toEqual(["task_1", "task_tone"]);
  });

  it("is about the completion that an evaluated step belongs to, else about those of the trace", () => {
    const chat = spanWith("chat", []);
    const judge = new GenAISpan(
      spanOf({
        spanId: "00f067aa0ba902b7",
        parentSpanContext: { traceId: TRACE_ID, spanId: chat.spanId, traceFlags: 1 },
        events: [tone],
      }),
    );
    const [completion, below] = records("task_1", chat, judge);
    expect(below).toMatchObject({ completion_ids: [(completion as Completion).id] });

    const agent = spanWith("invoke_agent", [relevance]);
    expect(records({ taskId: "task_1", maxMatchedCompletions: 20 }, agent)).toMatchObject([
      {
        completion_tags_selector: [`otel.trace_id:${TRACE_ID}`],
        allow_unmatched_feedback: true,
        max_matched_completions: 20,
        matched_completion_ids: [],
      },
    ]);
    expect((completion as Completion).tags).toContain(`otel.trace_id:${TRACE_ID}`);
  });

  it.each([
    ["OpenInference", { "openinference.span.kind": "EVALUATOR", "output.value": '{"score":0.5,"label":"ok"}' }],
    [
      "Langfuse",
      { "langfuse.observation.type": "evaluator", "langfuse.observation.output": '{"value":0.5,"label":"ok"}' },
    ],
    ["attributes", { "openinference.span.kind": "EVALUATOR", "evaluation.score": 0.5, "evaluation.label": "ok" }],
  ])("is made of an evaluation that is a span of its own, as in %s", (_producer, attributes) => {
    const chat = spanWith("chat", []);
    const parentSpanContext = { traceId: TRACE_ID, spanId: chat.spanId, traceFlags: 1 };
    const judge = new GenAISpan(
      spanOf({ spanId: "00f067aa0ba902b7", name: "helpfulness", parentSpanContext, attributes }),
    );
    const [completion, feedback] = records("task_1", chat, judge);
    expect(feedback).toMatchObject({
      json_values: { helpfulness: 0.5, helpfulness_label: "ok" },
      completion_ids: [(completion as Completion).id],
    });
  });

  it("is the same at every retry, and another for another result", () => {
    const idOf = (events: readonly ReturnType<typeof result>[]) =>
      (records("task_1", spanWith("chat", events))[1] as { id: string }).id;
    expect(idOf([relevance])).toBe(idOf([relevance]));
    expect(idOf([relevance])).not.toBe(idOf([tone]));
  });

  it("leaves out what says nothing: results without a name, a score and a label", () => {
    const nothing = [
      result("", { "gen_ai.evaluation.score.value": 1 }),
      result("a", {}),
      result("b", { "gen_ai.evaluation.score.value": Number.NaN }),
      result("c", { "gen_ai.evaluation.score.label": "", "gen_ai.evaluation.explanation": "x" }),
      { name: "another", time: [0, 0] as [number, number], attributes: { "gen_ai.evaluation.name": "d" } },
    ];
    expect(records("task_1", spanWith("chat", nothing))).toHaveLength(1);
  });

  it("is off until a task is named", () => {
    expect(records(undefined, spanWith("chat", [relevance]))).toHaveLength(1);
    expect(records(undefined, spanWith("invoke_agent", [relevance]))).toEqual([]);
  });

  it("goes to its own path, without the organisation, which is a header", () => {
    const { endpoint } = log10.configure({ ...options, token: "t", feedback: "task_1" });
    if ("unavailable" in endpoint) throw new Error(endpoint.unavailable);
    const [, feedback = {}] = records("task_1", spanWith("chat", [tone]));
    const request = endpoint.request([feedback]);
    expect(request.url).toBe("https://log10.io/api/v1/feedback");
    expect(request.headers["x-log10-organization"]).toBe("org_1");
    expect(JSON.parse(request.body)).toEqual({ ...feedback, organization_id: undefined });
  });

  it("comes back as a span with the same results", () => {
    const format = log10.configure({ ...options, feedback: "task_1" });
    const [completion, feedback] = records("task_1", spanWith("chat", [relevance]));
    const own = decodeRecord(format, completion);
    const beside = decodeRecord(format, feedback);
    if (own.status !== "decoded" || beside.status !== "decoded") throw new Error("not decoded");
    expect(beside.problems).toEqual([]);
    expect(beside.spans[0]?.events.map(({ attributes }) => attributes)).toEqual([relevance.attributes]);
    expect(beside.spans[0]?.spanContext().spanId).toBe(own.spans[0]?.spanContext().spanId);
  });

  it.each([
    ["both ways of naming completions", { completion_tags_selector: ["a"], allow_unmatched_feedback: true }],
    ["none of them", { completion_ids: undefined }],
    ["a permission without a selector", { allow_unmatched_feedback: true }],
    ["no comment", { comment: undefined }],
    ["a field that is not documented", { score: 1 }],
  ])("is not as documented with %s", (_case, change) => {
    const [, feedback] = records("task_1", spanWith("chat", [tone]));
    expect(feedbackSchema.safeParse(feedback).success).toBe(true);
    const changed = Object.fromEntries(
      Object.entries({ ...feedback, ...change }).filter(([, value]) => value !== undefined),
    );
    expect(feedbackSchema.safeParse(changed).success).toBe(false);
  });

  it.each([
    [{}, /option `feedback`: give `taskId`, or `tasks`/],
    [{ taskId: "" }, /option `feedback.taskId`: must not be empty/],
    [{ taskId: "t", maxMatchedCompletions: 0 }, /option `feedback.maxMatchedCompletions`: must be above 0/],
    [{ task: "t" }, /unknown option `task`/],
  ])("refuses option %o in a sentence", (feedback, message) => {
    expect(() => log10.configure({ ...options, feedback })).toThrow(VendorOptionsError);
    expect(() => log10.configure({ ...options, feedback })).toThrow(message);
  });
});

describe("the loss report of results", () => {
  const fateOf = (feedback: unknown, operation: string, metric: string) =>
    lossOf(log10.configure({ ...options, feedback }), spanWith(operation, [relevance, tone])).find(
      ({ attribute }) => attribute === `event:gen_ai.evaluation.result ${metric}`,
    );

  it("says how to have them sent where they are not", () => {
    expect(fateOf(undefined, "chat", "tone")).toEqual({
      attribute: "event:gen_ai.evaluation.result tone",
      fate: "dropped",
      reason: "the Completion has no events; set option `feedback` to the id of a task, and it is sent as a Feedback",
      places: [],
    });
    expect(fateOf({ tasks: { tone: "t" } }, "chat", "relevance")).toMatchObject({
      fate: "dropped",
      reason: "no Feedback takes it",
    });
  });

  it("says that they are sent where they are, of agents too", () => {
    expect(fateOf({ tasks: { tone: "t" } }, "chat", "tone")?.fate).toBe("field");
    expect(fateOf({ tasks: { tone: "t" } }, "invoke_agent", "tone")?.fate).toBe("field");
  });
});
