import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { GenAISpan } from "../engine/genai-span.ts";
import { spanOf } from "../engine/testing.ts";
import { Trace } from "../engine/trace.ts";
import { type MapResult, mapSpan, mapTrace } from "../map-span.ts";
import { mapAll, spansIn, testdataBeside, validRecord } from "../testing.ts";
import { cyberpod } from "./index.ts";
import type { TraceRecord } from "./schema.ts";

const readJson = testdataBeside(import.meta.url);
const chat = { "gen_ai.operation.name": "chat" };
const asked = { "gen_ai.input.messages": '[{"role":"user","parts":[{"type":"text","content":"hi"}]}]' };

describe("the documented fields", () => {
  const documented = readJson("documented-fields.json") as readonly Documented[]; // our own copy of the portal's table

  it("are the rows of the mapping, in the same order", () => {
    const rows = cyberpod.configure().tables.flatMap((table) => table.fields);
    expect(rows.map((row) => row.field)).toEqual(documented.map((one) => one.field));
    const stamped = rows.filter((row) => !row.available);
    expect(stamped.map((row) => row.field)).toEqual([
      ...["id", "tenant_id", "app_id", "created_at", "updated_at", "created_by", "updated_by"],
      ...["is_deleted", "deleted_at", "deleted_by", "schema_version"],
    ]);
  });

  it("have the documented types in every record, and each is filled in one", () => {
    const full = recordOf(mapSpan(cyberpod.configure(fullOptions), new GenAISpan(spanOf(fullSpan))));
    for (const record of [full, ...golden()]) {
      for (const [field, value] of Object.entries(record)) {
        const type = documented.find((one) => one.field === field)?.type;
        expect([field, TYPES[type ?? ""]?.(value)]).toEqual([field, true]);
      }
    }
    const rows = cyberpod.configure().tables.flatMap((table) => table.fields);
    expect(Object.keys(full)).toEqual(rows.filter((row) => row.available).map((row) => row.field));
  });
});

describe("the golden trace", () => {
  it("maps onto the golden records", () => {
    expect(golden()).toEqual(readJson("agent-trace.record.json"));
  });

  it("reproduces the vendor's sample but for the differences named here", () => {
    const differences = [
      "source", // ours says which span, since the record has no field for it
      "cost_usd", // the sample charges cached tokens like others
      "request_hash", // neither the vendor nor the sample says how the request is canonicalised
    ];
    const sample = readJson("vendor-sample.json") as readonly { spanId: string; writable: object }[]; // our own file
    const agent = golden()[0];
    expect(agent).toMatchObject({ span_kind: "invoke_agent", agent_run_id: "00f067aa0ba902b7" });
    const records = golden().slice(1);
    for (const { spanId, writable } of sample) {
      const record = records.find((one) => one.source.endsWith(spanId));
      const entries = (value: object) =>
        Object.entries(value).filter(
          // The sample writes null, [], 0 and false for what is not known; we leave those fields out.
          ([field, item]) => !differences.includes(field) && item && !(Array.isArray(item) && item.length === 0),
        );
      expect(Object.fromEntries(entries(record ?? {}))).toEqual(Object.fromEntries(entries(writable)));
    }
    expect(sample).toHaveLength(records.length);
  });
});

describe("model", () => {
  it.each([
    ["openai", "gpt-4o", "openai/gpt-4o"],
    ["openrouter", "openai/gpt-4o", "openrouter/openai/gpt-4o"],
    ["openai", "openai/gpt-4o", "openai/gpt-4o"],
    [undefined, "openai/gpt-4o", "openai/gpt-4o"],
    [undefined, "gpt-4o", undefined],
    ["openai", undefined, undefined],
  ])("of provider %s and name %s is %s", (provider, model, expected) => {
    const record = mapped({ ...chat, "gen_ai.provider.name": provider, "gen_ai.request.model": model });
    expect(record.model).toBe(expected);
  });
});

