/** The examples run as a user runs them; what arrived is asserted, so they cannot rot. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SpoolReader } from "@genspan/exporter";
import { type Mock, startMock } from "@genspan/mocks";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { replies } from "../conformance/clients/openai/replies.ts";
import { type BehaviourServer, startBehaviourServer } from "../support/behaviour-server.ts";
import { type OtlpSink, startOtlpSink } from "../support/otlp-sink.ts";
import { runProgram } from "./run-program.ts";

let server: BehaviourServer;
let sink: OtlpSink;
let log10: Mock;
let keywordsAI: Mock;
beforeAll(async () => {
  [server, sink, log10, keywordsAI] = await Promise.all([
    startBehaviourServer(),
    startOtlpSink(),
    startMock("log10", { key: "log10-token" }),
    startMock("keywords-ai", { key: "respan-key" }),
  ]);
  server.open("examples", replies);
});
afterAll(() => Promise.all([server.close(), sink.close(), log10.close(), keywordsAI.close()]));
beforeEach(() => {
  for (const mock of [sink, log10, keywordsAI]) mock.reset();
});

/** What all programs read. */
const environment = () => ({
  OPENAI_API_KEY: "key",
  OPENAI_BASE_URL: `${server.url}/examples/app/v1`,
  OPENAI_MODEL: "gpt-5",
  OTEL_EXPORTER_OTLP_ENDPOINT: sink.url,
  RESPAN_API_KEY: "respan-key",
  RESPAN_BASE_URL: keywordsAI.url,
  LOG10_TOKEN: "log10-token",
  LOG10_ORGANIZATION_ID: "org_1",
  LOG10_URL: log10.url,
});

/** The program's own output: nothing of ours is in it. */
const ANSWERED = { exitCode: 0, stderr: "", stdout: '{"a":1}\n' };

const MODEL_SPAN = {
  name: "chat gpt-5",
  kind: 3,
  scope: { name: "@genspan/instrumentation" },
  attributes: {
    "gen_ai.operation.name": "chat",
    "gen_ai.request.model": "gpt-5",
    "gen_ai.response.model": "gpt-5",
    "gen_ai.usage.input_tokens": 11,
    "gen_ai.usage.output_tokens": 7,
  },
};

describe.each([
  ["an ES module", "examples/register-esm", "app.mjs"],
  ["CommonJS", "examples/register-cjs", "app.cjs"],
])("an application in %s with --import genspan/register", (_format, folder, file) => {
  const run = (more: Readonly<Record<string, string>> = {}) =>
    runProgram(folder, ["--import", "genspan/register", file], { ...environment(), ...more });

  it("has each call arrive as exactly one span and one record, without content", async () => {
    const variables = { GENSPAN_DESTINATIONS: "otlp,keywords-ai", OTEL_SERVICE_NAME: "shop" };
    expect(await run(variables)).toEqual(ANSWERED);
    expect(sink.spans).toMatchObject([{ ...MODEL_SPAN, resource: { "service.name": "shop" } }]);
    expect(Object.keys(sink.spans[0]?.attributes ?? {})).not.toContain("gen_ai.input.messages");
    expect(sink.requests).toMatchObject([{ path: "/v1/traces", format: "protobuf" }]);
    expect(keywordsAI.requests).toMatchObject([{ path: "/api/v1/traces/ingest", problems: [] }]);
    expect(keywordsAI.records).toMatchObject([
      { record: { log_type: "chat", model: "gpt-5", usage: { prompt_tokens: 11, completion_tokens: 7 } } },
    ]);
  });

  it("has content recorded and OTLP sent as JSON where the environment says so", async () => {
    const variables = { GENSPAN_CAPTURE_CONTENT: "span", OTEL_EXPORTER_OTLP_PROTOCOL: "http/json" };
    expect(await run(variables)).toEqual(ANSWERED);
    expect(sink.requests).toMatchObject([{ format: "json" }]);
    expect(JSON.parse(String(sink.spans[0]?.attributes["gen_ai.input.messages"]))).toEqual([
      { role: "user", parts: [{ type: "text", content: "Say hello." }] },
    ]);
    expect(keywordsAI.requests).toEqual([]);
  });

  it("runs without telemetry when the configuration is wrong, and is told so in one sentence", async () => {
    const { stderr, ...rest } = await run({ GENSPAN_DESTINATIONS: "nonsense" });
    expect({ ...rest, stderr: "" }).toEqual(ANSWERED);
    expect(stderr).toMatch(/^genspan: .*unknown destination "nonsense"; choose one of otlp, .*\n$/);
    expect(stderr.trimEnd()).not.toContain("\n");
    expect(sink.requests).toEqual([]);
  });

  it("sends nothing where telemetry is disabled", async () => {
    expect(await run({ OTEL_SDK_DISABLED: "true" })).toEqual(ANSWERED);
    expect(sink.requests).toEqual([]);
  });

  it("fails as it would without telemetry when its model call fails", async () => {
    const { stderr, ...rest } = await run({ OPENAI_BASE_URL: `${server.url}/examples/app/v1/nowhere` });
    expect(rest).toEqual({ exitCode: 1, stdout: "" });
    expect(stderr).toMatch(/NotFoundError: 404/);
    const ours = stderr.split("\n").filter((line) => line.includes("genspan"));
    expect(ours).toEqual([
      expect.stringMatching(/^genspan: the process ended before 1 of its spans .* were delivered/),
    ]);
  });
});

