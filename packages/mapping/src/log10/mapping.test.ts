import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, it } from "vitest";
import { GenAISpan } from "../engine/genai-span.ts";
import { mapSpan, mapTrace, tracesOf } from "../engine/map-span.ts";
import type { ReadableSpanLike } from "../engine/readable-span.ts";
import { spanOf } from "../engine/testing.ts";
import { decodeOtlpTraces } from "../otlp/decode.ts";
import { log10 } from "./index.ts";
import type { Completion } from "./schema.ts";

const readJson = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`testdata/${name}`, import.meta.url), "utf8"));
const documented = readJson("documented.schema.json") as { properties: Record<string, unknown> };
const isDocumented = new Ajv2020().compile(documented);
const options = { organizationId: "org_1" };

function mapped(fields: Partial<ReadableSpanLike>, given: object = options): Completion {
  const attributes = { "gen_ai.operation.name": "chat", "gen_ai.request.model": "gpt-4o-mini", ...fields.attributes };
  const result = mapSpan(log10.configure(given), new GenAISpan(spanOf({ ...fields, attributes })));
  if (result.status !== "mapped") throw new Error(JSON.stringify(result, ["status", "problems", "reason"]));
  expect(isDocumented(result.record)).toBe(true);
  return result.record as Completion;
}

describe("the record", () => {
  it("has a row for every documented field and no other", () => {
    const rows = log10.configure().tables.flatMap((table) => table.fields.map(({ field }) => field));
    expect(new Set(rows)).toEqual(new Set(Object.keys(documented.properties)));
  });

  it("of the golden trace is the golden record, one for each model call", () => {
    const decoded = decodeOtlpTraces(readJson("agent-trace.span.json"));
    if (decoded.status !== "decoded") throw new Error(decoded.reason);
    const traces = tracesOf(decoded.spans.map((span) => new GenAISpan(span)));
    const results = traces.flatMap((trace) => mapTrace(log10.configure(options), trace));
    expect(results.map(({ status }) => status)).toEqual(results.map(() => "mapped"));
    expect(results.map((result) => ("record" in result ? result.record : undefined))).toEqual(
      readJson("agent-trace.record.json"),
    );
  });

  it("is complete but for content when none was captured", () => {
    const record = mapped({ attributes: { "gen_ai.response.id": "r1", "gen_ai.response.finish_reasons": ["stop"] } });
    expect(record).toMatchObject({ kind: "chat", status: "finished", duration: 1.284, request: { messages: [] } });
    expect(record.response?.choices).toEqual([
      { index: 0, finish_reason: "stop", logprobs: null, message: { role: "assistant", content: "" } },
    ]);
  });

  it("counts milliseconds when told to", () => {
    expect(mapped({}, { ...options, durationUnit: "milliseconds" }).duration).toBe(1284);
  });

  it("says what failed and why", () => {
    const failed = mapped({
      status: { code: 2, message: "Rate limit reached" },
      attributes: { "error.type": "RateLimitError" },
    });
    expect(failed).toMatchObject({
      status: "failed",
      failure_kind: "RateLimitError",
      failure_reason: "Rate limit reached",
    });
    expect(failed).not.toHaveProperty("response");
  });

  it("unites tags and takes the conversation before the session", () => {
    const attributes = { "genspan.tags": ["b", "a"], "session.id": "s", "gen_ai.conversation.id": "c" };
    const record = mapped({ attributes }, { ...options, tags: ["a"] });
    expect(record.tags).toEqual(["a", "b", "otel.trace_id:4bf92f3577b34da6a3ce929d0e0e4736"]);
    expect(record.session_id).toBe("c");
  });

  it("lets the call's organisation win over the configured one, and without either says what to set", () => {
    expect(mapped({ attributes: { "genspan.organization.id": "org_2" } }).organization_id).toBe("org_2");
    const result = mapSpan(
      log10.configure(),
      new GenAISpan(spanOf({ attributes: { "gen_ai.operation.name": "chat" } })),
    );
    expect(result).toMatchObject({
      status: "invalid",
      problems: [expect.stringMatching(/set option `organizationId`/)],
    });
  });

  it.each(["embeddings", "execute_tool", "invoke_agent", undefined])("is not made of operation %s", (operation) => {
    const span = new GenAISpan(spanOf({ attributes: { "gen_ai.operation.name": operation } }));
    expect(log10.configure(options).accepts(span)).toBe(false);
  });
});

