import fc from "fast-check";
import { expect, it } from "vitest";
import { hrTimeToIso } from "./time.ts";

function plain([seconds, nanos]: readonly [number, number]): string {
  const date = new Date(seconds * 1e3 + Math.floor(nanos / 1e6));
  return Number.isNaN(date.getTime()) ? "1970-01-01T00:00:00.000Z" : date.toISOString();
}

const seconds = fc.oneof(
  fc.constantFrom(0, 1_795_169_730, 1_795_169_731, -1, 253_402_300_799, 253_402_300_800, 8.64e12, Number.NaN, 0.5),
  fc.integer({ min: -1e13, max: 1e13 }),
);
const nanos = fc.oneof(fc.nat(999_999_999), fc.constantFrom(-1, 1e9, 1_999_999_999, Number.NaN, 0.5));

it("writes every time as a date does, whatever was written before", () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(seconds, nanos), { minLength: 1, maxLength: 6 }), (times) => {
      expect(times.map(hrTimeToIso)).toEqual(times.map(plain));
    }),
    { numRuns: 1000 },
  );
});
