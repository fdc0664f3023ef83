import { request as httpsRequest } from "node:https";
import { connect } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Fault, type Mock, startMock } from "./index.ts";

let mock: Mock;
beforeEach(async () => {
  mock = await startMock("otlp");
});
afterEach(() => mock.close());

let spans = 0;
const span = () => ({ traceId: "a".repeat(32), spanId: String(++spans).padStart(16, "0"), name: "chat" });
const bodyOf = (count: number): string =>
  JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans: Array.from({ length: count }, span) }] }] });

function post(body = bodyOf(1), init: RequestInit = {}): Promise<Response> {
  const headers = { "content-type": "application/json" };
  return fetch(`${mock.url}/v1/traces`, { method: "POST", body, headers, ...init });
}

describe("a mock that is told to fail", () => {
  it("answers with a status so many times, stores nothing then, and is well again", async () => {
    mock.fail({ kind: "status", status: 429, retryAfter: 7 }, { times: 2 });
    const first = await post();
    expect([first.status, first.headers.get("retry-after")]).toEqual([429, "7"]);
    expect([(await post()).status, mock.size]).toEqual([429, 0]);
    expect([(await post()).status, mock.size]).toEqual([200, 1]);
  });

  it.each([
    [new Date(86_400_000), "Fri, 02 Jan 1970 00:00:00 GMT"],
    ["soon", "soon"],
  ])("says Retry-After as a date or as any text", async (retryAfter, header) => {
    mock.fail({ kind: "status", status: 503, retryAfter });
    expect((await post()).headers.get("retry-after")).toBe(header);
  });

  it("refuses connections for a while, and then listens on the same port again", async () => {
    const { url } = mock;
    mock.fail({ kind: "refuse" }, { forMillis: 150 });
    await expect.poll(() => connectTo(url)).toBe("ECONNREFUSED");
    await expect(post()).rejects.toThrow();
    await expect.poll(() => post().then(({ status }) => status, String), { timeout: 3000 }).toBe(200);
    expect(mock.url).toBe(url);
  });

  it.each<[Fault, number]>([
    [{ kind: "reset", when: "while-sending" }, 0],
    [{ kind: "reset", when: "before-storing" }, 0],
    [{ kind: "reset", when: "after-storing" }, 1],
  ])("resets the connection: %o", async (fault, stored) => {
    mock.fail(fault, { times: 1 });
    await expect(post()).rejects.toThrow();
    expect(mock.size).toBe(stored);
    expect((await post()).status).toBe(200);
  });

  it("stores and cuts its answer", async () => {
    mock.fail({ kind: "cut" });
    const response = await post();
    expect(response.status).toBe(200);
    await expect(response.text()).rejects.toThrow();
    expect(mock.size).toBe(1);
  });

  it("hangs until the client leaves", async () => {
    mock.fail({ kind: "hang" });
    await expect(post(bodyOf(1), { signal: AbortSignal.timeout(60) })).rejects.toThrow();
    expect(mock.size).toBe(0);
  });

  it("is slow, and has stored before it answers or only then", async () => {
    mock.fail({ kind: "slow", millis: 80 }, { times: 1 });
    const began = performance.now();
    const answered = post();
    await expect.poll(() => mock.size).toBe(1);
    await answered;
    expect(performance.now() - began).toBeGreaterThan(75);
    mock.fail({ kind: "slow", millis: 80, stored: "last" }, { times: 1 });
    await expect(post(bodyOf(1), { signal: AbortSignal.timeout(20) })).rejects.toThrow();
    await sleep(100);
    expect(mock.size).toBe(1);
  });

  it("takes a part of a request", async () => {
    mock.fail({ kind: "partial", rejected: 0.5, message: "too old" });
    const response = await post(bodyOf(4));
    expect(await response.json()).toEqual({ partialSuccess: { rejectedSpans: "2", errorMessage: "too old" } });
    expect(mock.size).toBe(2);
  });

  it("warns, answers in another type or at any length, and has stored all the same", async () => {
    mock.fail({ kind: "warning", message: "old version" }, { times: 1 });
    mock.fail({ kind: "reply", body: "<html>", contentType: "text/html" }, { times: 1 });
    mock.fail({ kind: "reply", body: Buffer.alloc(5_000_000) }, { times: 1 });
    expect(await (await post()).json()).toEqual({
      partialSuccess: { rejectedSpans: "0", errorMessage: "old version" },
    });
    expect((await post()).headers.get("content-type")).toBe("text/html");
    expect((await (await post()).arrayBuffer()).byteLength).toBe(5_000_000);
    expect(mock.size).toBe(3);
  });

  it("refuses requests that are too large, or that hold a record that it cannot read", async () => {
    mock.fail({ kind: "limit", bytes: 300 });
    expect([(await post(bodyOf(9))).status, (await post()).status]).toEqual([413, 200]);
    mock.heal();
    mock.fail({ kind: "poison", when: (record) => "name" in record && record.name === "chat" });
    expect((await post()).status).toBe(400);
    expect(mock.size).toBe(1);
  });

  it("begins later, applies to a path alone, and ends by hand", async () => {
    const handle = mock.fail({ kind: "status", status: 500 }, { path: /logs$/ });
    mock.fail({ kind: "status", status: 503 }, { afterMillis: 60 });
    expect((await post()).status).toBe(200);
    await sleep(80);
    expect((await post()).status).toBe(503);
    mock.heal();
    expect([(await post()).status, handle.uses]).toEqual([200, 0]);
  });

  it("lasts longer than it was told where it has not yet applied as often as it must", async () => {
    const handle = mock.fail({ kind: "status", status: 503 }, { forMillis: 1, atLeast: 2 });
    await sleep(20);
    const statuses = [await post(), await post(), await post()].map(({ status }) => status);
    expect([statuses, handle.uses]).toEqual([[503, 503, 200], 2]);
  });
});

function connectTo(url: string): Promise<string> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve) => {
    const socket = connect(Number(port), hostname, () => {
      socket.destroy();
      resolve("connected");
    });
    socket.on("error", (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
  });
}

it("counts the requests that are on their way together", async () => {
  mock.fail({ kind: "slow", millis: 50 });
  await Promise.all([post(), post(), post()]);
  expect(mock.mostInFlight).toBe(3);
});

it.each([
  ["self-signed", 200],
  ["expired", "CERT_HAS_EXPIRED"],
] as const)("speaks TLS with a certificate that is %s", async (tls, expected) => {
  const secure = await startMock("otlp", { tls });
  await expect(fetch(secure.url)).rejects.toThrow();
  const trusted = await new Promise((resolve) => {
    const headers = { "content-type": "application/json" };
    const outgoing = httpsRequest(`${secure.url}/v1/traces`, { method: "POST", ca: secure.certificate, headers });
    outgoing.once("response", ({ statusCode }) => resolve(statusCode));
    outgoing.once("error", (error) => resolve(Reflect.get(error, "code")));
    outgoing.end(bodyOf(1));
  });
  await secure.close();
  expect(trusted).toBe(expected);
});
