import { describe, expect, it } from "vitest";
import { VendorOptionsError } from "../define-vendor.ts";
import { log10 } from "./index.ts";
import { mapped, options } from "./testing.ts";

describe("the endpoint", () => {
  it("takes one completion, with the organisation of the record in the header", () => {
    const { endpoint } = log10.configure({ ...options, token: "t", baseUrl: "http://localhost:1/" });
    if ("unavailable" in endpoint) throw new Error(endpoint.unavailable);
    const record = mapped({ attributes: { "genspan.organization.id": "org_2" } });
    const request = endpoint.request([record]);
    expect(endpoint.maxRecords).toBe(1);
    expect(request).toMatchObject({
      url: "http://localhost:1/api/v1/completions",
      method: "POST",
      headers: { "content-type": "application/json", "x-log10-token": "t", "x-log10-organization": "org_2" },
    });
    expect(JSON.parse(request.body)).toEqual(record);
  });

  it("is unavailable without a token, and says so", () => {
    expect(log10.configure(options).endpoint).toEqual({ unavailable: "log10: set option `token` or LOG10_TOKEN" });
  });
});

describe("options", () => {
  it.each([
    [{ durationUnit: "s" }, /option `durationUnit`: must be `seconds` or `milliseconds`/],
    [{ baseUrl: "log10.io" }, /option `baseUrl`: must be an http or https URL/],
    [{ organizationId: "a\r\nb: c" }, /option `organizationId`: must be plain text on one line/],
    [{ token: "" }, /option `token`: must be plain text/],
    [{ tags: "a" }, /option `tags`: must be an array of texts/],
    [{ apiKey: "k" }, /log10: unknown option `apiKey`/],
  ])("refuses %o in a sentence", (wrong, message) => {
    expect(() => log10.configure(wrong)).toThrow(VendorOptionsError);
    expect(() => log10.configure(wrong)).toThrow(message);
  });
});
