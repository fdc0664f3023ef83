import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { GenAISpan } from "../engine/genai-span.ts";
import { mapSpan, mapTrace, tracesOf } from "../engine/map-span.ts";
import type { ReadableSpanLike } from "../engine/readable-span.ts";
import { spanOf } from "../engine/testing.ts";
import { decodeOtlpTraces } from "../otlp/decode.ts";
import { noveum } from "./index.ts";
import type { GatewayRequestLog, RequestLog } from "./schema.ts";

const readJson = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`testdata/${name}`, import.meta.url), "utf8"));

const base = {
  "gen_ai.operation.name": "chat",
  "gen_ai.provider.name": "azure.ai.openai",
  "gen_ai.request.model": "gpt-4o",
};

function mapped<T>(fields: Partial<ReadableSpanLike>, options: object = {}): T {
  const span = new GenAISpan(spanOf({ ...fields, attributes: { ...base, ...fields.attributes } }));
  const result = mapSpan(noveum.configure(options), span);
  if (result.status !== "mapped") throw new Error(JSON.stringify(result, ["status", "problems", "reason"]));
  return result.record as T; // the dialect of the options
}
const documented = (fields: Partial<ReadableSpanLike>, options: object = {}) => mapped<RequestLog>(fields, options);
const gateway = (fields: Partial<ReadableSpanLike>, options: object = {}) =>
  mapped<GatewayRequestLog>(fields, { ...options, dialect: "gateway" });

const pathsOf = (value: unknown, prefix = ""): readonly string[] =>
  typeof value !== "object" || value === null || Array.isArray(value) || /\.(request|response)$/.test(prefix)
    ? [prefix]
    : Object.entries(value).flatMap(([key, item]) => pathsOf(item, `${prefix}.${key}`));

describe("the documented dialect", () => {
  const examples = readJson("documented.records.json") as readonly unknown[];

  it("takes the three records of the vendor's document", () => {
    expect(examples).toHaveLength(3);
    for (const example of examples) expect(noveum.configure().schema.safeParse(example).error).toBeUndefined();
  });

  it("fills exactly the fields that those have", () => {
    const record = documented(
      {
        attributes: {
          "user.id": "u",
          "gen_ai.response.id": "r",
          "gen_ai.usage.input_tokens": 5,
          "gen_ai.usage.output_tokens": 2,
        },
        resource: {
          attributes: { "service.name": "s", "service.version": "1", "deployment.environment.name": "production" },
        },
      },
      { orgId: "o", projectId: "p", projectName: "P" },
    );
    expect(new Set(pathsOf(record))).toEqual(new Set(pathsOf(examples[0])));
    expect(record.attributes).toMatchObject({
      provider: "azure",
      project_id: "p",
      metadata: { projectId: "p", projectName: "P" },
    });
  });

  it("of the golden trace is the golden record", () => {
    const decoded = decodeOtlpTraces(readJson("agent-trace.span.json"));
    if (decoded.status !== "decoded") throw new Error(decoded.reason);
    const traces = tracesOf(decoded.spans.map((span) => new GenAISpan(span)));
    const results = traces.flatMap((trace) => mapTrace(noveum.configure({ orgId: "org_123" }), trace));
    expect(results.map((result) => ("record" in result ? result.record : result))).toEqual(
      readJson("agent-trace.record.json"),
    );
  });

  it("leaves out cost and tokens that are not known", () => {
    const { metadata } = documented({}).attributes;
    expect(metadata).toEqual({ latency: 1284, status: "success" });
  });

  it("is not made without a provider, and says what is missing", () => {
    const span = new GenAISpan(
      spanOf({ attributes: { "gen_ai.operation.name": "chat", "gen_ai.request.model": "m" } }),
    );
    expect(mapSpan(noveum.configure(), span)).toMatchObject({
      status: "invalid",
      problems: ["attributes.provider: is missing: the span has no `gen_ai.provider.name`"],
    });
  });
});

