import { SpanKind, SpanStatusCode } from "@opentelemetry/api";
import { OTLPLogExporter as JsonLogExporter } from "@opentelemetry/exporter-logs-otlp-http";
import { OTLPLogExporter as ProtobufLogExporter } from "@opentelemetry/exporter-logs-otlp-proto";
import { OTLPTraceExporter as JsonExporter } from "@opentelemetry/exporter-trace-otlp-http";
import { OTLPTraceExporter as ProtobufExporter } from "@opentelemetry/exporter-trace-otlp-proto";
import { resourceFromAttributes } from "@opentelemetry/resources";
import { BasicTracerProvider, SimpleSpanProcessor, type SpanExporter } from "@opentelemetry/sdk-trace-base";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type OtlpSink, startOtlpSink } from "./otlp-sink.ts";

let sink: OtlpSink;
beforeAll(async () => {
  sink = await startOtlpSink();
});
beforeEach(() => sink.reset());
afterAll(() => sink.close());

type Options = NonNullable<ConstructorParameters<typeof JsonExporter>[0]>;
const gzip = "gzip" as NonNullable<Options["compression"]>; // a value of an enum that the exporter does not export
type LogBatch = Parameters<JsonLogExporter["export"]>[0];

async function exportSpan(exporter: SpanExporter): Promise<{ readonly traceId: string; readonly spanId: string }> {
  const provider = new BasicTracerProvider({
    resource: resourceFromAttributes({ "service.name": "shop" }),
    spanProcessors: [new SimpleSpanProcessor(exporter)],
  });
  const span = provider.getTracer("scope", "1.2.3").startSpan("chat gpt-5", {
    kind: SpanKind.CLIENT,
    startTime: [1_700_000_000, 123_456_789],
    attributes: { text: "Grüße 👋", yes: true, int: -7, large: 2 ** 40, double: 0.5, list: ["a", "b"] },
  });
  span.addEvent("first", { n: 1 });
  span.addLink({ context: { traceId: "1".repeat(32), spanId: "2".repeat(16), traceFlags: 1 } });
  span.setStatus({ code: SpanStatusCode.ERROR, message: "refused" });
  span.end([1_700_000_001, 5]);
  await provider.forceFlush();
  await provider.shutdown();
  return span.spanContext();
}

const exporters: readonly [string, "json" | "protobuf", (url: string) => SpanExporter][] = [
  ["JSON", "json", (url) => new JsonExporter({ url })],
  ["zipped JSON", "json", (url) => new JsonExporter({ url, compression: gzip })],
  ["protobuf", "protobuf", (url) => new ProtobufExporter({ url })],
  ["zipped protobuf", "protobuf", (url) => new ProtobufExporter({ url, compression: gzip })],
];

