import { type RequestListener, setGlobalProxyFromEnv } from "node:http";
import type { Socket } from "node:net";
import { context, createContextKey } from "@opentelemetry/api";
import { AsyncLocalStorageContextManager } from "@opentelemetry/context-async-hooks";
import { afterEach, describe, expect, it } from "vitest";
import { listen, type RunningServer, readBody } from "../../../../test/support/http.ts";
import { custom } from "../index.ts";
import { startSdk } from "../testing/parts.ts";
import { httpTransport } from "./http.ts";

let server: RunningServer | undefined;
afterEach(() => server?.close());

async function serve(listener: RequestListener): Promise<string> {
  server = await listen(listener);
  return `${server.url}/records?key=secret`;
}

const request = (url: string, body: string | Uint8Array = "{}") => ({
  url,
  method: "POST",
  headers: { "content-type": "application/json" },
  body,
  retryableStatuses: [429, 503],
});

describe("httpTransport", () => {
  it("sends the bytes as they are, with their length", async () => {
    const bodies: string[] = [];
    const url = await serve(async (incoming, reply) => {
      const body = await readBody(incoming);
      bodies.push(`${incoming.headers["content-length"]} ${body.toString()}`);
      reply.end();
    });
    const transport = httpTransport();
    expect(await transport.send(request(url, "grüße 🙂"))).toEqual({ status: "success" });
    expect(await transport.send(request(url, Buffer.from("bytes")))).toEqual({ status: "success" });
    expect(bodies).toEqual(["12 grüße 🙂", "5 bytes"]);
    await transport.shutdown();
  });

  it("uses a connection again", async () => {
    const sockets = new Set<Socket>();
    const url = await serve((incoming, reply) => {
      sockets.add(incoming.socket);
      incoming.resume().on("end", () => reply.end());
    });
    const transport = httpTransport();
    for (let index = 0; index < 5; index++) await transport.send(request(url));
    expect(sockets.size).toBe(1);
    await transport.shutdown();
  });

  it.each([
    [401, { status: "blocked" }],
    [407, { status: "blocked" }],
    [404, { status: "failure", divisible: false }],
    [302, { status: "failure", divisible: false }],
    [400, { status: "failure", divisible: true }],
    [413, { status: "failure", divisible: true, tooLarge: true }],
    [429, { status: "retryable", retryAfterMillis: 7000 }],
  ])("answers HTTP %i with a value that names neither query nor host", async (status, expected) => {
    const url = await serve((_incoming, reply) => {
      reply.writeHead(status, { "retry-after": "7" }).end("because");
    });
    const result = await httpTransport().send(request(url));
    expect(result).toMatchObject({ ...expected, reason: `POST /records: HTTP ${status}`, detail: "because" });
    expect(JSON.stringify(result)).not.toMatch(/secret|127\.0/);
  });

  it("counts what the status says when the connection breaks in the body of the reply", async () => {
    const url = await serve((_incoming, reply) => {
      reply.writeHead(200, { "content-length": "100" });
      reply.write("some");
      setTimeout(() => reply.destroy(), 20);
    });
    expect(await httpTransport().send(request(url))).toEqual({ status: "success" });
  });

  it("gives up waiting for a server that never answers, and may try again", async () => {
    const url = await serve(() => {});
    const startedAt = performance.now();
    expect(await httpTransport({ timeoutMillis: 60 }).send(request(url))).toMatchObject({
      status: "retryable",
      reason: "POST /records: timeout",
    });
    expect(performance.now() - startedAt).toBeLessThan(1000);
  });

  it("gives up waiting for a reply that drips forever", async () => {
    const url = await serve((_incoming, reply) => {
      reply.writeHead(503);
      const drip = setInterval(() => reply.write("."), 5);
      reply.on("close", () => clearInterval(drip));
    });
    expect(await httpTransport({ timeoutMillis: 60 }).send(request(url))).toMatchObject({
      status: "retryable",
      reason: "POST /records: HTTP 503",
    });
  });

  it("keeps no more of a large reply than the message needs", async () => {
    const url = await serve((_incoming, reply) => void reply.writeHead(500).end("x".repeat(5_000_000)));
    const result = await httpTransport().send(request(url));
    expect(result.status === "failure" && result.detail?.length).toBe(300);
  });

  it("goes through a proxy where Node's own agents do", async () => {
    const asked: (string | undefined)[] = [];
    const url = await serve((incoming, reply) => {
      asked.push(incoming.url);
      incoming.resume().on("end", () => reply.end());
    });
    const restore = setGlobalProxyFromEnv({ HTTP_PROXY: new URL(url).origin });
    const transport = httpTransport();
    const result = await transport.send(request("http://collector.invalid/v1/traces"));
    restore();
    await transport.shutdown();
    expect(result).toEqual({ status: "success" });
    expect(asked).toEqual(["http://collector.invalid/v1/traces"]);
  });

  it("refuses what is no HTTP URL as a value", async () => {
    expect(await httpTransport().send(request("ftp://example.com/x"))).toMatchObject({ status: "failure" });
  });
});

it("sends in a context in which HTTP instrumentations make no spans", async () => {
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  const key = createContextKey("OpenTelemetry SDK Context Key SUPPRESS_TRACING");
  const seen: unknown[] = [];
  const { tracer, processor } = startSdk({
    destinations: [custom(() => void seen.push(context.active().getValue(key)))],
  });
  tracer.startSpan("a").end();
  await processor.shutdown();
  context.disable();
  expect(seen).toEqual([true]);
});
