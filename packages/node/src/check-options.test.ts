import { describe, expect, it } from "vitest";
import { checkOptions } from "./check-options.ts";
import { ConfigError } from "./config-error.ts";

const destinations = ["otlp"];

describe("options that no compiler has read", () => {
  it.each([
    ["nothing", undefined, 'the options must be an object such as { destinations: ["otlp"] }'],
    ["no destinations", {}, 'destinations must be a list such as ["otlp"]'],
    ["one that is no list", { destinations: "otlp" }, 'destinations must be a list such as ["otlp"]'],
    ["an unknown key", { destinations, spol: {} }, "the options: unknown key spol"],
    ["an unknown key of a part", { destinations, queue: { max: 1 } }, "queue: unknown key max"],
    [
      "an unknown word",
      { destinations, captureContent: "spans" },
      'captureContent must be "none" or "span" or "event" or "both"',
    ],
    ["a text for a number", { destinations, shutdownTimeoutMillis: "5s" }, "shutdownTimeoutMillis must be a number"],
    ["a path for an object", { destinations, spool: "/var/spool" }, "spool must be an object"],
    ["a spool without a place", { destinations, spool: {} }, "spool.directory must be a path"],
  ])("%s is told in a sentence", (_name, options, sentence) => {
    expect(() => checkOptions(options)).toThrow(new ConfigError(`genspan: register(): ${sentence}.`));
  });

  it("may be infinite, undefined and objects of classes", () => {
    class Provider {}
    const meterProvider = new Provider();
    const retry = { maxAttempts: Number.POSITIVE_INFINITY };
    expect(() =>
      checkOptions({ destinations, retry, meterProvider, spool: undefined, onMedia: () => {} }),
    ).not.toThrow();
  });
});