it("has --require do what --import does, for an application in CommonJS", async () => {
  const run = await runProgram("examples/register-cjs", ["--require", "genspan/register", "app.cjs"], environment());
  expect(run).toEqual(ANSWERED);
  expect(sink.spans).toMatchObject([MODEL_SPAN]);
});

describe.each([
  ["2", "examples/processor-sdk2", () => keywordsAI],
  ["3", "examples/processor-sdk3", () => log10],
])("an application on OpenTelemetry SDK %s with our processor beside its own", (_version, folder, vendor) => {
  it("has its spans arrive at the collector, and the model call at the vendor as well", async () => {
    expect(await runProgram(folder, ["main.ts"], environment())).toEqual(ANSWERED);
    const greet = sink.spans.find(({ name }) => name === "greet");
    expect(greet?.parentSpanId).toBeUndefined();
    expect(sink.spans).toHaveLength(2);
    expect(sink.spans.filter((span) => span !== greet)).toMatchObject([
      { ...MODEL_SPAN, traceId: greet?.traceId, parentSpanId: greet?.spanId },
    ]);
    expect(vendor().requests).toMatchObject([{ problems: [], text: expect.stringContaining("Say hello.") }]);
    expect(vendor().size).toBe(1);
  });
});

describe("an application with --import genspan/register and a spool", () => {
  it.each(["natural", "exit"])(
    "ends (%s) although its collector is away, and leaves what it has for the next",
    async (end) => {
      const root = mkdtempSync(join(tmpdir(), "genspan-register-"));
      const directory = join(root, "spool");
      const run = await runProgram("test/e2e/programs", ["--import", "genspan/register", "ends.ts", end], {
        OTEL_EXPORTER_OTLP_ENDPOINT: "http://127.0.0.1:9",
        GENSPAN_GLOBAL: "true",
        GENSPAN_SPOOL_DIRECTORY: directory,
      });
      expect(run).toMatchObject({ exitCode: 0, stdout: "done\n" });
      const reader = new SpoolReader(directory);
      expect(reader.destinations()).toMatchObject([{ destination: "otlp", queued: 3, held: 0 }]);
      reader.close();
      rmSync(root, { recursive: true });
    },
  );

  it("is told what an end by exit() takes with it where there is no spool", async () => {
    const run = await runProgram("test/e2e/programs", ["--import", "genspan/register", "ends.ts", "exit"], {
      OTEL_EXPORTER_OTLP_ENDPOINT: "http://127.0.0.1:9",
      GENSPAN_GLOBAL: "true",
    });
    expect(run).toEqual({
      exitCode: 0,
      stdout: "done\n",
      stderr: expect.stringMatching(
        /^genspan: the process ended before 3 of its spans and records were delivered.*\n$/,
      ),
    });
  });
});

describe("an application that calls register()", () => {
  it("ends in time when its collector is away, and is told what was given up", async () => {
    const begin = performance.now();
    const run = await runProgram("test/e2e/programs", ["collector-away.ts"], { OTEL_EXPORTER_OTLP_TIMEOUT: "300" });
    expect(run).toEqual({
      exitCode: 0,
      stderr: expect.stringMatching(
        /^genspan: the process waits up to 1 s for otlp \(POST \/v1\/traces: ECONNREFUSED .*\n.* gave up 1 of its records: .*\n$/,
      ),
      stdout: "done\ngiven up: POST /v1/traces: ECONNREFUSED\n",
    });
    expect(performance.now() - begin).toBeLessThan(5_000); // 1.3 s of waiting at most, and a busy machine
  });

  it("has a span arrive in both encodings of OTLP, and its record as a log record in the span's context", async () => {
    const run = await runProgram("examples/otlp-collector", ["main.ts"], environment());
    expect(run).toMatchObject({ exitCode: 0, stderr: "" });
    expect(run.stdout.split("\n")).toEqual([
      '{"a":1}',
      "spans-as-json: 1 sent",
      "spans-as-protobuf: 1 sent",
      "keywords-ai: 1 sent",
      "",
    ]);
    const formats = sink.requests.map(({ path, format }) => `${path} ${format}`).sort();
    expect(formats).toEqual(["/v1/logs protobuf", "/v1/traces json", "/v1/traces protobuf"]);
    const span = { ...MODEL_SPAN, resource: { "service.name": "otlp-collector-example" } };
    expect(sink.spans).toMatchObject([span, span]);
    const [first, second] = sink.spans;
    expect(second).toEqual(first);
    expect(sink.logs).toMatchObject([
      { traceId: first?.traceId, spanId: first?.spanId, body: { log_type: "chat", model: "gpt-5" } },
    ]);
  });
});