describe("finish_reason", () => {
  it.each([
    [["stop"], "stop"],
    [["end_turn"], "stop"],
    [["MAX_TOKENS"], "length"],
    [["tool_call", "stop"], "tool_calls"],
    [["content_filter"], "error"],
    [["refusal"], "error"],
    [["pause_turn"], undefined],
    [[], undefined],
  ])("of %j is %s", (reasons, expected) => {
    expect(mapped({ ...chat, "gen_ai.response.finish_reasons": reasons }).finish_reason).toBe(expected);
  });

  it("is error for a failed call, whatever the reason", () => {
    const attributes = { ...chat, "gen_ai.response.finish_reasons": ["stop"] };
    const span = new GenAISpan(spanOf({ attributes, status: { code: 2 } }));
    expect(recordOf(mapSpan(cyberpod.configure(), span)).finish_reason).toBe("error");
  });
});

describe("agent_run_id", () => {
  const id = (digit: number) => String(digit).repeat(16);
  const nth = (n: number, attributes: Record<string, unknown>) =>
    new GenAISpan(
      spanOf({
        spanId: id(n),
        parentSpanContext: n === 1 ? undefined : { traceId: "0".repeat(32), spanId: id(n - 1), traceFlags: 1 },
        attributes,
      }),
    );
  const agent = { "gen_ai.operation.name": "invoke_agent" };
  const runIds = (...spans: readonly GenAISpan[]) =>
    mapTrace(cyberpod.configure(), new Trace(spans)).map((result) => recordOf(result).agent_run_id);

  it("is the nearest agent's span, which counts itself", () => {
    expect(runIds(nth(1, agent), nth(2, agent), nth(3, {}), nth(4, chat))).toEqual([id(1), id(2), id(2)]);
  });

  it("is the agent's id where its span is not known, else the trace's", () => {
    expect(runIds(nth(2, { ...chat, "gen_ai.agent.id": "asst_1" }))).toEqual(["asst_1"]);
    expect(runIds(nth(2, chat))).toEqual(["4bf92f3577b34da6a3ce929d0e0e4736"]);
  });
});

describe("request_hash", () => {
  const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");

  it("is SHA-256 of the rebuilt request with its keys in order", () => {
    const record = mapped({ ...chat, ...asked, "gen_ai.request.model": "m", "gen_ai.request.temperature": 0.5 });
    expect(record.request_hash).toBe(
      sha256('{"messages":[{"content":"hi","role":"user"}],"model":"m","temperature":0.5}'),
    );
  });

  it("takes the raw request before the rebuilt one, in any order of its keys", () => {
    const one = mapped({ ...chat, ...asked, "genspan.raw.request": '{"b":1,"a":[1.0,"é"]}' }).request_hash;
    expect(one).toBe(sha256('{"a":[1,"é"],"b":1}'));
    expect(mapped({ ...chat, "genspan.raw.request": '{"a":[1,"\\u00e9"],"b":1e0}' }).request_hash).toBe(one);
  });

  it.each([
    ["without content", { ...chat, "gen_ai.request.model": "m" }],
    ["for a tool", { "gen_ai.operation.name": "execute_tool", ...asked }],
    ["for half a surrogate pair", { ...chat, "genspan.raw.request": '{"a":"\\ud800"}' }],
  ])("is absent %s", (_name, attributes) => {
    expect(mapped(attributes)).not.toHaveProperty("request_hash");
  });
});

describe("without content", () => {
  it("carries model, usage, timing and a cache hit that is known", () => {
    expect(
      mapped({
        ...chat,
        "gen_ai.provider.name": "acme",
        "gen_ai.response.model": "m-1",
        "gen_ai.usage.input_tokens": 3,
        "gen_ai.usage.cache_read.input_tokens": 0,
      }),
    ).toEqual({
      source: "edm",
      source_type: "api",
      agent_run_id: "4bf92f3577b34da6a3ce929d0e0e4736",
      model: "acme/m-1",
      provider: "acme",
      span_kind: "chat",
      input_tokens: 3,
      cache_read_tokens: 0,
      latency_ms: 1284,
      cache_hit: false,
      ts: "2026-11-20T10:15:30.010Z",
    });
  });
});

