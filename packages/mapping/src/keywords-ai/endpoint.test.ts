import { describe, expect, it } from "vitest";
import { VendorOptionsError } from "../define-vendor.ts";
import { optionsFromEnvironment } from "../environment.ts";
import { ingestUrl } from "./endpoint.ts";
import { keywordsAI } from "./index.ts";
import { logOf } from "./testing.ts";

describe("the endpoint", () => {
  it("posts an array of logs with a bearer token", () => {
    const { endpoint } = keywordsAI.configure({ apiKey: "key-1" });
    if ("unavailable" in endpoint) throw new Error(endpoint.unavailable);
    const log = logOf({ "gen_ai.operation.name": "chat" });
    const request = endpoint.request([log, log]);
    expect(request).toMatchObject({
      method: "POST",
      url: "https://api.respan.ai/api/v1/traces/ingest",
      headers: { "content-type": "application/json", authorization: "Bearer key-1" },
    });
    expect(JSON.parse(request.body)).toEqual([log, log]);
    expect(endpoint.maxBytes).toBe(20_000_000);
    expect(endpoint.retryableStatuses).toContain(429);
    expect(endpoint.retryableStatuses).not.toContain(401);
  });

  it("writes big integers of a structured attribute as text", () => {
    const { endpoint } = keywordsAI.configure({ apiKey: "key-1" });
    if ("unavailable" in endpoint) throw new Error(endpoint.unavailable);
    const log = logOf({ "gen_ai.operation.name": "chat", "genspan.raw.request": { seed: 7n } });
    expect(JSON.parse(endpoint.request([log]).body)).toMatchObject([{ full_request: { seed: "7" } }]);
  });

  it("is unavailable without a key, and says what to set", () => {
    expect(keywordsAI.configure().endpoint).toEqual({
      unavailable: "keywords-ai: set option `apiKey` or RESPAN_API_KEY",
    });
  });

  it.each([
    ["https://api.respan.ai", "/api/v1/traces/ingest", "https://api.respan.ai/api/v1/traces/ingest"],
    ["https://api.respan.ai/", "/api/v1/traces/ingest", "https://api.respan.ai/api/v1/traces/ingest"],
    ["https://api.keywordsai.co/api", "/api/v1/traces/ingest", "https://api.keywordsai.co/api/v1/traces/ingest"],
    ["https://proxy.example/llm/api/", "/api/v1/traces/ingest", "https://proxy.example/llm/api/v1/traces/ingest"],
    ["https://api.keywordsai.co", "/v1/traces/ingest", "https://api.keywordsai.co/v1/traces/ingest"],
  ])("joins %s and %s", (baseUrl, path, url) => {
    expect(ingestUrl(baseUrl, path)).toBe(url);
  });
});

describe("options", () => {
  it("come from the environment under the present name before the former one", () => {
    const environment = { KEYWORDSAI_API_KEY: "old", RESPAN_API_KEY: "new", KEYWORDSAI_BASE_URL: "https://x.example" };
    expect(optionsFromEnvironment(keywordsAI, environment)).toEqual({ apiKey: "new", baseUrl: "https://x.example" });
  });

  it.each([
    [{ baseUrl: "api.respan.ai" }, /option `baseUrl`: must be an http or https URL/],
    [{ path: "api" }, /option `path`: must begin with a slash/],
    [{ apiKey: "" }, /option `apiKey`: must not be empty/],
    [{ metadata: { a: {} } }, /option `metadata.a`: must be a text, a number or a boolean/],
    [{ responseLogType: "x" }, /must be "chat" or "response"/],
    [{ apikey: "x" }, /keywords-ai: unknown option `apikey`/],
  ])("refuses %j in a sentence", (options, message) => {
    expect(() => keywordsAI.configure(options)).toThrow(VendorOptionsError);
    expect(() => keywordsAI.configure(options)).toThrow(message);
  });
});
