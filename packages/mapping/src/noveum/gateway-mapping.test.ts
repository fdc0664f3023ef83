import { describe, expect, it } from "vitest";
import { noveum } from "./index.ts";
import { gateway, golden, leavesOf, readJson } from "./testing.ts";

describe("the gateway's dialect", () => {
  it("has the gateway's fields, all of them, in every log", () => {
    const isBody = (path: string) => /^attributes\.(request|response)\b/.test(path);
    const samples = readJson("vendor-sample.json") as readonly { dialect: string; record: object }[];
    const paths = (record: object) => new Set([...leavesOf(record).keys()].filter((path) => !isBody(path)));
    const sample = samples.find(({ dialect }) => dialect === "gateway")?.record ?? {};
    for (const record of golden({ dialect: "gateway" })) expect(paths(record)).toEqual(paths(sample));
  });

  it("says what failed, and null for what is not known", () => {
    const { metadata, ...attributes } = gateway({
      status: { code: 2, message: "slow down" },
      attributes: { "error.type": "RateLimitError", "http.response.status_code": 429 },
    }).attributes;
    expect(attributes).toMatchObject({
      thread_id: "thread_4bf92f35",
      org_id: null,
      user_id: null,
      project_id: null,
      experiment_id: null,
      response: { error: '{"message":"slow down","type":"RateLimitError"}' },
    });
    expect(metadata).toMatchObject({
      status: "error",
      status_code: 429,
      provider_status_code: 429,
      error_count: 1,
      error_type: "RateLimitError",
      provider_error_count: 1,
      provider_error_type: "RateLimitError",
      tokens: { input: null, output: null, total: null },
      cost: null,
      path: "/v1/chat/completions",
    });
  });

  it("tells an error on the way to the provider from one of the provider", () => {
    const fields = { status: { code: 2 }, attributes: { "error.type": "APIConnectionError" } };
    expect(gateway(fields).attributes.metadata).toMatchObject({
      status: "error",
      status_code: 500,
      provider_status_code: 0,
      error_count: 1,
      provider_error_count: 0,
      provider_error_type: null,
    });
  });

  it("takes the provider's own word for its error", () => {
    const attributes = {
      "error.type": "RateLimitError",
      "http.response.status_code": 429,
      "genspan.raw.response": '{"error":{"type":"requests","code":"rate_limit_exceeded"}}',
    };
    const { error_type, provider_error_type } = gateway({ attributes, status: { code: 2 } }).attributes.metadata;
    expect([error_type, provider_error_type]).toEqual(["RateLimitError", "rate_limit_exceeded"]);
  });

  it("counts a stream's first chunk in milliseconds", () => {
    const attributes = { "gen_ai.request.stream": true, "gen_ai.response.time_to_first_chunk": 0.21 };
    const { metadata } = gateway({ attributes }).attributes;
    expect(metadata).toMatchObject({ ttfb: 210, provider_latency: 210, latency: 1284, status_code: 200 });
  });

  it.each<[string, Record<string, unknown>, number]>([
    ["as measured", { "http.request.body.size": 12, "genspan.raw.request": "{}" }, 12],
    ["of the raw body in bytes", { "genspan.raw.request": '{"a":"é"}' }, 10],
    [
      "of the rebuilt body",
      { "gen_ai.input.messages": '[{"role":"user","parts":[{"type":"text","content":"hi"}]}]' },
      Buffer.byteLength('{"model":"gpt-4o","messages":[{"role":"user","content":"hi"}]}'),
    ],
    ["0 without content", {}, 0],
  ])("gives the request's size %s", (_name, attributes, size) => {
    expect(gateway({ attributes }).attributes.metadata.request_size).toBe(size);
  });

  it("sanitises bodies for the index", () => {
    const parts = [{ type: "text", text: "hi" }];
    const request = { messages: [{ role: "user", content: parts }], seed: 1 };
    const response = {
      messages: [{ content: { a: 1 } }, 7],
      choices: [{ seed: 7, message: { content: parts } }],
      error: { code: 1 },
      data: { error: [1] },
      streamed_data: [{ error: { a: 1 }, choices: [{ seed: 1.5, delta: { content: parts } }] }, { id: "r" }],
    };
    const attributes = {
      "genspan.raw.request": JSON.stringify(request),
      "genspan.raw.response": JSON.stringify(response),
    };
    const record = gateway({ attributes }).attributes;
    expect(record.request).toEqual({ messages: [{ role: "user", content: JSON.stringify(parts) }], seed: 1 });
    expect(record.response).toEqual({
      messages: [{ content: '{"a":1}' }, 7],
      choices: [{ seed: "7", message: { content: parts } }],
      error: '{"code":1}',
      data: { error: "[1]" },
      streamed_data: [
        { error: '{"a":1}', choices: [{ seed: "1.5", delta: { content: JSON.stringify(parts) } }] },
        { id: "r" },
      ],
    });
  });

  it("is not valid where the gateway's type demands a number", () => {
    const { attributes, ...record } = gateway();
    const { schema } = noveum.configure({ dialect: "gateway" });
    const without = { ...attributes, metadata: { ...attributes.metadata, ttfb: null } };
    expect(schema.safeParse({ ...record, attributes }).success).toBe(true);
    expect(schema.safeParse({ ...record, attributes: without }).success).toBe(false);
  });
});
