import { expect, it } from "vitest";
import { DEFAULT_RETRY, delayAfter } from "./backoff.ts";

const options = { ...DEFAULT_RETRY, initialDelayMillis: 100, maxDelayMillis: 1000, maxRetryAfterMillis: 5000 };

it.each([
  ["the first delay", 1, undefined, 1, 100],
  ["twice that", 2, undefined, 1, 200],
  ["any part of it", 3, undefined, 0.5, 200],
  ["our limit", 40, undefined, 1, 1000],
  ["what the server asks for", 1, 3000, 1, 3000],
  ["no longer than a server is granted", 1, 1e12, 1, 5000],
  ["our own delay where the server asks for less", 4, 10, 1, 800],
])("waits for %s", (_name, attempt, retryAfter, random, expected) => {
  expect(delayAfter(attempt, options, retryAfter, random)).toBe(expected);
});
