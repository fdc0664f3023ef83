import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inspect } from "node:util";
import { gunzipSync } from "node:zlib";
import {
  consoleDestination,
  custom,
  type DeadLetter,
  file,
  GenAISpanProcessor,
  memory,
  otlp,
  propagateAttributes,
  vendorDestination,
} from "@genspan/exporter";
import { SPOKEN_DIALECTS, to } from "@genspan/mapping";
import {
  context,
  createTraceState,
  DiagLogLevel,
  diag,
  ROOT_CONTEXT,
  type SpanContext,
  trace,
} from "@opentelemetry/api";
import { AsyncLocalStorageContextManager } from "@opentelemetry/context-async-hooks";
import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from "@opentelemetry/sdk-metrics";
import { BasicTracerProvider } from "@opentelemetry/sdk-trace-base";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { CANARIES, CORE, endSpans, leaks, provide, SECRET } from "./canary/spans.ts";

const arrived: { readonly path: string; readonly bytes: Buffer }[] = [];
let server: Server;
let url: string;
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "genspan-redaction-"));
  server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const body = Buffer.concat(chunks);
      const plain = request.headers["content-encoding"] === "gzip" ? gunzipSync(body) : body;
      const head = Buffer.from(JSON.stringify(request.headers) + request.url);
      arrived.push({ path: request.url ?? "", bytes: Buffer.concat([head, plain]) });
      const isBulk = request.url?.includes("_bulk");
      if (request.url === "/refuses") {
        response.writeHead(400).end(plain);
        return;
      }
      response.writeHead(200, { "content-type": "application/json" });
      response.end(isBulk ? JSON.stringify({ errors: false, items: [] }) : "{}");
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  url = `http://127.0.0.1:${address.port}`;
});
afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true, force: true });
});

const projectId = "6e4c5bdf-8e9b-4f39-8b6a-2a0c3b1f9d10";

const destinations = () => [
  otlp({ url: `${url}/json`, protocol: "http/json", name: "otlp-json" }),
  otlp({ url: `${url}/gzip`, protocol: "http/json", compression: "gzip", name: "otlp-gzip" }),
  otlp({ url: `${url}/protobuf`, protocol: "http/protobuf", name: "otlp-protobuf" }),
  vendorDestination({ vendor: "log10", options: { organizationId: "org_1", token: "t", baseUrl: url } }),
  vendorDestination({ vendor: "noveum", options: { elasticsearchUrl: url } }),
  vendorDestination({ vendor: "keywords-ai", options: { apiKey: "k", baseUrl: url } }),
  vendorDestination({ vendor: "galileo-ingest", options: { apiKey: "k", baseUrl: url, projectId } }),
  vendorDestination({
    vendor: "galileo",
    options: { projectId },
    to: { type: "file", path: join(folder, "galileo.jsonl") },
  }),
  vendorDestination({ vendor: "cyberpod", options: { endpoint: `${url}/cyberpod` } }),
  vendorDestination({ vendor: "keywords-ai", name: "as-logs", to: { type: "otlp", url: `${url}/logs` } }),
  file(join(folder, "spans.jsonl")),
];

