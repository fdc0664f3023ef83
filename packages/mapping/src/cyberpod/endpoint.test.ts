import { describe, expect, it } from "vitest";
import { VendorOptionsError } from "../define-vendor.ts";
import { cyberpod } from "./index.ts";

describe("the endpoint", () => {
  it("is unavailable without a URL, because CyberPod documents none", () => {
    expect(cyberpod.configure({ token: "t" }).endpoint).toEqual({
      unavailable: expect.stringContaining("CyberPod documents no write path for Trace"),
    });
  });

  it.each([
    ["with a token", { token: "jwt" }, { "content-type": "application/json", authorization: "Bearer jwt" }],
    ["without a token", {}, { "content-type": "application/json" }],
  ])("posts one record to the given URL %s", (_name, options, headers) => {
    const url = "http://localhost:4000/api/v1/telemetry/traces";
    const { endpoint } = cyberpod.configure({ ...options, endpoint: url });
    if ("unavailable" in endpoint) throw new Error(endpoint.unavailable);
    expect(endpoint.maxRecords).toBe(1);
    expect(endpoint.request([{ a: 1 }])).toEqual({ url, method: "POST", headers, body: '{"a":1}' });
    expect(endpoint.retryableStatuses).not.toContain(404);
    expect(endpoint.retryableStatuses).not.toContain(405);
  });
});

describe("options", () => {
  it.each([
    [{ endpoint: "localhost:4000" }, /option `endpoint`: must be an http or https URL/],
    [{ sourceType: "cloud" }, /option `sourceType`: must be one of frontend, backend/],
    [{ source: "" }, /option `source`: must not be empty/],
    [{ policyDecisions: () => 1 }, /option `policyDecisions`: must be a JSON value/],
    [{ clientSecret: "x" }, /cyberpod: unknown option `clientSecret`/],
  ])("refuses %o in a sentence", (options, message) => {
    expect(() => cyberpod.configure(options)).toThrow(VendorOptionsError);
    expect(() => cyberpod.configure(options)).toThrow(message);
  });
});