describe("the stack trace", () => {
  const frame = { file: "src/agent.ts", line: "await create(body)", lineno: 42, name: "plan" };

  it("is what was captured at the call", () => {
    const attributes = { "genspan.stacktrace": JSON.stringify([frame, { file: 1 }, null]) };
    expect(mapped({ attributes }).stacktrace).toEqual([frame]);
  });

  it("is read from an exception event otherwise", () => {
    const stack = "Error: no\n    at plan (/app/agent.js:42:7)\n    at /app/main.js:1:2\n    nonsense";
    const events = [
      { time: [0, 0] as [number, number], name: "exception", attributes: { "exception.stacktrace": stack } },
    ];
    expect(mapped({ events }).stacktrace).toEqual([
      { file: "/app/agent.js", line: "", lineno: 42, name: "plan" },
      { file: "/app/main.js", line: "", lineno: 1, name: "<anonymous>" },
    ]);
  });

  it("is one frame of code attributes at the least, and absent without any", () => {
    expect(mapped({ attributes: { "code.file.path": "a.ts", "code.line.number": 3 } }).stacktrace).toEqual([
      { file: "a.ts", line: "", lineno: 3, name: "" },
    ]);
    expect(mapped({})).not.toHaveProperty("stacktrace");
  });
});

describe("what the vendor's own client refuses", () => {
  const valid = mapped({
    attributes: {
      "gen_ai.response.id": "r1",
      "gen_ai.output.messages": '[{"role":"assistant","parts":[{"type":"text","content":"hi"}]}]',
      "gen_ai.input.messages": '[{"role":"developer","parts":[{"type":"text","content":"hi"}]}]',
      "gen_ai.usage.input_tokens": 3,
    },
  });
  const { schema } = log10.configure(options);
  const withChoice = (fields: object) => ({
    ...valid,
    response: { ...valid.response, choices: [{ ...valid.response?.choices[0], ...fields }] },
  });

  it("is refused by our schema as well", () => {
    expect(schema.safeParse(valid).success).toBe(true);
    for (const broken of [
      withChoice({ logprobs: undefined }),
      withChoice({ finish_reason: null }),
      { ...valid, response: { ...valid.response, system_fingerprint: null } },
      { ...valid, request: "text" },
      { ...valid, request: { ...valid.request, messages: [{ role: "developer", content: "x" }] } },
      { ...valid, request: { ...valid.request, response_format: { type: "json_schema" } } },
      {
        ...valid,
        response: { ...valid.response, usage: { prompt_tokens: 0.5, completion_tokens: 1, total_tokens: 1 } },
      },
    ]) {
      expect(schema.safeParse(broken).success).toBe(false);
    }
  });
});

describe("the endpoint", () => {
  it("takes one completion, with the organisation of the record in the header", () => {
    const { endpoint } = log10.configure({ ...options, token: "t", baseUrl: "http://localhost:1/" });
    if ("unavailable" in endpoint) throw new Error(endpoint.unavailable);
    const request = endpoint.request([mapped({ attributes: { "genspan.organization.id": "org_2" } })]);
    expect(endpoint.maxRecords).toBe(1);
    expect(request).toMatchObject({
      url: "http://localhost:1/api/v1/completions",
      method: "POST",
      headers: { "x-log10-token": "t", "x-log10-organization": "org_2" },
    });
    expect(JSON.parse(request.body)).toMatchObject({ organization_id: "org_2" });
  });

  it("is unavailable without a token, and says so", () => {
    expect(log10.configure(options).endpoint).toEqual({ unavailable: "log10: set option `token` or LOG10_TOKEN" });
  });
});