describe("any span", () => {
  it.each<[string, Record<string, unknown>]>([
    ["cut JSON", { "gen_ai.input.messages": '[{"role', "genspan.policy_decisions": '{"a' }],
    ["numbers that are none", { "gen_ai.usage.input_tokens": Number.NaN, "gen_ai.request.temperature": Number.NaN }],
    ["NaN in a structured request (SDK 3)", { "genspan.raw.request": { temperature: Number.NaN } }],
    ["a big integer in a structured request", { "genspan.raw.request": { n: 1n } }],
    [
      "a key called __proto__",
      { "genspan.raw.request": '{"__proto__":{"a":1}}', "genspan.policy_decisions": '{"__proto__":1}' },
    ],
    ["a text of two million characters", { "genspan.raw.request": JSON.stringify({ a: "x".repeat(2_000_000) }) }],
    [
      "attributes of wrong types",
      { "gen_ai.provider.name": 1, "user.id": [], "gen_ai.response.finish_reasons": "stop" },
    ],
  ])("with %s gives a valid record that can be written as JSON", (_name, attributes) => {
    const record = mapped({ ...chat, ...attributes });
    expect(JSON.parse(JSON.stringify(record))).toMatchObject({ span_kind: "chat", latency_ms: 1284 });
  });

  it("gives the same record each time and stays as it was", () => {
    fc.assert(
      fc.property(spans, (given) => {
        const attributes = { ...given };
        const before = structuredClone(attributes);
        const map = () => mapSpan(cyberpod.configure(), new GenAISpan(spanOf({ attributes })));
        const result = map();
        expect(result.status).not.toBe("failed");
        expect(JSON.stringify(map())).toBe(JSON.stringify(result));
        expect(attributes).toEqual(before);
      }),
    );
  });
});

const spans = fc.record(
  {
    "gen_ai.operation.name": fc.constantFrom("chat", "embeddings", "execute_tool", "x"),
    "gen_ai.provider.name": fc.string(),
    "gen_ai.request.model": fc.string(),
    "gen_ai.input.messages": fc.json(),
    "genspan.raw.request": fc.oneof(
      fc.json(),
      fc.string({ unit: "binary" }).map((text) => JSON.stringify({ text })),
    ),
    "genspan.policy_decisions": fc.json(),
    "gen_ai.usage.input_tokens": fc.integer(),
    "gen_ai.response.finish_reasons": fc.array(fc.string()),
  },
  { requiredKeys: ["gen_ai.operation.name"] },
);

interface Documented {
  readonly field: string;
  readonly type: string;
}

/** What the portal's types mean for a value that is written. */
const TYPES: Readonly<Record<string, (value: unknown) => boolean>> = {
  string: (value) => typeof value === "string" && value !== "",
  number: (value) => typeof value === "number" && Number.isFinite(value),
  boolean: (value) => typeof value === "boolean",
  json: (value) => value !== undefined && JSON.stringify(value) !== undefined,
  enum: (value) => ["frontend", "backend", "server", "system", "api"].includes(String(value)),
  "date-time": (value) => typeof value === "string" && new Date(value).toISOString() === value,
};

/** A span and options that fill every field that can be filled. */
const fullOptions = { policyDecisions: [{ allow: true }], securityViolations: [], source: "otel" };
const fullSpan = {
  parentSpanContext: { traceId: "4bf92f3577b34da6a3ce929d0e0e4736", spanId: "00f067aa0ba902b7", traceFlags: 1 },
  attributes: {
    ...chat,
    ...asked,
    "gen_ai.provider.name": "openai",
    "gen_ai.request.model": "gpt-4o-mini",
    "gen_ai.usage.input_tokens": 10,
    "gen_ai.usage.output_tokens": 2,
    "gen_ai.usage.cache_read.input_tokens": 4,
    "gen_ai.usage.cache_write.input_tokens": 1,
    "gen_ai.response.finish_reasons": ["stop"],
    "genspan.cost.usd": 0.5,
    "user.id": "u",
    "genspan.api_key.id": "key_1",
    "genspan.routing_rule": "cheapest",
    "genspan.policy_decisions": '[{"rule":"pii","decision":"allow"}]',
    "genspan.episode.id": "ep_1",
  },
};

function golden(): readonly TraceRecord[] {
  const format = cyberpod.configure({ source: "otel", sourceType: "backend" });
  return mapAll(format, spansIn(readJson("agent-trace.span.json"))).map(recordOf);
}

function mapped(attributes: Record<string, unknown>): TraceRecord {
  return recordOf(mapSpan(cyberpod.configure(), new GenAISpan(spanOf({ attributes }))));
}

function recordOf(result: MapResult): TraceRecord {
  return validRecord(result) as TraceRecord; // made by this vendor, and valid by its schema
}
