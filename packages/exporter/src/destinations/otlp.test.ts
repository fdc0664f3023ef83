import { to } from "@genspan/mapping";
import { context, trace } from "@opentelemetry/api";
import { OTLPLogExporter as JsonLogs } from "@opentelemetry/exporter-logs-otlp-http";
import { OTLPLogExporter as ProtobufLogs } from "@opentelemetry/exporter-logs-otlp-proto";
import { OTLPTraceExporter as JsonSpans } from "@opentelemetry/exporter-trace-otlp-http";
import { OTLPTraceExporter as ProtobufSpans } from "@opentelemetry/exporter-trace-otlp-proto";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type OtlpSink, startOtlpSink } from "../../../../test/support/otlp-sink.ts";
import { otlp, vendorDestination } from "../index.ts";
import { startSdk, tinyFormat } from "../testing/parts.ts";

let sink: OtlpSink;
beforeAll(async () => {
  sink = await startOtlpSink();
});
beforeEach(() => sink.reset());
afterAll(() => sink.close());

describe.each([
  ["JSON", JsonSpans, JsonLogs, "json"],
  ["protobuf", ProtobufSpans, ProtobufLogs, "protobuf"],
] as const)("a collector that speaks %s", (_name, Spans, Logs, format) => {
  it("receives the spans themselves, GenAI or not, through the stock exporter", async () => {
    const exporter = new Spans({ url: `${sink.url}/v1/traces` });
    const { tracer, processor } = startSdk({ destinations: [otlp({ exporter })] });
    const root = tracer.startSpan("root", { attributes: { "http.request.method": "GET" } });
    tracer.startSpan("chat", {}, trace.setSpan(context.active(), root)).end();
    root.end();
    await processor.shutdown();
    expect(sink.requests.map((request) => request.format)).toEqual([format]);
    const [chat, parent] = sink.spans;
    expect(chat?.parentSpanId).toBe(parent?.spanId);
    expect(parent?.attributes).toEqual({ "http.request.method": "GET" });
    expect(processor.status().destinations[0]).toMatchObject({ accepted: 2, sent: 2 });
  });

  it("receives each span as it was, wave after wave, while others fail and are sent again", async () => {
    const protocol = format === "json" ? "http/json" : "http/protobuf";
    const url = `${sink.url}/v1/traces`;
    const destinations = [otlp({ url, protocol }), otlp({ url, protocol, name: "second", maxBatchSize: 50 })];
    const { tracer, processor } = startSdk({ destinations });
    const textOf = (id: number) => `${id} ${String.fromCharCode(97 + (id % 26)).repeat(4000)}`;
    for (let wave = 0; wave < 4; wave++) {
      if (wave % 2 === 1) sink.fail(503);
      for (let id = wave * 700; id < wave * 700 + 700; id++) {
        tracer.startSpan("a", { attributes: { id, text: textOf(id) } }).end();
      }
      setTimeout(() => sink.fail(undefined), 20);
      await processor.forceFlush();
    }
    const counts = new Map<number, number>();
    for (const { attributes } of sink.spans) {
      const id = Number(attributes["id"]);
      expect(attributes["text"]).toBe(textOf(id));
      counts.set(id, (counts.get(id) ?? 0) + 1);
    }
    expect([...counts.values()]).toEqual(Array.from({ length: 2800 }, () => 2));
    await processor.shutdown();
  });

  it("receives a vendor's records as log records with the record as body, in the span's context", async () => {
    const exporter = new Logs({ url: `${sink.url}/v1/logs` });
    const destination = vendorDestination({ vendor: tinyFormat("span"), to: { type: "otlp", exporter } });
    const { tracer, processor } = startSdk({ destinations: [destination] });
    const span = tracer.startSpan("chat");
    span.end();
    await processor.shutdown();
    const { traceId, spanId } = span.spanContext();
    expect(sink.logs).toEqual([
      expect.objectContaining({ eventName: "TinyRecord", traceId, spanId, body: { id: spanId, names: ["chat"] } }),
    ]);
  });

  it("receives spans in the dialect that was asked for, through our own transport and a stock exporter", async () => {
    const protocol = format === "json" ? "http/json" : "http/protobuf";
    const url = `${sink.url}/v1/traces`;
    const translate = to("openinference");
    const { tracer, processor } = startSdk({
      destinations: [
        otlp({ url, protocol, translate }),
        otlp({ exporter: new Spans({ url }), translate, name: "stock" }),
      ],
    });
    const chat = { "gen_ai.operation.name": "chat", "gen_ai.usage.input_tokens": 3, "app.custom": "x" };
    tracer.startSpan("chat", { attributes: chat }).end();
    await processor.shutdown();
    const said = { "openinference.span.kind": "LLM", "llm.token_count.prompt": 3, "app.custom": "x" };
    expect(sink.spans).toHaveLength(2);
    for (const { attributes } of sink.spans) {
      expect(attributes).toMatchObject(said);
      expect(attributes).not.toHaveProperty(["gen_ai.usage.input_tokens"]);
    }
  });

  it("receives the same without a stock exporter, zipped where that is asked for", async () => {
    const protocol = format === "json" ? "http/json" : "http/protobuf";
    const logs = { url: `${sink.url}/v1/logs`, protocol } as const;
    const { tracer, processor } = startSdk({
      destinations: [
        otlp({ url: `${sink.url}/v1/traces`, protocol, compression: "gzip", headers: () => ({ "x-key": "k" }) }),
        vendorDestination({ vendor: tinyFormat("span"), to: { type: "otlp", ...logs } }),
      ],
    });
    const root = tracer.startSpan("root", { attributes: { "http.request.method": "GET", text: "x".repeat(2000) } });
    tracer.startSpan("chat", {}, trace.setSpan(context.active(), root)).end();
    root.end();
    await processor.shutdown();
    const traces = sink.requests.find(({ path }) => path === "/v1/traces");
    expect(traces).toMatchObject({ format, headers: { "content-encoding": "gzip", "x-key": "k" } });
    const [chat, parent] = sink.spans;
    expect(chat?.parentSpanId).toBe(parent?.spanId);
    expect(parent?.attributes).toEqual({ "http.request.method": "GET", text: "x".repeat(2000) });
    const spanId = chat?.spanId;
    expect(sink.logs[0]).toMatchObject({
      eventName: "TinyRecord",
      spanId,
      body: { id: spanId, names: ["chat", "root"] },
    });
    expect(processor.status().destinations).toMatchObject([{ sent: 2 }, { sent: 2 }]);
  });

  it("has what it rejected counted, and is not sent it again", async () => {
    sink.reject(2, "too old");
    const protocol = format === "json" ? "http/json" : "http/protobuf";
    const { tracer, processor } = startSdk({ destinations: [otlp({ url: `${sink.url}/v1/traces`, protocol })] });
    for (let index = 0; index < 5; index++) tracer.startSpan("a").end();
    await processor.forceFlush();
    expect(sink.requests).toHaveLength(1);
    expect(processor.status().destinations[0]).toMatchObject({
      sent: 3,
      deadLettered: { "rejected by the receiver": 2 },
      recentDeadLetters: [{ detail: "too old" }],
    });
  });

  it("is counted as a failure when it refuses, and costs nobody else", async () => {
    sink.fail(400);
    const exporter = new Spans({ url: `${sink.url}/v1/traces` });
    const { tracer, processor } = startSdk({ destinations: [otlp({ exporter })] });
    tracer.startSpan("a").end();
    await processor.forceFlush();
    const [status] = processor.status().destinations;
    expect(status).toMatchObject({ accepted: 1, sent: 0, queued: 0 });
    expect(Object.values(status?.deadLettered ?? {})).toEqual([1]);
    sink.fail(undefined);
  });
});
