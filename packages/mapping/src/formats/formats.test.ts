import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { deterministicUuid, spanUuid } from "./ids.ts";
import { hrTimeToIso, hrTimeToMillis, hrTimeToSeconds, nanosBetween } from "./time.ts";

describe("times", () => {
  it("writes RFC 3339 with milliseconds and never rounds into the next one", () => {
    expect(hrTimeToIso([1_795_169_731, 294_999_999])).toBe("2026-11-20T10:15:31.294Z");
    expect(hrTimeToSeconds([1_795_169_731, 999_999_999])).toBe(1_795_169_731);
    expect(hrTimeToMillis([1, 500_000])).toBe(1000.5);
  });

  it("counts nanoseconds over a second's edge and gives 0 for an end before its start", () => {
    expect(nanosBetween([1, 999_999_999], [2, 1])).toBe(2);
    expect(nanosBetween([2, 0], [1, 0])).toBe(0);
  });
});

describe("ids", () => {
  it("makes the id that the vendors' samples were composed with", () => {
    expect(spanUuid("4bf92f3577b34da6a3ce929d0e0e4736", "a2fb4a1d1a96d312")).toBe(
      "8192c218-6ffd-49c4-8ee6-17eea2a923fd",
    );
  });

  it("has version 4 shape for any text and is the same each time", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const id = deterministicUuid(text);
        expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
        expect(deterministicUuid(text)).toBe(id);
      }),
    );
  });
});
