import { describe, expect, it } from "vitest";
import { GenAISpan } from "../engine/genai-span.ts";
import { spanOf } from "../engine/testing.ts";
import { mapTrace, tracesOf } from "../map-span.ts";
import { galileo } from "./index.ts";
import { agent, chat, child, documented, goldenSpans, isDocumented, options, readJson, recordOf } from "./testing.ts";

describe("the record", () => {
  it("has a row for every documented field of trace and span, and no other", () => {
    const [trace, span] = galileo.configure().tables.map(({ fields }) => fields.map(({ field }) => field));
    expect(trace).toEqual(Object.keys(documented.properties));
    expect(new Set(span)).toEqual(new Set(Object.keys(documented.$defs.Span.properties)));
  });

  it("of the golden trace is the golden record", () => {
    expect(recordOf(goldenSpans(), { ...options, logStreamId: "8060d08f-b651-4464-ad2a-248d6ce9afd4" })).toEqual(
      readJson("agent-trace.record.json"),
    );
  });

  it("reproduces the vendor's sample but for the differences named here", () => {
    const sample = readJson("vendor-sample.json") as ReturnType<typeof recordOf>; // our own file
    const record = recordOf(goldenSpans(), { ...options, logStreamId: "8060d08f-b651-4464-ad2a-248d6ce9afd4" });
    const { spans: sampled = [], metrics: _none, ...trace } = sample; // the sample's metrics are empty, ours say more
    expect(record).toMatchObject(trace);
    for (const [
      index,
      { id: _id, trace_id: _trace, parent_id, input, output, metrics, ...span },
    ] of sampled.entries()) {
      const own = record.spans?.[index];
      expect(own).toMatchObject(span); // the ids of the sample's spans are W3C ids, ours are UUIDs like the trace's
      expect(own?.parent_id === undefined).toBe(parent_id === undefined);
      expect(own?.metrics ?? {}).toMatchObject(metrics ?? {});
      if (own?.model !== undefined || own?.type === "tool") expect([own.input, own.output]).toEqual([input, output]);
    }
    expect(record.spans?.slice(sampled.length).map(({ name }) => name)).toEqual(["embeddings text-embedding-3-small"]);
  });

  it("hangs children of a span that is left out under the nearest one that is kept", () => {
    const spans = [agent("a"), child("b", "a", {}), child("c", "b", chat)];
    const [top, call] = recordOf(spans).spans ?? [];
    expect(recordOf(spans).spans).toHaveLength(2);
    expect(call?.parent_id).toBe(top?.id);
    expect(top).not.toHaveProperty("parent_id");
  });

  it("keeps other spans as workflows when told to, but makes no record of nothing else", () => {
    const including = { ...options, includeOtherSpans: true };
    const spans = [child("a", undefined, {}), child("b", "a", chat)];
    expect(recordOf(spans, including).spans?.map(({ type }) => type)).toEqual(["workflow", "llm"]);
    const [other] = tracesOf([new GenAISpan(spanOf({ name: "GET /" }))]);
    for (const given of [options, including]) {
      expect(other && mapTrace(galileo.configure(given), other)).toEqual([]);
    }
  });

  it("carries model, usage and timing when no content was captured", () => {
    const record = recordOf([child("a", undefined, { ...chat, "gen_ai.usage.input_tokens": 3 })]);
    expect(record.spans?.[0]).toMatchObject({ type: "llm", model: "gpt-4o", tokens_input: 3, duration_ms: 1284 });
    expect([record, record.spans?.[0]].flatMap((one) => Object.keys(one ?? {}))).not.toContain("input");
  });

  it("says what failed", () => {
    const failed = spanOf({ status: { code: 2, message: "slow down" }, attributes: { ...chat, "error.type": "429" } });
    expect(recordOf([failed])).toMatchObject({
      metrics: { error: "429" },
      spans: [{ metrics: { error: "429", error_message: "slow down" } }],
    });
  });

  it("takes its ids from the spans before the options, and without a project says what to set", () => {
    const id = "1b4e28ba-2fa1-4d3b-a3f5-ef19b5a7633b";
    expect(recordOf([child("a", undefined, { ...chat, "genspan.project.id": id })]).project_id).toBe(id);
    const [trace] = tracesOf([new GenAISpan(spanOf({ attributes: chat }))]);
    expect(trace && mapTrace(galileo.configure(), trace)).toMatchObject([
      { status: "invalid", problems: [expect.stringMatching(/set option `projectId`/)] },
    ]);
  });

  it("sums calls of models, and no cost where one has none", () => {
    const usage = (cost?: number) => ({ ...chat, "gen_ai.usage.input_tokens": 3, "genspan.cost.usd": cost });
    const known = [agent("a"), child("b", "a", usage(0.1)), child("c", "a", usage(0.2))];
    expect(recordOf(known).metrics).toEqual({ duration_ms: 1284, tokens_input: 6, cost: 0.3 });
    const unknown = child("d", "a", { ...usage(), "gen_ai.request.model": "no-such-model" });
    expect(recordOf([...known, unknown]).metrics).toEqual({ duration_ms: 1284, tokens_input: 9 });
  });

  it("puts results of evaluations among the metrics, but never over a measured one", () => {
    const result = (name: string, score: number) => ({
      time: [0, 0] as [number, number],
      name: "gen_ai.evaluation.result",
      attributes: { "gen_ai.evaluation.name": name, "gen_ai.evaluation.score.value": score },
    });
    const labelled = result("tone", 0.5);
    Object.assign(labelled.attributes, { "gen_ai.evaluation.score.label": "friendly" });
    const events = [result("relevance", 0.9), result("tokens_total", 1), result("__proto__", 2), labelled];
    const attributes = { "gen_ai.operation.name": "chat", "gen_ai.usage.input_tokens": 7 };
    const [span] = recordOf([spanOf({ events, attributes })]).spans ?? [];
    expect(JSON.stringify(span?.metrics)).toBe(
      '{"relevance":0.9,"tokens_total":7,"__proto__":2,"tone":0.5,"tone_label":"friendly"}',
    );
  });
});

