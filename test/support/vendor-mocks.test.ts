import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { startVendorMock, type VendorMock } from "./vendor-mocks.ts";

let vendor: VendorMock;
beforeAll(async () => {
  vendor = await startVendorMock();
});
beforeEach(() => vendor.reset());
afterAll(() => vendor.close());
const post = (path: string, init: RequestInit = {}): Promise<Response> =>
  fetch(vendor.url + path, { method: "POST", ...init });

describe("vendor mock", () => {
  it("keeps method, path, headers and the parsed body, also of a zipped one", async () => {
    await post("/v1/log?a=1", { body: '{"x":1}', headers: { authorization: "Bearer t" } });
    await post("/v1/log", { body: gzipSync('{"x":2}'), headers: { "content-encoding": "gzip" } });
    expect(vendor.requests[0]).toMatchObject({ method: "POST", path: "/v1/log?a=1", body: { x: 1 } });
    expect(vendor.requests[0]?.headers.authorization).toBe("Bearer t");
    expect(vendor.requests[1]?.body).toEqual({ x: 2 });
  });

  it("answers a path in the order it was told, and the last answer from then on", async () => {
    vendor.answer("/a", { status: 429, retryAfter: 7 }, { status: 201, body: { ok: true } });
    const first = await post("/a");
    expect([first.status, first.headers.get("retry-after")]).toEqual([429, "7"]);
    expect((await post("/a")).status).toBe(201);
    expect(await (await post("/a")).json()).toEqual({ ok: true });
    expect((await post("/b")).status).toBe(200);
  });

  it("disconnects", async () => {
    vendor.answer("*", { disconnect: true });
    await expect(post("/gone")).rejects.toThrow();
  });

  it("waits for a number of requests and says how many came", async () => {
    setTimeout(() => void post("/later"), 20);
    expect(await vendor.received(1)).toHaveLength(1);
    await expect(vendor.received(2, 30)).rejects.toThrow("1 of 2");
  });
});
