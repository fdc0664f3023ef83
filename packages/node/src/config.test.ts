import { describe, expect, it } from "vitest";
import { readDestination } from "./config.ts";
import { ConfigError } from "./config-error.ts";

describe("destinations as text", () => {
  it.each([
    ["otlp", { type: "otlp" }],
    ["otlp:http://collector:4318", { type: "otlp", endpoint: "http://collector:4318" }],
    ["console", { type: "console" }],
    ["file:./spans.jsonl", { type: "file", path: "./spans.jsonl" }],
    [" log10 ", { type: "vendor", vendor: "log10" }],
    ["respan:console", { type: "vendor", vendor: "respan", to: { type: "console" } }],
    ["log10:file:/tmp/a:b.jsonl", { type: "vendor", vendor: "log10", to: { type: "file", path: "/tmp/a:b.jsonl" } }],
    [
      "log10:otlp:http://collector:4318",
      { type: "vendor", vendor: "log10", to: { type: "otlp", endpoint: "http://collector:4318" } },
    ],
  ])("reads %j", (text, expected) => {
    expect(readDestination(text, "destinations[0]")).toEqual(expected);
  });
});

describe("a wrong destination", () => {
  it.each([
    [
      "an unknown word",
      "lgo10",
      /destinations\[2\]: unknown destination "lgo10"; choose one of otlp, file, console, log10/,
    ],
    [
      "an unknown vendor",
      { type: "vendor", vendor: "nobody" },
      /destinations\[2\]\.vendor: unknown vendor "nobody"; choose one of/,
    ],
    ["an unknown key", { type: "console", colour: true }, /unknown key colour/],
    ["an unknown type", { type: "kafka" }, /`type` must be "otlp", "vendor", "file" or "console"/],
    ["a file without a path", "file:", /path: must be a file path/],
    ["an address without a protocol", "otlp:localhost:4318", /endpoint: must be a URL such as http:\/\/localhost:4318/],
    ["an endpoint that is no URL", { type: "otlp", endpoint: "collector" }, /endpoint: must be a URL/],
    ["an unknown protocol", { type: "otlp", protocol: "grpc" }, /must be "http\/json" or "http\/protobuf"/],
    ["an unknown dialect", { type: "otlp", dialect: "otel" }, /dialect: must be one of "current", "1.36", "1.40"/],
    ["an unknown target", "log10:kafka", /to\.?.*`type` must be "http", "file", "console" or "otlp"/],
  ])("%s is told in a sentence", (_name, given, message) => {
    expect(() => readDestination(given, "destinations[2]")).toThrow(ConfigError);
    expect(() => readDestination(given, "destinations[2]")).toThrow(message);
  });
});
