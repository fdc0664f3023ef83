import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { objectOf } from "./object-of.ts";

const names = fc.uniqueArray(
  fc.oneof(
    fc.string(),
    fc.constantFrom("__proto__", "constructor", "0", "17", "-1", "toString", "gen_ai.operation.name"),
  ),
  { maxLength: 40 },
);

describe("an object of names and values", () => {
  it("is what the entries make, however many they are, whatever their names, also the second time", () => {
    fc.assert(
      fc.property(names, fc.array(fc.anything(), { minLength: 40, maxLength: 40 }), (given, values) => {
        const own = values.slice(0, given.length);
        const expected = Object.fromEntries(given.map((name, index) => [name, own[index]]));
        for (const object of [objectOf(given, own), objectOf([...given], own)]) {
          expect(Object.getPrototypeOf(object)).toBe(Object.prototype);
          expect(new Map(Object.entries(object))).toEqual(new Map(Object.entries(expected)));
        }
      }),
      { numRuns: 500 },
    );
  });

  it("keeps the order of the names and shares nothing with the object before", () => {
    const many = Array.from({ length: 20 }, (_, index) => `field_${index}`);
    const first = objectOf(many, many);
    const second = objectOf(
      many,
      many.map(() => 7),
    );
    expect(Object.keys(first)).toEqual(many);
    expect(Object.values(first)).toEqual(many);
    expect(new Set(Object.values(second))).toEqual(new Set([7]));
  });
});
