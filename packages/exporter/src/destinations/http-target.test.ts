import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { listen, readBody, sendJson, sleep } from "../../../../test/support/http.ts";
import { startVendorMock, type VendorMock } from "../../../../test/support/vendor-mocks.ts";
import { vendorDestination } from "../index.ts";
import { startSdk, tinyEndpoint, tinyFormat } from "../testing/parts.ts";

let mock: VendorMock;
beforeAll(async () => {
  mock = await startVendorMock();
});
beforeEach(() => mock.reset());
afterAll(() => mock.close());

function start(fields: Parameters<typeof tinyEndpoint>[1] = {}, url = mock.url) {
  const format = tinyFormat("span", tinyEndpoint(url, fields));
  return startSdk({
    destinations: [vendorDestination({ vendor: format })],
    retry: { maxAttempts: 4, initialDelayMillis: 1, maxDelayMillis: 1500 },
  });
}

const spans = (tracer: ReturnType<typeof start>["tracer"], count: number, name = "a") => {
  for (let index = 0; index < count; index++) tracer.startSpan(name).end();
};

describe("delivery over HTTP", () => {
  it("sends full batches, with the headers that the endpoint names", async () => {
    const { tracer, processor } = start();
    spans(tracer, 25);
    await processor.forceFlush();
    expect(mock.requests.map(({ body }) => (body as unknown[]).length).sort()).toEqual([10, 10, 5]);
    expect(mock.requests[0]).toMatchObject({
      method: "POST",
      path: "/records",
      headers: { authorization: "Bearer key" },
    });
    expect(processor.status().destinations[0]).toMatchObject({ accepted: 25, sent: 25 });
  });

  it("tries again after a retryable status, no sooner than Retry-After says", async () => {
    mock.answer("/records", { status: 503, retryAfter: 1 }, { status: 200 });
    const { tracer, processor } = start();
    spans(tracer, 1);
    await processor.forceFlush();
    const [first, second] = mock.requests;
    expect((second?.receivedAt ?? 0) - (first?.receivedAt ?? 0)).toBeGreaterThanOrEqual(950);
    expect(processor.status().destinations[0]).toMatchObject({ sent: 1, retried: 1 });
  });

  it("tries again after a connection that broke", async () => {
    mock.answer("/records", { disconnect: true }, { status: 200 });
    const { tracer, processor } = start();
    spans(tracer, 1);
    await processor.forceFlush();
    expect(processor.status().destinations[0]).toMatchObject({ sent: 1, retried: 1 });
  });

  it("gives up at once on a status that is not retryable, and names it", async () => {
    mock.answer("/records", { status: 404 });
    const { tracer, processor } = start();
    spans(tracer, 2);
    await processor.forceFlush();
    expect(mock.requests).toHaveLength(1);
    expect(processor.status().destinations[0]).toMatchObject({
      sent: 0,
      deadLettered: { "POST /records: HTTP 404": 2 },
    });
  });

  it("finds the bad record where the endpoint answers 200 and names what it refused", async () => {
    const refusalIn = (body: string) =>
      body.includes("bad") ? { reason: "one was bad", retryable: false } : undefined;
    mock.answer("/records", { status: 200, body: "bad" }, { status: 200 }, { status: 200, body: "bad" });
    const { tracer, processor } = start({ refusalIn });
    spans(tracer, 2);
    await processor.forceFlush();
    expect(mock.requests.map(({ body }) => (body as unknown[]).length)).toEqual([2, 1, 1]);
    expect(processor.status().destinations[0]).toMatchObject({
      sent: 1,
      deadLettered: { "POST /records: HTTP 200, but one was bad": 1 },
    });
  });

  it("tries again where the endpoint answers 200 and is too busy", async () => {
    const refusalIn = (body: string) => (body.includes("busy") ? { reason: "busy", retryable: true } : undefined);
    mock.answer("/records", { status: 200, body: "busy" }, { status: 200 });
    const { tracer, processor } = start({ refusalIn });
    spans(tracer, 1);
    await processor.forceFlush();
    expect(processor.status().destinations[0]).toMatchObject({ sent: 1, retried: 1 });
  });

  it("tells the endpoint which spans its records are made of", async () => {
    const vendor = vendorDestination({ vendor: "noveum", options: { elasticsearchUrl: mock.url } });
    const { tracer, processor } = startSdk({ destinations: [vendor] });
    const attributes = { "gen_ai.operation.name": "chat", "gen_ai.provider.name": "p", "gen_ai.request.model": "m" };
    const span = tracer.startSpan("chat m", { attributes });
    span.end();
    await processor.forceFlush();
    const { traceId, spanId } = span.spanContext();
    expect(mock.requests).toHaveLength(1);
    expect(mock.requests[0]?.text).toContain(`"_id":"${traceId}-${spanId}"`);
  });

  it("gives up on a server that is not there, after its tries", async () => {
    const { tracer, processor } = start({}, "http://127.0.0.1:9");
    spans(tracer, 1);
    await processor.forceFlush();
    expect(processor.status().destinations[0]).toMatchObject({
      retried: 3,
      deadLettered: { "POST /records: ECONNREFUSED": 1 },
    });
  });

  it("never puts records of two groups into one request", async () => {
    const { tracer, processor } = start({ groupOf: ({ names }) => names[0] ?? "" });
    for (const name of ["a", "a", "b", "a"]) spans(tracer, 1, name);
    await processor.forceFlush();
    const sent = mock.requests.map(({ body }) => (body as { names: string[] }[]).map(({ names }) => names[0]).join(""));
    expect(sent.sort()).toEqual(["aaa", "b"]);
  });

  it("keeps four requests on their way, and no more, against a server that is slow to answer", async () => {
    let open = 0;
    let most = 0;
    const slow = await listen(async (request, response) => {
      most = Math.max(most, ++open);
      await readBody(request);
      await sleep(50);
      open--;
      sendJson(response, 200, {});
    });
    const { tracer, processor } = start({ maxRecords: 1 }, slow.url);
    spans(tracer, 12);
    await processor.forceFlush();
    await slow.close();
    expect(most).toBe(4);
    expect(processor.status().destinations[0]).toMatchObject({ sent: 12 });
  });

  it("says at construction why there is nowhere to send to", () => {
    expect(() => vendorDestination({ vendor: tinyFormat("span", "tiny: set option `url`") })).toThrow(
      "tiny: set option `url`",
    );
    expect(() => vendorDestination({ vendor: "nobody" })).toThrow(/unknown vendor "nobody"; choose one of/);
  });
});
