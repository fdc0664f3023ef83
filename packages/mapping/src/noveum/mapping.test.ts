import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { GenAISpan } from "../engine/genai-span.ts";
import { spanOf } from "../engine/testing.ts";
import { mapSpan } from "../map-span.ts";
import { noveum } from "./index.ts";
import { base, differences, documented, gateway, golden, leavesOf, readJson } from "./testing.ts";

/** The three records of docs/logs.md, without its comments. */
const examples = readJson("documented.records.json") as readonly Example[];

describe("the documented records", () => {
  it("are valid", () => {
    expect(examples).toHaveLength(3);
    for (const example of examples) expect(noveum.configure().schema.safeParse(example).error).toBeUndefined();
  });

  it("have no field that is not a row, and every row is filled in one", () => {
    const isBody = (path: string) => /^attributes\.(request|response)\b/.test(path);
    const inExamples = examples.flatMap((example) => [...leavesOf(example).keys()]).filter((path) => !isBody(path));
    const rows = noveum.configure().tables.flatMap((table) => table.fields.map(({ field }) => field));
    const leaves = rows.filter((field) => !rows.some((other) => other.startsWith(`${field}.`)) && !isBody(field));
    expect(new Set(leaves)).toEqual(new Set(inExamples));
  });

  it.each(examples.map((example) => [example.attributes.id, example] as const))(
    "are what the spans of such calls map onto (%s)",
    (_id, example) => {
      const named = [
        "attributes.id", // made of the span id
        "attributes.response.choices.0.finish_reason", // the streamed example leaves it out, the others have it
        "attributes.response.choices.0.index", // left out by the streamed example
        // Left out by the streamed example, whose provider has it under `x_groq` alone.
        "attributes.response.usage.completion_tokens",
        "attributes.response.usage.prompt_tokens",
        "attributes.response.usage.total_tokens",
      ];
      expect(differences(documented(...callOf(example)), example).filter((path) => !named.includes(path))).toEqual([]);
    },
  );

  it.each([
    ["a latency in text", { attributes: { ...examples[0]?.attributes, metadata: { latency: "6250" } } }],
    ["the other dialect's thread", { attributes: { ...examples[0]?.attributes, thread_id: "t" } }],
    ["another name", { name: "log" }],
    ["a request that is text", { attributes: { ...examples[0]?.attributes, request: "{}" } }],
  ])("are not valid with %s", (_name, change) => {
    expect(noveum.configure().schema.safeParse({ ...examples[0], ...change }).success).toBe(false);
  });
});

describe("the golden trace", () => {
  it.each([
    ["documented", "agent-trace.record.json"],
    ["gateway", "agent-trace.gateway.record.json"],
  ])("maps onto the golden records of the dialect %s", (dialect, file) => {
    expect(golden({ dialect, orgId: "org_123" })).toEqual(readJson(file));
  });

  it("reproduces the vendor's sample but for the differences named here", () => {
    const named = [
      "attributes.metadata.cost", // the sample charges cached tokens like others
      "attributes.metadata.provider_request_id", // a header of the sample's that its span does not carry
      "attributes.metadata.provider_latency", // as is ...
      "attributes.metadata.ttfb", // ... the time of the first byte
      "attributes.metadata.request_size", // the sample's bodies were not measured
      "attributes.metadata.response_size",
      "attributes.metadata.provider_error_type", // the error body is rebuilt from the span, which has ...
      "attributes.response.error", // ... the class of the error alone
      "attributes.metadata.tokens.output", // the sample writes 0 for the output of an embedding; the span has no count
      "attributes.request.tool_choice", // no attribute for it
      "attributes.request.dimensions", // left out by the sample, though its span has it
      "attributes.response.created", // the sample takes the start, we the end
    ];
    const samples = readJson("vendor-sample.json") as readonly { dialect: string; spanId: string; record: object }[];
    for (const { dialect, spanId, record } of samples) {
      const tenant = { orgId: "org_123", projectId: "proj_travel" };
      const options = dialect === "documented" ? { ...tenant, projectName: "Travel" } : { ...tenant, dialect };
      const ours = golden(options).find((log) => log.attributes.id === `msg_${spanId}`);
      expect(differences(ours, record).filter((path) => !named.includes(path))).toEqual([]);
    }
    expect(samples).toHaveLength(4);
  });
});

describe("fields", () => {
  it("take what the call says before the option", () => {
    const options = { orgId: "o", projectId: "p", projectName: "n", userId: "u", serviceName: "s", environment: "e" };
    const attributes = { "genspan.organization.id": "O", "genspan.project.id": "P", "user.id": "U" };
    const resource = { attributes: { "service.name": "S", "deployment.environment": "E" } };
    expect(documented({ attributes, resource }, options)).toMatchObject({
      resource: { "service.name": "S", "deployment.environment": "E" },
      attributes: { org_id: "O", project_id: "P", user_id: "U", metadata: { projectId: "P", projectName: "n" } },
    });
    expect(documented({}, options)).toMatchObject({
      resource: { "service.name": "s", "deployment.environment": "e" },
      attributes: { org_id: "o", project_id: "p", user_id: "u" },
    });
  });

  it("name a service that an SDK was told nothing of as the option does", () => {
    const resource = { attributes: { "service.name": "unknown_service:node" } };
    expect(documented({ resource }, { serviceName: "bot" }).resource).toEqual({ "service.name": "bot" });
    expect(documented({ resource }).resource).toEqual({ "service.name": "unknown_service" });
  });

  it("leave out what is not known, and what content would have said", () => {
    expect(documented().attributes).toEqual({
      id: "msg_a2fb4a1d1a96d312",
      threadId: "thread_4bf92f35",
      provider: "azure",
      model: "gpt-4o",
      request: { model: "gpt-4o" },
      metadata: { latency: 1284, status: "success" },
    });
  });

  it("take the provider of an option where the span says none, and say so where nobody does", () => {
    const attributes = { "gen_ai.operation.name": "chat", "gen_ai.request.model": "m" };
    const given = mapSpan(noveum.configure({ provider: "openai" }), new GenAISpan(spanOf({ attributes })));
    expect(given).toMatchObject({ status: "mapped", record: { attributes: { provider: "openai" } } });
    expect(mapSpan(noveum.configure(), new GenAISpan(spanOf({ attributes })))).toMatchObject({
      status: "invalid",
      problems: ["attributes.provider: is missing: the span has no `gen_ai.provider.name`; set option `provider`"],
    });
  });
});

