import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, it } from "vitest";
import { GenAISpan } from "../engine/genai-span.ts";
import { mapTrace, tracesOf } from "../engine/map-span.ts";
import type { ReadableSpanLike } from "../engine/readable-span.ts";
import { spanOf } from "../engine/testing.ts";
import { decodeOtlpTraces } from "../otlp/decode.ts";
import { galileo } from "./index.ts";
import type { GalileoTrace } from "./schema.ts";

const readJson = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`testdata/${name}`, import.meta.url), "utf8"));
const documented = readJson("documented.schema.json") as {
  properties: Record<string, unknown>;
  $defs: { Span: { properties: Record<string, unknown> } };
};
const ajv = new Ajv2020({ strict: false });
ajv.addFormat("uuid", /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i);
ajv.addFormat("date-time", /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/);
const isDocumented = ajv.compile(documented);
const options = { projectId: "c0fb3b45-3246-4cbd-9887-a58e2749a005" };

function recordsOf(spans: readonly ReadableSpanLike[], given: object = options): readonly GalileoTrace[] {
  const traces = tracesOf(spans.map((span) => new GenAISpan(span)));
  return traces
    .flatMap((trace) => mapTrace(galileo.configure(given), trace))
    .map((result) => {
      if (result.status !== "mapped") throw new Error(JSON.stringify(result, ["status", "problems", "reason"]));
      expect(isDocumented(result.record)).toBe(true);
      return result.record as GalileoTrace;
    });
}

const chat = { "gen_ai.operation.name": "chat", "gen_ai.request.model": "gpt-4o" };

describe("the record", () => {
  it("has a row for every documented field of trace and span, and no other", () => {
    const [trace, span] = galileo.configure().tables.map(({ fields }) => fields.map(({ field }) => field));
    expect(new Set(trace)).toEqual(new Set(Object.keys(documented.properties)));
    expect(new Set(span)).toEqual(new Set(Object.keys(documented.$defs.Span.properties)));
  });

  it("of the golden trace is the golden record", () => {
    const decoded = decodeOtlpTraces(readJson("agent-trace.span.json"));
    if (decoded.status !== "decoded") throw new Error(decoded.reason);
    expect(recordsOf(decoded.spans)).toEqual(readJson("agent-trace.record.json"));
  });

  it("hangs children of a span that is left out under the nearest one that is kept", () => {
    const [record] = recordsOf([
      spanOf({ spanId: "000000000000000a", attributes: { "gen_ai.operation.name": "invoke_agent" } }),
      spanOf({ spanId: "000000000000000b", parentSpanId: "000000000000000a", name: "GET /" }),
      spanOf({ spanId: "000000000000000c", parentSpanId: "000000000000000b", attributes: chat }),
    ]);
    const [agent, call] = record?.spans ?? [];
    expect(record?.spans).toHaveLength(2);
    expect(call?.parent_id).toBe(agent?.id);
    expect(agent).not.toHaveProperty("parent_id");
  });

  it("keeps other spans as workflows when told to", () => {
    const spans = [spanOf({ name: "GET /" }), spanOf({ spanId: "000000000000000c", attributes: chat })];
    expect(recordsOf(spans, { ...options, includeOtherSpans: true })[0]?.spans?.map(({ type }) => type)).toEqual([
      "workflow",
      "llm",
    ]);
  });

  it("is not made of a trace without GenAI spans", () => {
    expect(recordsOf([spanOf({ name: "GET /" })])).toEqual([]);
  });

  it("carries model, usage and timing when no content was captured", () => {
    const [record] = recordsOf([spanOf({ attributes: { ...chat, "gen_ai.usage.input_tokens": 3 } })]);
    expect(record?.spans?.[0]).toMatchObject({ type: "llm", model: "gpt-4o", tokens_input: 3, duration_ms: 1284 });
    expect(record).not.toHaveProperty("input");
  });

  it("says what failed", () => {
    const failed = spanOf({ status: { code: 2 }, attributes: { ...chat, "error.type": "RateLimitError" } });
    expect(recordsOf([failed])[0]).toMatchObject({
      metrics: { error: "RateLimitError" },
      spans: [{ metrics: { error: "RateLimitError" } }],
    });
  });

  it("without a project says what to set", () => {
    const [trace] = tracesOf([new GenAISpan(spanOf({ attributes: chat }))]);
    const results = trace === undefined ? [] : mapTrace(galileo.configure(), trace);
    expect(results).toMatchObject([{ status: "invalid", problems: [expect.stringMatching(/set option `projectId`/)] }]);
  });
});

describe("the endpoint", () => {
  it("is unavailable without a URL, and says what to use instead", () => {
    expect(galileo.configure(options).endpoint).toMatchObject({ unavailable: expect.stringMatching(/galileo-ingest/) });
  });

  it("is the user's URL, with the key under the configured name", () => {
    const { endpoint } = galileo.configure({ ...options, url: "http://sink/t", apiKey: "k", apiKeyHeader: "X-Key" });
    if ("unavailable" in endpoint) throw new Error(endpoint.unavailable);
    const request = endpoint.request(recordsOf([spanOf({ attributes: chat })]));
    expect(request).toMatchObject({ url: "http://sink/t", method: "POST", headers: { "X-Key": "k" } });
  });
});