describe("OTLP sink", () => {
  it.each(exporters)("receives a span with all its fields as %s", async (_, format, create) => {
    const { traceId, spanId } = await exportSpan(create(`${sink.url}/v1/traces`));
    expect(sink.requests).toMatchObject([{ path: "/v1/traces", format }]);
    expect(sink.spans).toEqual([
      {
        resource: expect.objectContaining({ "service.name": "shop" }),
        scope: { name: "scope", version: "1.2.3" },
        traceId,
        spanId,
        parentSpanId: undefined,
        name: "chat gpt-5",
        kind: 3,
        startTimeUnixNano: 1_700_000_000_123_456_789n,
        endTimeUnixNano: 1_700_000_001_000_000_005n,
        attributes: { text: "Grüße 👋", yes: true, int: -7, large: 2 ** 40, double: 0.5, list: ["a", "b"] },
        events: [{ name: "first", attributes: { n: 1 } }],
        links: [{ traceId: "1".repeat(32), spanId: "2".repeat(16) }],
        status: { code: 2, message: "refused" },
      },
    ]);
  });

  it.each([
    ["JSON", () => new JsonLogExporter({ url: `${sink.url}/v1/logs` })],
    ["protobuf", () => new ProtobufLogExporter({ url: `${sink.url}/v1/logs` })],
  ])("receives a log record with its event name and structured body as %s", async (_, create) => {
    const record = {
      hrTime: [1_700_000_000, 0],
      hrTimeObserved: [1_700_000_000, 0],
      severityNumber: 9,
      eventName: "gen_ai.client.inference.operation.details",
      body: { roles: ["user", "assistant"], depth: { n: 2 } },
      attributes: { "gen_ai.operation.name": "chat" },
      resource: resourceFromAttributes({ "service.name": "shop" }),
      instrumentationScope: { name: "scope", version: "1.2.3" },
      spanContext: { traceId: "a".repeat(32), spanId: "b".repeat(16), traceFlags: 1 },
      droppedAttributesCount: 0,
    } as unknown as LogBatch[number]; // the fields that the exporter reads; the SDK for logs is not installed here
    await new Promise((resolve) => create().export([record], resolve));
    expect(sink.logs).toEqual([
      {
        resource: expect.objectContaining({ "service.name": "shop" }),
        scope: { name: "scope", version: "1.2.3" },
        eventName: "gen_ai.client.inference.operation.details",
        severityNumber: 9,
        body: { roles: ["user", "assistant"], depth: { n: 2 } },
        attributes: { "gen_ai.operation.name": "chat" },
        traceId: "a".repeat(32),
        spanId: "b".repeat(16),
      },
    ]);
  });

  it("keeps nothing of a request that it fails", async () => {
    sink.fail(400);
    await exportSpan(new JsonExporter({ url: `${sink.url}/v1/traces` })).catch(() => {});
    expect(sink.requests).toHaveLength(1);
    expect(sink.spans).toEqual([]);
  });

  it("answers 400 to a protobuf body that ends too early", async () => {
    const body = new Uint8Array([0x0a, 0x20, 0x0a]);
    const headers = { "content-type": "application/x-protobuf" };
    const response = await fetch(`${sink.url}/v1/traces`, { method: "POST", body, headers });
    expect(response.status).toBe(400);
  });

  it("tells a partial success in both formats", async () => {
    sink.reject(1, "too old");
    const span = { traceId: "a".repeat(32), spanId: "b".repeat(16), name: "n" };
    const body = JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans: [span] }] }] });
    const send = (type: string, body: string | Uint8Array<ArrayBuffer>): Promise<Response> =>
      fetch(`${sink.url}/v1/traces`, { method: "POST", body, headers: { "content-type": type } });
    const json = await send("application/json", body);
    expect(await json.json()).toEqual({ partialSuccess: { rejectedSpans: "1", errorMessage: "too old" } });
    // resource_spans 1 { scope_spans 2 { spans 2 { trace_id 1, span_id 2 } } }, written by hand
    const ids = [0x0a, 16, ...Array(16).fill(0xaa), 0x12, 8, ...Array(8).fill(0xbb)];
    const bytes = new Uint8Array([0x0a, ids.length + 4, 0x12, ids.length + 2, 0x12, ids.length, ...ids]);
    const protobuf = Buffer.from(await (await send("application/x-protobuf", bytes)).arrayBuffer());
    expect(protobuf.toString("latin1")).toBe("\n\x0b\b\x01\x12\x07too old");
    expect(sink.spans).toEqual([]);
  });

  it("reads integers as numbers and as text, and skips what it does not know", async () => {
    const attributes = [
      { key: "a", value: { intValue: "12" } },
      { key: "b", value: { intValue: 12 } },
    ];
    const span = { traceId: "a".repeat(32), spanId: "b".repeat(16), name: "n", attributes, future: 1 };
    const body = JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans: [span] }] }] });
    await fetch(`${sink.url}/v1/traces`, { method: "POST", body, headers: { "content-type": "application/json" } });
    expect(sink.spans[0]?.attributes).toEqual({ a: 12, b: 12 });
  });
});