describe("any span", () => {
  it.each<[string, Record<string, unknown>]>([
    ["cut JSON", { "gen_ai.input.messages": '[{"role', "genspan.raw.chunks": '[{"a' }],
    ["numbers that are none", { "gen_ai.usage.input_tokens": Number.NaN, "http.response.status_code": "x" }],
    ["raw bodies of wrong types", { "genspan.raw.request": "7", "genspan.raw.chunks": "{}", "user.id": [] }],
    ["NaN and a big integer in a structured body (SDK 3)", { "genspan.raw.request": { a: Number.NaN, n: 1n } }],
    ["a key called __proto__", { "genspan.raw.request": '{"__proto__":{"a":1},"error":{"__proto__":1}}' }],
    [
      "chunks of wrong types",
      { "genspan.raw.chunks": '[1,null,{"choices":[{"index":1e9,"delta":{}},null]},{"choices":7}]' },
    ],
    ["a text of two million characters", { "genspan.raw.response": JSON.stringify({ a: "x".repeat(2_000_000) }) }],
  ])("with %s gives a valid log that can be written as JSON", (_name, attributes) => {
    for (const record of [documented({ attributes }), gateway({ attributes })]) {
      expect(JSON.parse(JSON.stringify(record))).toEqual(record);
    }
  });

  it("gives the same log each time and stays as it was", () => {
    fc.assert(
      fc.property(spans, fc.constantFrom("documented", "gateway"), (given, dialect) => {
        const attributes = { ...given };
        const before = structuredClone(attributes);
        const map = () => mapSpan(noveum.configure({ dialect }), new GenAISpan(spanOf({ attributes })));
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
    "gen_ai.operation.name": fc.constantFrom("chat", "embeddings", "text_completion"),
    "gen_ai.provider.name": fc.string(),
    "gen_ai.request.model": fc.string(),
    "gen_ai.request.stream": fc.boolean(),
    "gen_ai.input.messages": fc.json(),
    "gen_ai.output.messages": fc.json(),
    "genspan.raw.request": fc.json(),
    "genspan.raw.response": fc.json(),
    "genspan.raw.chunks": fc.array(fc.json()).map((chunks) => `[${chunks.join(",")}]`),
    "gen_ai.usage.input_tokens": fc.integer(),
  },
  { requiredKeys: ["gen_ai.operation.name"] },
);

interface Example {
  readonly timestamp: string;
  readonly resource: Readonly<Record<string, string>>;
  readonly attributes: {
    readonly id: string;
    readonly threadId: string;
    readonly org_id: string;
    readonly user_id: string;
    readonly project_id: string;
    readonly provider: string;
    readonly model: string;
    readonly request: object;
    readonly response: { readonly streamed_data?: readonly object[] };
    readonly metadata: {
      readonly projectName: string;
      readonly latency: number;
      readonly tokens: { readonly input: number; readonly output: number };
      readonly cost: number;
      readonly provider_request_id: string;
    };
  };
}

/** The span of the call that an example logs, as an instrumentation with `captureRaw` would write it. */
function callOf({ timestamp, resource, attributes }: Example): Parameters<typeof documented> {
  const { response, metadata } = attributes;
  const millis = Date.parse(timestamp);
  const hrTime = (time: number): [number, number] => [Math.floor(time / 1e3), (time % 1e3) * 1e6];
  const { streamed_data: chunks } = response;
  const delta = (response as { choices?: { delta?: { content: string } }[] }).choices?.[0]?.delta;
  const span = {
    ...base,
    "gen_ai.provider.name": attributes.provider,
    "gen_ai.response.model": attributes.model,
    "genspan.thread.id": attributes.threadId,
    "user.id": attributes.user_id,
    "genspan.raw.request": JSON.stringify(attributes.request),
    ...(chunks === undefined && { "genspan.raw.response": JSON.stringify(response) }),
    ...(chunks !== undefined && {
      "gen_ai.request.stream": true,
      "gen_ai.response.id": (response as { id?: string }).id,
      "genspan.raw.chunks": JSON.stringify(chunks),
      "gen_ai.response.finish_reasons": ["stop"],
      "gen_ai.output.messages": JSON.stringify([
        { role: "assistant", parts: [{ type: "text", content: delta?.content }] },
      ]),
    }),
    "gen_ai.usage.input_tokens": metadata.tokens.input,
    "gen_ai.usage.output_tokens": metadata.tokens.output,
    "genspan.cost.usd": metadata.cost,
    "genspan.response.request_id": metadata.provider_request_id,
  };
  const fields = {
    attributes: span,
    startTime: hrTime(millis - metadata.latency),
    endTime: hrTime(millis),
    resource: { attributes: resource },
  };
  const { org_id: orgId, project_id: projectId } = attributes;
  return [fields, { orgId, projectId, projectName: metadata.projectName }];
}
