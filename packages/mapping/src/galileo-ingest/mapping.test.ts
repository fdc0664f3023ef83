import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { GenAISpan } from "../engine/genai-span.ts";
import { spanOf } from "../engine/testing.ts";
import { mapTrace, tracesOf } from "../map-span.ts";
import { galileoIngest } from "./index.ts";
import type { IngestRequest } from "./schema.ts";
import {
  bodyOf,
  child,
  goldenSpans,
  llmSpan,
  onlySpan,
  options,
  readJson,
  recordOf,
  sentByGalileosClient,
  spanNamed,
} from "./testing.ts";

const chat = { "gen_ai.operation.name": "chat" };
const logStreamId = "8060d08f-b651-4464-ad2a-248d6ce9afd4";
const sampled = {
  ...options,
  logStreamId,
  sessionId: "a4e44e04-ab49-4d7d-be5c-6a6f3071a39b",
  includeTraceIds: true,
  tags: ["production"],
};
const uuid4 = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

describe("the golden trace", () => {
  it("maps onto the golden record", () => {
    expect(recordOf(goldenSpans(), sampled)).toEqual(readJson("agent-trace.record.json"));
  });

  it("reproduces the vendor's sample but for the differences named here", () => {
    const body = bodyOf(recordOf(goldenSpans(), sampled));
    expect(withoutDifferences(body)).toMatchObject(withoutDifferences(readJson("vendor-sample.json")) as object);
  });

  it("has ids of version 4 only", () => {
    const ids: unknown[] = [];
    JSON.stringify(bodyOf(recordOf(goldenSpans(), sampled)), (key, value: unknown) => {
      if (["id", "trace_id", "parent_id", "session_id", "log_stream_id"].includes(key)) ids.push(value);
      return ["tool_calls", "user_metadata"].includes(key) ? undefined : value;
    });
    expect(ids).toHaveLength(25);
    for (const id of ids) expect(id).toMatch(uuid4);
  });
});

/** What the sample has and we do not, by field. Our `user_metadata` and `metrics` say more. */
function withoutDifferences(body: unknown): unknown {
  return JSON.parse(
    JSON.stringify(body, (key, value: unknown) => {
      if (key === "client_version") return undefined; // each has a name of its own
      if (key === "time_to_first_token_ns") return undefined; // invented: no span of the sample carries it
      if (Array.isArray(value) && value.length === 0) return undefined; // `tags` and `spans` that are empty
      if (key === "output" && JSON.stringify(value) === '{"role":"assistant","content":""}') return undefined; // no answer
      return value;
    }),
  );
}

