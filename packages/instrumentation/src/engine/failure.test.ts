import { describe, expect, it } from "vitest";
import { failureOf } from "./failure.ts";

class RateLimitError extends Error {
  readonly status = 429;
  readonly code: unknown;
  constructor(code: unknown) {
    super("slow down");
    this.code = code;
  }
}

describe("error.type", () => {
  it.each([
    ["a provider's code", new RateLimitError("rate_limit_exceeded"), "rate_limit_exceeded"],
    ["a class where there is no code", new RateLimitError(null), "RateLimitError"],
    ["a class where the code is a number", new RateLimitError(429), "RateLimitError"],
    ["a class where the code is an HTTP status in text", new RateLimitError("429"), "RateLimitError"],
    ["a class where the code is a sentence", new RateLimitError("you did it again"), "RateLimitError"],
    ["a plain error's own name", Object.assign(new Error("gone"), { name: "AbortError" }), "AbortError"],
    ["what the platform calls its error", new DOMException("gone", "TimeoutError"), "TimeoutError"],
    ["the last resort", "thrown text", "_OTHER"],
  ])("is %s", (_name, error, type) => {
    expect(failureOf(error).type).toBe(type);
  });
});
