import { diag } from "@opentelemetry/api";
import { afterEach, expect, it } from "vitest";
import { otlpOptions } from "./otlp-options.ts";
import { listenToWarnings } from "./testing.ts";

afterEach(() => diag.disable());

it("appends the path to a base, and not to a URL that has it", () => {
  const urlOf = (endpoint: string) => otlpOptions({ endpoint }, "traces", {}).url;
  expect(urlOf("http://collector:4318/")).toBe("http://collector:4318/v1/traces");
  expect(urlOf("http://collector:4318/v1/traces")).toBe("http://collector:4318/v1/traces");
  expect(urlOf("http://collector:4318/v1/logs")).toBe("http://collector:4318/v1/logs/v1/traces");
});

it("takes the general variable for a base whatever it ends with, as the specification says", () => {
  const environment = { OTEL_EXPORTER_OTLP_ENDPOINT: "http://collector/v1/traces" };
  expect(otlpOptions({}, "traces", environment).url).toBe("http://collector/v1/traces/v1/traces");
});

it.each([
  ["PROTOCOL", "grpc", { protocol: "http/protobuf" }, "http/protobuf and http/json"],
  ["COMPRESSION", "zstd", { compression: "none" }, "none and gzip"],
  ["TIMEOUT", "10s", {}, "milliseconds"],
])("sets aside what it does not know of OTEL_EXPORTER_OTLP_%s, and tells it once", (name, value, options, known) => {
  const told = listenToWarnings();
  const environment = { [`OTEL_EXPORTER_OTLP_${name}`]: value };
  for (const _ of [1, 2]) expect(otlpOptions({}, "traces", environment)).toMatchObject(options);
  expect(told).toEqual([
    `genspan: OTEL_EXPORTER_OTLP_${name} is "${value}", which is set aside: genspan knows ${known}.`,
  ]);
});

it("leaves out a header without a name, and says which one it is, not what it holds", () => {
  const told = listenToWarnings();
  const environment = { OTEL_EXPORTER_OTLP_HEADERS: "a=1,,s3cret, b = 2" };
  expect(otlpOptions({}, "traces", environment).headers).toEqual({ a: "1", b: "2" });
  expect(told).toEqual(["genspan: header 3 of OTEL_EXPORTER_OTLP_HEADERS is left out: write name=value."]);
});
