import { describe, expect, it } from "vitest";
import { readEnvironment } from "./environment.ts";

describe("readEnvironment", () => {
  it("sends to OTLP, captures nothing and stays off the global provider when no variable is set", () => {
    expect(readEnvironment({})).toEqual({
      enabled: true,
      destinations: ["otlp"],
      global: false,
      captureRaw: false,
      captureStacktrace: false,
    });
  });

  it("reads a list of destinations and flags in any common spelling", () => {
    const environment = {
      GENSPAN_DESTINATIONS: " log10 , file:./x.jsonl,,",
      GENSPAN_CAPTURE_RAW: "1",
      GENSPAN_GLOBAL: "Yes",
      GENSPAN_CAPTURE_CONTENT: "span",
      OTEL_SDK_DISABLED: "true",
    };
    expect(readEnvironment(environment)).toMatchObject({
      enabled: false,
      destinations: ["log10", "file:./x.jsonl"],
      global: true,
      captureContent: "span",
      captureRaw: true,
    });
  });

  it("takes an empty list of destinations for none that is set", () => {
    expect(["", " , "].map((word) => readEnvironment({ GENSPAN_DESTINATIONS: word }).destinations)).toEqual([
      ["otlp"],
      ["otlp"],
    ]);
  });

  it("reads how long the end of the process may wait", () => {
    const read = (GENSPAN_SHUTDOWN_TIMEOUT_MILLIS: string) => readEnvironment({ GENSPAN_SHUTDOWN_TIMEOUT_MILLIS });
    expect(read("2000").shutdownTimeoutMillis).toBe(2000);
    expect(() => read("2s")).toThrow('GENSPAN_SHUTDOWN_TIMEOUT_MILLIS is "2s"; set it to a number of milliseconds.');
  });

  it("knows the words of other instrumentations for content", () => {
    const captured = (word: string) => readEnvironment({ GENSPAN_CAPTURE_CONTENT: word }).captureContent;
    expect(["1", "all", "EVENT_ONLY", "no_content"].map(captured)).toEqual(["span", "both", "event", "none"]);
  });

  it("reads which rules of redaction are on", () => {
    const redact = (GENSPAN_REDACT: string) => readEnvironment({ GENSPAN_REDACT }).redact;
    expect(redact("all")).toEqual({});
    expect(redact("email, Card")).toEqual({ rules: ["email", "card"] });
    expect(redact("")).toBeUndefined();
  });

  it.each([
    [{ GENSPAN_REDACT: "mail" }, /GENSPAN_REDACT is "mail"; set it to all, or to some of api_key/],
    [
      { GENSPAN_CAPTURE_CONTENT: "some" },
      /GENSPAN_CAPTURE_CONTENT is "some"; set it to one of none, span, event, both/,
    ],
    [{ GENSPAN_GLOBAL: "maybe" }, /GENSPAN_GLOBAL is "maybe"; set it to true or false/],
  ])("names the variable of %j", (environment, message) => {
    expect(() => readEnvironment(environment)).toThrow(message);
  });
});