describe("type", () => {
  it.each([
    ["chat", "llm"],
    ["text_completion", "llm"],
    ["generate_content", "llm"],
    ["fetch_response", "llm"],
    ["execute_tool", "tool"],
    ["retrieval", "retriever"],
    ["search_memory", "retriever"],
    ["embeddings", "retriever"],
    ["invoke_agent", "workflow"],
    ["create_agent", "workflow"],
    ["invoke_workflow", "workflow"],
    ["plan", "workflow"],
    ["something_new", "workflow"],
  ])("of %s is %s", (operation, type) => {
    const spans = [child("a", undefined, { "gen_ai.operation.name": operation })];
    expect(recordOf(spans).spans?.[0]?.type).toBe(type);
  });

  it("of embeddings is what the option says", () => {
    const spans = [child("a", undefined, { "gen_ai.operation.name": "embeddings" })];
    expect(recordOf(spans, { ...options, embeddingsAs: "tool" }).spans?.[0]?.type).toBe("tool");
  });
});

describe("the endpoint", () => {
  it("is unavailable without a URL, and says what to use instead", () => {
    expect(galileo.configure(options).endpoint).toMatchObject({ unavailable: expect.stringMatching(/galileo-ingest/) });
  });

  it("is the user's URL, with the key under the configured name", () => {
    const { endpoint } = galileo.configure({ ...options, url: "http://sink/t", apiKey: "k", apiKeyHeader: "X-Key" });
    if ("unavailable" in endpoint) throw new Error(endpoint.unavailable);
    const request = endpoint.request([recordOf([child("a", undefined, chat)])]);
    expect(endpoint.maxRecords).toBe(1);
    expect(request).toMatchObject({ url: "http://sink/t", method: "POST", headers: { "X-Key": "k" } });
    expect(isDocumented(JSON.parse(request.body))).toBe(true);
  });

  it.each([
    [{ projectId: "my-project" }, /option `projectId`: must be the UUID of a Galileo project/],
    [{ url: "localhost" }, /option `url`: must be an http or https URL/],
    [{ embeddingsAs: "llm" }, /option `embeddingsAs`: must be "retriever" or "tool"/],
    [{ project: "x" }, /galileo: unknown option `project`/],
  ])("refuses option %j in a sentence", (given, message) => {
    expect(() => galileo.configure(given)).toThrow(message);
  });
});