describe("redaction at the boundary", () => {
  it("without it the secret arrives everywhere: the test below would see it", async () => {
    arrived.length = 0;
    const processor = new GenAISpanProcessor({ destinations: destinations() });
    endSpans(provide(processor));
    await processor.forceFlush();
    const paths = new Set(arrived.filter(({ bytes }) => bytes.includes(CORE)).map(({ path }) => path.split("?")[0]));
    expect(paths.size).toBeGreaterThanOrEqual(8);
    expect(CANARIES.filter((canary) => arrived.some(({ bytes }) => bytes.includes(canary)))).toEqual(CANARIES);
    await processor.shutdown();
    for (const name of readdirSync(folder)) rmSync(join(folder, name), { recursive: true });
  });

  it("leaves the secret in no byte of any request, file, queue on disk or dead letter", async () => {
    arrived.length = 0;
    const letters: DeadLetter[] = [];
    const kept: unknown[] = [];
    const processor = new GenAISpanProcessor({
      destinations: [
        ...destinations(),
        memory(kept),
        // Nothing listens there: its spans stay in the queue on disk.
        otlp({ url: "http://127.0.0.1:9/v1/traces", name: "unreachable" }),
        // Not as documented, so given up with what could be made of it.
        vendorDestination({ vendor: "log10", name: "invalid", to: { type: "memory", records: [] } }),
      ],
      redact: {},
      spool: { directory: join(folder, "spool") },
      flushTimeoutMillis: 5000,
      shutdownTimeoutMillis: 1000,
      onDeadLetter: (letter) => letters.push(letter),
    });
    endSpans(provide(processor));
    await processor.flush({ timeoutMillis: 3000 });
    const { destinations: states } = processor.status();
    await processor.shutdown();

    const asText = (value: unknown): string => JSON.stringify(value, (_key, inner) => inner);
    const spans = kept.map((span) => {
      const { name, attributes, status, events, links, resource, instrumentationScope } = span as Record<
        string,
        unknown
      >;
      return { name, attributes, status, events, links, resource, instrumentationScope };
    });
    const files = readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => ({ path: entry.name, bytes: readFileSync(join(entry.parentPath, entry.name)) }));
    const leaving = [
      ...arrived,
      ...files,
      { path: "memory", bytes: Buffer.from(asText(spans)) },
      {
        path: "dead letters",
        bytes: Buffer.from(asText(letters.map(({ payloads, reason, detail }) => ({ payloads, reason, detail })))),
      },
      { path: "status", bytes: Buffer.from(asText(states)) },
    ];
    expect(leaving.filter(({ bytes }) => leaks(bytes)).map(({ path }) => path)).toEqual([]);
    // It is not for want of data.
    expect(new Set(arrived.map(({ path }) => path.split("?")[0])).size).toBeGreaterThanOrEqual(8);
    expect(files.some(({ path, bytes }) => path.endsWith(".jsonl") && bytes.length > 500)).toBe(true);
    expect(files.some(({ path, bytes }) => path.includes(".db") && bytes.length > 5000)).toBe(true);
    expect(letters.length).toBeGreaterThan(0);
    expect(spans.length).toBe(6);
    expect(states.find(({ name }) => name === "otlp-json")?.redaction?.replaced["api_key"]).toBeGreaterThan(50);
  }, 30_000);

  it("leaves it in no byte of the other ways out, nor in what is logged and measured about them", async () => {
    arrived.length = 0;
    const logged: string[] = [];
    const log = (...parts: readonly unknown[]) => void logged.push(parts.map(String).join(" "));
    diag.setLogger({ error: log, warn: log, info: log, debug: log, verbose: log }, DiagLogLevel.ALL);
    const print = vi.spyOn(console, "log").mockImplementation(log);
    const metricReader = new PeriodicExportingMetricReader({
      exporter: new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE),
      exportIntervalMillis: 1e6,
    });
    const handed: unknown[] = [];
    const given = (values: readonly unknown[]): void => void handed.push(...values);
    const stock = {
      export(spans: unknown[], done: (result: { code: number }) => void): void {
        given(spans);
        done({ code: 0 });
      },
    };
    const processor = new GenAISpanProcessor({
      destinations: [
        otlp({ url: `${url}/protobuf-gzip`, compression: "gzip", name: "protobuf-gzip" }),
        ...SPOKEN_DIALECTS.map((dialect) =>
          otlp({ url: `${url}/${dialect}`, protocol: "http/json", name: dialect, translate: to(dialect) }),
        ),
        otlp({ exporter: { ...stock, shutdown: async () => {} } as never, name: "stock" }),
        vendorDestination({
          vendor: "log10",
          options: { organizationId: "org_1", token: "t", baseUrl: url, feedback: "task_1" },
        }),
        vendorDestination({
          vendor: "keywords-ai",
          options: { apiKey: "k", baseUrl: url, metadata: { note: SECRET }, customerName: undefined },
        }),
        vendorDestination({
          vendor: "galileo-ingest",
          name: "logs-protobuf",
          options: { projectId },
          to: { type: "otlp", url: `${url}/logs-protobuf`, compression: "gzip" },
        }),
        vendorDestination({ vendor: "noveum", name: "noveum-console", to: { type: "console" } }),
        vendorDestination({ vendor: "noveum", name: "noveum-custom", to: { type: "custom", deliver: given } }),
        consoleDestination(),
        custom(given),
        // Refused, with an answer that says what was sent.
        otlp({ url: `${url}/refuses`, protocol: "http/json", name: "refused" }),
      ],
      redact: {},
      meterProvider: new MeterProvider({ readers: [metricReader] }),
    });
    const remote: SpanContext = {
      traceId: "4bf92f3577b34da6a3ce929d0e0e4736",
      spanId: "a2fb4a1d1a96d312",
      traceFlags: 1,
      isRemote: true,
      traceState: createTraceState(`vendor=${SECRET}`),
    };
    const provider = provide(processor);
    const within = trace.setSpanContext(ROOT_CONTEXT, remote);
    const manager = new AsyncLocalStorageContextManager().enable();
    context.setGlobalContextManager(manager);
    context.with(within, () =>
      propagateAttributes(
        {
          userId: SECRET,
          tags: [SECRET],
          metadata: { deep: SECRET },
          customerName: SECRET,
          policyDecisions: { rule: [SECRET] },
          attributes: { [`own.${SECRET}`]: [SECRET] },
        },
        () => endSpans(provider),
      ),
    );
    await processor.flush({ timeoutMillis: 5000 });
    await metricReader.collect().then(({ resourceMetrics }) => handed.push(resourceMetrics));
    handed.push(processor.status());
    await processor.shutdown();
    manager.disable();
    context.disable();
    print.mockRestore();
    diag.disable();

    const seen = (values: readonly unknown[]) =>
      inspect(values, { depth: null, maxStringLength: null, maxArrayLength: null });
    expect(arrived.filter(({ bytes }) => leaks(bytes)).map(({ path }) => path)).toEqual([]);
    expect(logged.filter(leaks)).toEqual([]);
    expect(CANARIES.filter((canary) => seen(handed).includes(canary))).toEqual([]);
    // It is not for want of data.
    expect(new Set(arrived.map(({ path }) => path.split("?")[0])).size).toBeGreaterThanOrEqual(11);
    expect(arrived.some(({ path }) => path.endsWith("/feedback"))).toBe(true);
    expect(logged.join("")).toContain("ai_gateway_request_log");
    expect(seen(handed)).toContain("[REDACTED:api_key]");
  }, 30_000);

  it("does not quote a text in the log where a rule of the user's throws", async () => {
    const logged: string[] = [];
    const log = (...parts: readonly unknown[]) => void logged.push(parts.map(String).join(" "));
    diag.setLogger({ error: log, warn: log, info: log, debug: log, verbose: log }, DiagLogLevel.ALL);
    const kept: unknown[] = [];
    const processor = new GenAISpanProcessor({
      destinations: [memory(kept)],
      redact: {
        mask: (text) => {
          throw new RangeError(`cannot mask ${text}`);
        },
      },
    });
    endSpans(provide(processor));
    await processor.forceFlush();
    await processor.shutdown();
    diag.disable();
    expect(logged.join("\n")).toContain("a rule of redaction threw (RangeError)");
    expect(logged.filter((line) => line.includes(CORE))).toEqual([]);
    expect(inspect(kept.map((span) => (span as { attributes: object }).attributes))).not.toContain(CORE);
  });

  it("holds by destination: one policy here, another there, none at a third", async () => {
    const open: unknown[] = [];
    const masked: unknown[] = [];
    const strict: unknown[] = [];
    const processor = new GenAISpanProcessor({
      destinations: [
        memory(open, { name: "open", redact: false }),
        memory(masked, { name: "masked" }),
        memory(strict, { name: "strict", redact: { allow: ["gen_ai.usage.*"] } }),
      ],
      redact: { rules: ["email"] },
    });
    const provider = new BasicTracerProvider({ spanProcessors: [processor] });
    provider
      .getTracer("t")
      .startSpan("chat", { attributes: { note: "bob@example.com", "gen_ai.usage.input_tokens": 3 } })
      .end();
    await processor.forceFlush();
    const attributesOf = ([span]: unknown[]) => (span as { attributes: object }).attributes;
    expect(attributesOf(open)).toEqual({ note: "bob@example.com", "gen_ai.usage.input_tokens": 3 });
    expect(attributesOf(masked)).toEqual({ note: "[REDACTED:email]", "gen_ai.usage.input_tokens": 3 });
    expect(attributesOf(strict)).toEqual({ "gen_ai.usage.input_tokens": 3 });
  });
});