describe("bodies", () => {
  const raw = { model: "gpt-4o", messages: [{ role: "user", content: [{ type: "text", text: "hi" }] }], top_k: 3 };

  it("are the provider's own where they were captured", () => {
    const attributes = { "genspan.raw.request": JSON.stringify(raw), "genspan.raw.response": '{"id":"x","odd":1}' };
    expect(documented({ attributes }).attributes).toMatchObject({ request: raw, response: { id: "x", odd: 1 } });
  });

  it("carry a stream's text in delta and its chunks in streamed_data", () => {
    const attributes = {
      "gen_ai.request.stream": true,
      "gen_ai.response.id": "r1",
      "gen_ai.response.finish_reasons": ["stop"],
      "gen_ai.output.messages": '[{"role":"assistant","parts":[{"type":"text","content":"hello"}]}]',
      "genspan.raw.chunks": '[{"id":"r1"},{"id":"r1"}]',
    };
    expect(documented({ attributes }).attributes.response).toEqual({
      id: "r1",
      model: "gpt-4o",
      choices: [{ index: 0, delta: { role: "assistant", content: "hello" }, finish_reason: "stop" }],
      streamed_data: [{ id: "r1" }, { id: "r1" }],
    });
  });

  it("are sanitised for the index in the gateway's dialect", () => {
    const response = { choices: [{ seed: 7 }], error: { code: 1 }, streamed_data: [{ error: { a: 1 } }, { id: "r" }] };
    const attributes = { "genspan.raw.request": JSON.stringify(raw), "genspan.raw.response": JSON.stringify(response) };
    const record = gateway({ attributes }).attributes;
    expect(record.request).toEqual({ ...raw, messages: [{ role: "user", content: '[{"type":"text","text":"hi"}]' }] });
    expect(record.response).toEqual({
      choices: [{ seed: "7" }],
      error: '{"code":1}',
      streamed_data: [{ error: '{"a":1}' }, { id: "r" }],
    });
    expect(record.metadata.request_size).toBe(Buffer.byteLength(JSON.stringify(record.request)));
  });
});

describe("the gateway's dialect", () => {
  it("says what failed, and null for what is not known", () => {
    const { metadata, ...attributes } = gateway({
      status: { code: 2, message: "slow down" },
      attributes: { "error.type": "RateLimitError", "http.response.status_code": 429 },
    }).attributes;
    expect(attributes).toMatchObject({
      thread_id: "thread_4bf92f35",
      org_id: null,
      response: { error: expect.any(String) },
    });
    expect(metadata).toMatchObject({
      status: "error",
      status_code: 429,
      error_count: 1,
      error_type: "RateLimitError",
      tokens: { input: null, output: null, total: null },
      cost: null,
      ttfb: null,
      path: "/v1/chat/completions",
    });
  });

  it("counts a stream's first chunk in milliseconds", () => {
    const { metadata } = gateway({ attributes: { "gen_ai.response.time_to_first_chunk": 0.21 } }).attributes;
    expect(metadata).toMatchObject({ ttfb: 210, provider_latency: 210, latency: 1284, status_code: 200 });
  });
});

describe("the endpoint", () => {
  const records = [documented({})];

  it("indexes documents under their own ids, so that none is stored twice", () => {
    const { endpoint } = noveum.configure({ elasticsearchUrl: "http://es:9200/", username: "u", password: "p" });
    if ("unavailable" in endpoint) throw new Error(endpoint.unavailable);
    const request = endpoint.request(records);
    expect(request).toMatchObject({
      url: "http://es:9200/_bulk",
      headers: { authorization: "Basic dTpw", "content-type": "application/x-ndjson" },
    });
    const [action, document, end] = request.body.split("\n");
    expect(JSON.parse(action ?? "")).toEqual({ index: { _index: "ai-gateway-metrics", _id: "msg_a2fb4a1d1a96d312" } });
    expect(JSON.parse(document ?? "")).toEqual(records[0]);
    expect(end).toBe("");
  });

  it("posts an array to a URL of the user's", () => {
    const { endpoint } = noveum.configure({ url: "http://sink/logs" });
    if ("unavailable" in endpoint) throw new Error(endpoint.unavailable);
    expect(JSON.parse(endpoint.request(records).body)).toEqual(records);
  });

  it.each(["execute_tool", "invoke_agent", "search_memory", undefined])("gets nothing of operation %s", (operation) => {
    const span = new GenAISpan(spanOf({ attributes: { "gen_ai.operation.name": operation } }));
    expect(noveum.configure().accepts(span)).toBe(false);
  });
});
