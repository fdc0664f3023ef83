import { OTLPTraceExporter } from "@opentelemetry/exporter-trace-otlp-http";
import { resourceFromAttributes } from "@opentelemetry/resources";
import { BasicTracerProvider } from "@opentelemetry/sdk-trace-base";
import { afterEach, describe, expect, it } from "vitest";
import { listen, type RunningServer, readBody, sendJson } from "../../../test/support/http.ts";
import { custom, type Destination, GenAISpanProcessor, memory, otlp, vendorDestination } from "./index.ts";
import { startSdk, type TinyRecord, tinyEndpoint, tinyFormat } from "./testing/parts.ts";

let server: RunningServer | undefined;
afterEach(() => server?.close());

const aWhile = (millis: number) => new Promise<void>((resolve) => setTimeout(resolve, millis));

describe("a destination in trouble", () => {
  it("delays no other: the healthy one has everything while the other still hangs", async () => {
    const kept: unknown[] = [];
    const hanging = custom(() => new Promise<never>(() => {}), { name: "hanging" });
    const { tracer, processor } = startSdk({ destinations: [hanging, memory(kept)], shutdownTimeoutMillis: 100 });
    for (let index = 0; index < 3000; index++) tracer.startSpan("a").end();
    await expect.poll(() => kept.length, { timeout: 5000 }).toBe(3000);
    const startedAt = performance.now();
    await processor.shutdown();
    expect(performance.now() - startedAt).toBeLessThan(1000);
    expect(processor.status().destinations[0]).toMatchObject({ sent: 0, accepted: 3000 });
  });

  it("gives up what it still holds when it is shut down, and counts it", async () => {
    const down = custom(() => Promise.reject(new Error("down")), { name: "down" });
    const { tracer, processor } = startSdk({
      destinations: [down],
      retry: { initialDelayMillis: 10_000, maxDelayMillis: 10_000 },
      shutdownTimeoutMillis: 200,
    });
    for (let index = 0; index < 5000; index++) tracer.startSpan("a").end();
    await processor.shutdown();
    const [status] = processor.status().destinations;
    const lost = (status?.deadLettered["the function failed"] ?? 0) + (status?.dropped["shut down"] ?? 0);
    expect({ lost, queued: status?.queued }).toEqual({ lost: 5000, queued: 0 });
  });
});

describe("a receiver with limits", () => {
  it("has all spans although it takes no body over 64 KiB", async () => {
    const names = new Set<unknown>();
    server = await listen(async (request, response) => {
      const body = await readBody(request);
      if (body.length > 65_536) return sendJson(response, 413, {});
      for (const name of body.toString().matchAll(/"name":"(s\d+)"/g)) names.add(name[1]);
      sendJson(response, 200, {});
    });
    const exporter = new OTLPTraceExporter({ url: `${server.url}/v1/traces` });
    const { tracer, processor } = startSdk({ destinations: [otlp({ exporter })] });
    for (let index = 0; index < 400; index++) {
      tracer.startSpan(`s${index}`, { attributes: { text: "x".repeat(1000) } }).end();
    }
    await processor.shutdown();
    expect(names.size).toBe(400);
    expect(processor.status().destinations[0]).toMatchObject({ sent: 400, deadLettered: {} });
  });

  it("has all records but the one that it finds wrong", async () => {
    const ids: string[] = [];
    server = await listen(async (request, response) => {
      const records = JSON.parse((await readBody(request)).toString()) as readonly TinyRecord[]; // as the format sends
      if (records.some(({ names }) => names.includes("wrong"))) return sendJson(response, 422, { error: "wrong name" });
      ids.push(...records.map(({ id }) => id));
      sendJson(response, 200, {});
    });
    const destination = vendorDestination({ vendor: tinyFormat("span", tinyEndpoint(server.url)) });
    const { tracer, processor } = startSdk({ destinations: [destination] });
    for (const name of ["a", "b", "wrong", "c", "d", "e", "f"]) tracer.startSpan(name).end();
    await processor.forceFlush();
    expect(ids).toHaveLength(6);
    const [status] = processor.status().destinations;
    expect(status).toMatchObject({ sent: 6, deadLettered: { "POST /records: HTTP 422": 1 } });
    expect(status?.recentDeadLetters[0]?.detail).toBe('{"error":"wrong name"}');
  });

  it("gets no request that is larger than its format allows", async () => {
    const sizes: number[] = [];
    server = await listen(async (request, response) => {
      sizes.push((await readBody(request)).length);
      sendJson(response, 200, {});
    });
    const format = tinyFormat("span", tinyEndpoint(server.url, { maxRecords: 1000, maxBytes: 2000 }));
    const { tracer, processor } = startSdk({ destinations: [vendorDestination({ vendor: format })] });
    for (let index = 0; index < 50; index++) tracer.startSpan("n".repeat(900)).end();
    await processor.forceFlush();
    expect(Math.max(...sizes)).toBeLessThanOrEqual(2000);
    expect(processor.status().destinations[0]).toMatchObject({ sent: 50 });
  });
});

describe("forceFlush", () => {
  it("does not wait for what comes after it was called", async () => {
    let isBusy = true;
    const { tracer, processor } = startSdk({ destinations: [custom(() => aWhile(1))] });
    const busy = (async () => {
      while (isBusy) {
        tracer.startSpan("a").end();
        await new Promise((resolve) => setImmediate(resolve));
      }
    })();
    await aWhile(20);
    const startedAt = performance.now();
    await processor.forceFlush();
    expect(performance.now() - startedAt).toBeLessThan(2000);
    expect(processor.status().destinations[0]?.sent).toBeGreaterThan(0);
    isBusy = false;
    await busy;
    await processor.shutdown();
  });

  it("asks the destination to flush only when there is something new", async () => {
    let flushes = 0;
    const counted: Destination = { ...memory([]), flush: async () => void flushes++ };
    const { tracer, processor } = startSdk({ destinations: [counted] });
    await processor.forceFlush();
    tracer.startSpan("a").end();
    await processor.forceFlush();
    await processor.forceFlush();
    expect(flushes).toBe(1);
  });
});

it("leaves out spans that are recorded but not sampled", async () => {
  const kept: unknown[] = [];
  const processor = new GenAISpanProcessor({ destinations: [memory(kept)] });
  const provider = new BasicTracerProvider({
    spanProcessors: [processor],
    sampler: { shouldSample: () => ({ decision: 1 }), toString: () => "records, samples nothing" },
  });
  provider.getTracer("test").startSpan("a").end();
  await processor.forceFlush();
  expect(kept).toHaveLength(0);
  expect(processor.status()).toMatchObject({ ended: 1, filtered: 1 });
});

it("waits for what the SDK's own resource is still detecting", async () => {
  const kept: { resource: { attributes: Record<string, unknown> } }[] = [];
  const processor = new GenAISpanProcessor({ destinations: [memory(kept)] });
  const resource = resourceFromAttributes({ "host.name": aWhile(20).then(() => "found") });
  const provider = new BasicTracerProvider({ resource, spanProcessors: [processor] });
  for (let index = 0; index < 3; index++) provider.getTracer("test").startSpan("a").end();
  await processor.forceFlush();
  expect(kept.map((span) => span.resource.attributes["host.name"])).toEqual(["found", "found", "found"]);
});
