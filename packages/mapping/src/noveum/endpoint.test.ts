import { describe, expect, it } from "vitest";
import { VendorOptionsError } from "../define-vendor.ts";
import { GenAISpan } from "../engine/genai-span.ts";
import { spanOf } from "../engine/testing.ts";
import type { Endpoint } from "../vendor.ts";
import { noveum } from "./index.ts";
import { documented } from "./testing.ts";

const endpointOf = (options: object): Endpoint<object> => {
  const { endpoint } = noveum.configure(options);
  if ("unavailable" in endpoint) throw new Error(endpoint.unavailable);
  return endpoint;
};

describe("Elasticsearch's bulk endpoint", () => {
  const endpoint = endpointOf({ elasticsearchUrl: "http://es:9200/", username: "u", password: "p" });
  const records = [documented({ attributes: { "user.id": "a\nb" } }), documented()];
  const source = { traceId: "4bf92f3577b34da6a3ce929d0e0e4736", spanId: "a2fb4a1d1a96d312" };

  it("gets two lines for each log, under an id that is the same at every retry", () => {
    const request = endpoint.request(records, [source, { ...source, spanId: "00f067aa0ba902b7" }]);
    expect(request).toMatchObject({
      url: "http://es:9200/_bulk?filter_path=errors,items.*.error.type",
      method: "POST",
      headers: { authorization: "Basic dTpw", "content-type": "application/x-ndjson" },
    });
    const lines = request.body.split("\n");
    expect(lines.pop()).toBe(""); // the API wants a line break at the end
    const index = (spanId: string) => ({ index: { _index: "ai-gateway-metrics", _id: `${source.traceId}-${spanId}` } });
    expect(lines.map((line) => JSON.parse(line))).toEqual([
      index("a2fb4a1d1a96d312"),
      records[0],
      index("00f067aa0ba902b7"),
      records[1],
    ]);
  });

  it("gets a log under its own id where its span is not known", () => {
    const [action] = endpoint.request([records[1] ?? {}]).body.split("\n");
    expect(JSON.parse(action ?? "")).toEqual({ index: { _index: "ai-gateway-metrics", _id: "msg_a2fb4a1d1a96d312" } });
  });

  const refusals = (...types: readonly string[]) =>
    JSON.stringify({ errors: true, items: types.map((type) => ({ index: { error: { type } } })) });

  it.each<[string, string, object | undefined]>([
    ["nothing of a success", '{"errors":false}', undefined],
    [
      "that a busy one may be asked again",
      refusals("es_rejected_execution_exception", "es_rejected_execution_exception"),
      { reason: "documents were refused: es_rejected_execution_exception", retryable: true },
    ],
    [
      "that a document was refused, though another had no room",
      refusals("circuit_breaking_exception", "document_parsing_exception"),
      { reason: expect.stringContaining("document_parsing_exception"), retryable: false },
    ],
    [
      "that documents were refused also where the reply is cut",
      refusals("x".repeat(50)).slice(0, 40),
      { reason: expect.stringContaining("no type of error"), retryable: false },
    ],
  ])("says %s", (_name, body, refusal) => {
    expect(endpoint.refusalIn?.(body)).toEqual(refusal);
  });

  it("may be sent the same again when it is busy, not when it refuses", () => {
    expect(endpoint.retryableStatuses).toEqual(expect.arrayContaining([429, 503]));
    expect(endpoint.retryableStatuses).not.toContain(400);
  });
});

describe("an endpoint of the user's", () => {
  it("gets an array, with the user's headers", () => {
    const endpoint = endpointOf({ url: "http://sink/logs", headers: { Authorization: "Bearer t" } });
    const request = endpoint.request([documented()]);
    expect(request).toMatchObject({
      url: "http://sink/logs",
      headers: { authorization: "Bearer t", "content-type": "application/json" },
    });
    expect(JSON.parse(request.body)).toEqual([documented()]);
  });
});

it("has no endpoint of its own, and says what to set", () => {
  expect(noveum.configure().endpoint).toEqual({ unavailable: expect.stringContaining("ELASTICSEARCH_URL") });
});

it.each([
  ["chat", true],
  ["generate_content", true],
  ["text_completion", true],
  ["embeddings", true],
  ["execute_tool", false],
  ["invoke_agent", false],
  [undefined, false],
])("makes a log of operation %s: %s", (operation, accepted) => {
  const span = new GenAISpan(spanOf({ attributes: { "gen_ai.operation.name": operation } }));
  expect(noveum.configure().accepts(span)).toBe(accepted);
});

describe("options", () => {
  it.each([
    [{ dialect: "docs" }, /option `dialect`: must be "documented" or "gateway"/],
    [{ elasticsearchUrl: "localhost:9200" }, /option `elasticsearchUrl`: must be an http or https URL/],
    [{ index: "AI Metrics" }, /option `index`: must be a name that Elasticsearch allows/],
    [{ elasticsearchUrl: "http://a", url: "http://b" }, /noveum: set option `elasticsearchUrl` or `url`, not both/],
    [{ username: "u" }, /noveum: options `username` and `password` go together/],
    [{ apiKey: "k" }, /noveum: unknown option `apiKey`/],
  ])("refuses %o in a sentence", (options, message) => {
    expect(() => noveum.configure(options)).toThrow(VendorOptionsError);
    expect(() => noveum.configure(options)).toThrow(message);
  });
});
