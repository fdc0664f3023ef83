import { expect, it } from "vitest";
import { parseRetryAfter } from "./retry-after.ts";

const now = Date.parse("2026-11-20T10:00:00Z");

it.each([
  ["seconds", "120", 120_000],
  ["a date", "Fri, 20 Nov 2026 10:00:30 GMT", 30_000],
  ["a date that has passed", "Fri, 20 Nov 2026 09:00:00 GMT", 0],
  ["nonsense", "soon", undefined],
  ["a negative number", "-5", undefined],
  ["nothing", undefined, undefined],
])("reads Retry-After given as %s", (_name, value, expected) => {
  expect(parseRetryAfter(value, now)).toBe(expected);
});