describe("where a trace goes", () => {
  const experimentId = "1b4e28ba-2fa1-4d3b-a3f5-ef19b5a7633b";
  const targetOf = (attributes: object, given: object = {}) => {
    const { project_id, log_stream_id, experiment_id, session_id, session_external_id } = recordOf(
      [child("a", undefined, { ...chat, ...attributes })],
      { ...options, ...given },
    );
    return { project_id, log_stream_id, experiment_id, session_id, session_external_id };
  };

  it.each([
    ["the options", {}, { logStreamId }, { log_stream_id: logStreamId }],
    ["an experiment option", {}, { experimentId }, { experiment_id: experimentId }],
    [
      "no experiment of another vendor",
      { "genspan.experiment.id": "exp_9" },
      { logStreamId },
      { log_stream_id: logStreamId, experiment_id: undefined },
    ],
    [
      "an experiment of the call before a log stream option",
      { "genspan.experiment.id": experimentId },
      { logStreamId },
      { experiment_id: experimentId, log_stream_id: undefined },
    ],
    [
      "a log stream of the call before an experiment option",
      { "genspan.log_stream.id": logStreamId },
      { experimentId },
      { log_stream_id: logStreamId, experiment_id: undefined },
    ],
    ["the project of the call", { "genspan.project.id": experimentId }, {}, { project_id: experimentId }],
    [
      "Galileo's session, and the conversation as its external one",
      { "galileo.session.id": logStreamId, "gen_ai.conversation.id": "c", "session.id": "s" },
      {},
      { session_id: logStreamId, session_external_id: "c" },
    ],
    ["the session option last", { "session.id": "s" }, { sessionExternalId: "x" }, { session_external_id: "s" }],
    ["the session option", {}, { sessionExternalId: "x" }, { session_external_id: "x" }],
  ])("is said by %s", (_name, attributes, given, expected) => {
    expect(targetOf(attributes, given)).toMatchObject(expected);
  });

  it.each([
    [{}, {}, /set option `projectId` or GALILEO_PROJECT_ID/],
    [options, { "genspan.log_stream.id": "main" }, /log_stream_id: must be a UUID of version 4 \(option `logStreamId`/],
    [options, { "galileo.session.id": "s" }, /session_id: must be a UUID of version 4/],
  ])("is reported where it is missing or no UUID (%#)", (given, attributes, message) => {
    const [trace] = tracesOf([new GenAISpan(spanOf({ attributes: { ...chat, ...attributes } }))]);
    const [result] = trace === undefined ? [] : mapTrace(galileoIngest.configure(given), trace);
    expect(result).toMatchObject({ status: "invalid" });
    expect(result?.status === "invalid" ? result.problems.join("; ") : "").toMatch(message);
  });
});

describe("a span", () => {
  it("says what became of it", () => {
    const status = (fields: object) => spanNamed(recordOf([spanOf({ name: "a", ...fields })]), "a").status_code;
    expect(status({ attributes: chat })).toBe(200);
    expect(status({ attributes: { ...chat, "error.type": "timeout" } })).toBe(500);
    expect(status({ attributes: chat, status: { code: 2 } })).toBe(500);
    expect(status({ attributes: { ...chat, "http.response.status_code": 200 }, status: { code: 2 } })).toBe(500);
    expect(status({ attributes: { ...chat, "http.response.status_code": 429 }, status: { code: 2 } })).toBe(429);
  });

  it("keeps attributes without a field as text, and never content", () => {
    const { user_metadata } = llmSpan({
      "server.port": 443,
      "app.flags": ["a", "b"],
      "gen_ai.usage.input_tokens": 3,
      "gen_ai.input.messages": "[]",
      "gen_ai.prompt.variable.name": "secret",
      "genspan.raw.request": "{}",
      "genspan.project.id": options.projectId,
      "genspan.metadata.team": "blue",
      "genspan.metadata.server.port": "mine",
    });
    expect(user_metadata).toEqual({
      "otel.trace_id": "4bf92f3577b34da6a3ce929d0e0e4736",
      "otel.span_id": "000000000000000a",
      "gen_ai.operation.name": "chat",
      "app.flags": '["a","b"]',
      team: "blue",
      "server.port": "mine",
    });
  });

  it("carries model, usage and timing when no content was captured", () => {
    const span = llmSpan({ "gen_ai.request.model": "gpt-4o", "gen_ai.usage.input_tokens": 3 });
    expect(span).toMatchObject({ model: "gpt-4o", metrics: { duration_ns: 1_284_000_000, num_input_tokens: 3 } });
    expect(span).not.toHaveProperty("input");
    expect(span).not.toHaveProperty("output");
  });

  it("says a cost once: an agent's usage repeats that of its calls", () => {
    const priced = { "gen_ai.request.model": "gpt-4o", "genspan.cost.usd": 0.5 };
    const record = recordOf([
      spanOf({
        spanId: "000000000000000a",
        name: "agent",
        attributes: { ...priced, "gen_ai.operation.name": "invoke_agent" },
      }),
      spanOf({
        spanId: "000000000000000b",
        parentSpanId: "000000000000000a",
        name: "call",
        attributes: { ...priced, "gen_ai.operation.name": "chat" },
      }),
    ]);
    expect(spanNamed(record, "call").metrics).toMatchObject({ cost: 0.5 });
    expect(spanNamed(record, "agent").metrics).not.toHaveProperty("cost");
  });

  it("has time to first token in nanoseconds, and evaluations under their names", () => {
    const events = [
      {
        time: [0, 0] as [number, number],
        name: "gen_ai.evaluation.result",
        attributes: { "gen_ai.evaluation.name": "tone", "gen_ai.evaluation.score.label": "kind" },
      },
    ];
    const attributes = { ...chat, "gen_ai.response.time_to_first_chunk": 1.201 };
    expect(spanNamed(recordOf([spanOf({ name: "a", events, attributes })]), "a").metrics).toEqual({
      duration_ns: 1_284_000_000,
      time_to_first_token_ns: 1_201_000_000,
      tone: "kind",
    });
  });

  it("of embeddings is a retriever, or a tool when told so", () => {
    const embeddings = { "gen_ai.operation.name": "embeddings", "gen_ai.embeddings.dimension.count": 4 };
    expect(onlySpan(embeddings)).toMatchObject({ type: "retriever", output: [{ content: "[embedding dims=4]" }] });
    const tool = onlySpan(embeddings, { ...options, embeddingsAs: "tool" });
    expect(tool).toMatchObject({ type: "tool", output: "[embedding dims=4]" });
  });
});

describe("any trace", () => {
  it.each<[string, Record<string, unknown>]>([
    ["cut JSON", { "gen_ai.input.messages": '[{"role', "gen_ai.tool.definitions": '[{"na' }],
    ["numbers that are none", { "gen_ai.usage.input_tokens": Number.NaN, "gen_ai.request.temperature": Number.NaN }],
    ["negative and broken counts", { "gen_ai.usage.input_tokens": -1, "gen_ai.response.time_to_first_chunk": -1 }],
    ["a huge text", { "app.note": "x".repeat(2_000_000) }],
    ["big integers in structured values (SDK 3)", { "app.n": { n: 1n }, "gen_ai.tool.call.arguments": { n: 1n } }],
    ["a value that contains itself", { "app.loop": loop() }],
    ["attributes of wrong types", { "gen_ai.response.finish_reasons": "stop", "error.type": {}, "genspan.tags": 1 }],
    ["a status code that is none", { "http.response.status_code": 200.5 }],
  ])("with %s gives a valid record that can be written as JSON", (_name, attributes) => {
    const body = bodyOf(recordOf([child("a", undefined, { ...chat, ...attributes })]));
    expect(sentByGalileosClient(body)).toMatchObject(body);
  });

  it("with keys called __proto__ keeps them as keys", () => {
    const attributes = { ...chat, "genspan.metadata.__proto__": "x", "galileo.dataset.metadata": '{"__proto__":1}' };
    const json = JSON.stringify(bodyOf(recordOf([child("a", undefined, attributes)])));
    expect(json).toContain('"__proto__":"x"');
    expect(json).toContain('"dataset_metadata":{"__proto__":"1"}');
  });

  it("is reported, not thrown, where its times are none", () => {
    const [trace] = tracesOf([new GenAISpan(spanOf({ attributes: chat, endTime: [Number.NaN, 0] }))]);
    expect(trace && mapTrace(galileoIngest.configure(options), trace)).toMatchObject([{ status: "invalid" }]);
  });

  it("gives the same record each time, which Galileo's client sends as it is, and stays as it was", () => {
    fc.assert(
      fc.property(traces, (given) => {
        const before = structuredClone(given);
        const spans = given.map(([attributes, parent], index) => child(String(index), parent, { ...attributes }));
        const map = () => tracesOf(spans.map((span) => new GenAISpan(span))).flatMap((one) => mapTrace(format, one));
        const [result] = map();
        expect(result?.status).toBe("mapped");
        if (result?.status !== "mapped") return;
        const body = bodyOf(result.record as IngestRequest); // what `map` has just been seen to make
        expect(sentByGalileosClient(body)).toMatchObject(body);
        expect(JSON.stringify(body).match(/"step_number"/g)).toHaveLength(spans.length);
        expect(JSON.stringify(map()[0])).toBe(JSON.stringify(result));
        expect(spans.map((span, index) => [{ ...span.attributes }, given[index]?.[1]])).toEqual(before);
      }),
    );
  });
});

function loop(): object {
  const value: Record<string, unknown> = {};
  value["self"] = value;
  return value;
}

const format = galileoIngest.configure(options);

/** Galileo's client drops keys called `__proto__`, which a test above is about. */
const json = fc.json().filter((text) => !text.includes("__proto__"));

const traces = fc.array(
  fc.tuple(
    fc.record(
      {
        "gen_ai.operation.name": fc.constantFrom(
          "chat",
          "embeddings",
          "execute_tool",
          "retrieval",
          "invoke_agent",
          "x",
        ),
        "gen_ai.request.model": fc.string(),
        "gen_ai.input.messages": json,
        "gen_ai.output.messages": json,
        "gen_ai.tool.call.arguments": json,
        "gen_ai.retrieval.documents": json,
        "gen_ai.usage.input_tokens": fc.integer(),
        "gen_ai.response.finish_reasons": fc.array(fc.string()),
        "genspan.raw.request": json,
        "app.any": fc.string(),
      },
      { requiredKeys: ["gen_ai.operation.name"] },
    ),
    fc.constantFrom(undefined, "0", "1", "2", "3", "f"),
  ),
  { minLength: 1, maxLength: 5 },
);
