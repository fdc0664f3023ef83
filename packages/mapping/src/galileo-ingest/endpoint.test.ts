import { describe, expect, it } from "vitest";
import { VendorOptionsError } from "../define-vendor.ts";
import { spanOf } from "../engine/testing.ts";
import { galileoIngest } from "./index.ts";
import type { IngestRequest } from "./schema.ts";
import { options, recordOf, sentByGalileosClient } from "./testing.ts";

const logStreamId = "8060d08f-b651-4464-ad2a-248d6ce9afd4";

function endpointOf(given: object = {}) {
  const { endpoint } = galileoIngest.configure({ ...options, ...given });
  if ("unavailable" in endpoint) throw new Error(endpoint.unavailable);
  return endpoint;
}

function traceOf(digit: string, attributes: object = {}): IngestRequest {
  const traceId = digit.repeat(32);
  return recordOf([spanOf({ traceId, attributes: { "gen_ai.operation.name": "chat", ...attributes } })]);
}

describe("the endpoint", () => {
  it("is unavailable without a key, and says what to set", () => {
    expect(galileoIngest.configure({ projectId: options.projectId }).endpoint).toEqual({
      unavailable: "galileo-ingest: set option `apiKey` or GALILEO_API_KEY",
    });
  });

  it.each([
    ["by default", {}, "https://api.galileo.ai/projects/"],
    ["with the documented prefix", { pathPrefix: "/v2" }, "https://api.galileo.ai/v2/projects/"],
    ["of an own installation", { baseUrl: "http://localhost:1/" }, "http://localhost:1/projects/"],
  ])("has the project in its path %s, not in the body", (_name, given, expected) => {
    const request = endpointOf(given).request([traceOf("1")]);
    expect(request.url).toBe(`${expected}${options.projectId}/traces`);
    expect(request.method).toBe("POST");
    expect(JSON.parse(request.body)).not.toHaveProperty("project_id");
  });

  it("sends the key under the configured name", () => {
    expect(endpointOf().request([traceOf("1")]).headers).toEqual({
      "content-type": "application/json",
      "Galileo-API-Key": "k",
    });
    const renamed = endpointOf({ apiKeyHeader: "Splunk-AO-API-Key" }).request([traceOf("1")]);
    expect(renamed.headers).toHaveProperty("Splunk-AO-API-Key", "k");
  });

  it("puts traces of one group into one request that Galileo's client would send too", () => {
    const endpoint = endpointOf();
    const records = [traceOf("1"), traceOf("2")];
    expect(new Set(records.map((record) => endpoint.groupOf?.(record))).size).toBe(1);
    const body = JSON.parse(endpoint.request(records).body) as { traces: readonly { external_id: string }[] };
    expect(body.traces.map((trace) => trace.external_id)).toEqual(["1".repeat(32), "2".repeat(32)]);
    expect(sentByGalileosClient(body)).toMatchObject(body);
  });

  it.each([
    ["project", { "genspan.project.id": logStreamId }],
    ["log stream", { "genspan.log_stream.id": logStreamId }],
    ["experiment", { "genspan.experiment.id": logStreamId }],
    ["session", { "session.id": "s" }],
  ])("keeps another %s apart", (_name, attributes) => {
    const { groupOf } = endpointOf();
    expect(groupOf?.(traceOf("1", attributes))).not.toBe(groupOf?.(traceOf("1")));
  });
});

describe("options", () => {
  it.each([
    [{ projectId: "main" }, /option `projectId`: must be the UUID of a Galileo project/],
    [{ logStreamId: "main" }, /option `logStreamId`: must be the UUID \(version 4\) of a log stream/],
    [{ logStreamId, experimentId: logStreamId }, /option `experimentId`: cannot be set together with `logStreamId`/],
    [{ pathPrefix: "v2" }, /option `pathPrefix`: must be empty or a path such as \/v2/],
    [{ loggingMethod: "otel" }, /option `loggingMethod`: must be one of playground/],
    [{ reliable: "yes" }, /option `reliable`: must be true or false/],
    [{ project: "x" }, /galileo-ingest: unknown option `project`/],
  ])("refuses %j in a sentence", (given, message) => {
    expect(() => galileoIngest.configure(given)).toThrow(VendorOptionsError);
    expect(() => galileoIngest.configure(given)).toThrow(message);
  });
});
