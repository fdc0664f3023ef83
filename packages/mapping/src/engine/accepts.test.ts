import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { generatedTrace } from "../codec/testing.ts";
import { mapTrace } from "../map-span.ts";
import { vendors } from "../registry.ts";
import { acceptsOf } from "./accepts.ts";
import { GenAISpan } from "./genai-span.ts";
import { Trace } from "./trace.ts";

const ID = "6e4c5bdf-8e9b-4f39-8b6a-2a0c3b1f9d10";
const OPTIONS: Readonly<Record<string, object>> = {
  log10: { organizationId: "org_1" },
  galileo: { projectId: ID },
  "galileo-ingest": { projectId: ID, logStreamId: ID },
};
const formats = vendors.flatMap((vendor) => {
  const options = OPTIONS[vendor.name] ?? {};
  const usual = vendor.configure(options);
  return vendor.name === "noveum" ? [usual, vendor.configure({ ...options, dialect: "gateway" })] : [usual];
});

/** Values that a field of some kind or other refuses. */
const strange = fc.oneof(
  fc.constantFrom(undefined, null, "", "x", "2026-11-21", -1, 0.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 60, true),
  fc.constantFrom([], {}, [null], { type: "llm" }, new Date(0), 7n, () => 7, Symbol("s"), new Map()),
  fc.jsonValue(),
);

type Fields = Record<string, unknown>;

/** Every object and array within a value, itself included. */
function holders(value: unknown): readonly Fields[] {
  if (typeof value !== "object" || value === null) return [];
  return [value as Fields, ...Object.values(value).flatMap(holders)];
}

/** Puts a value in some place of a record, takes a field away, or adds one. */
function spoil(record: object, at: number, field: number, how: "set" | "delete" | "add", value: unknown): unknown {
  const copy = structuredClone(record);
  const all = holders(copy);
  const holder = all[at % all.length] ?? {};
  const names = Object.keys(holder);
  const name = names[field % Math.max(1, names.length)] ?? "none";
  if (how === "delete") delete holder[name];
  else holder[how === "set" ? name : "nobody_knows"] = value;
  return copy;
}

describe("a schema as a function that only looks", () => {
  it.each(formats.map((format, index) => [`${format.name} (${index})`, format] as const))(
    "%s: what it accepts, zod accepts, and a record as it should be it accepts itself",
    (_name, format) => {
      const accepts = acceptsOf(format.schema);
      let mapped = 0;
      let refused = 0;
      fc.assert(
        fc.property(
          generatedTrace,
          fc.nat(),
          fc.nat(),
          fc.constantFrom("set", "delete", "add"),
          strange,
          (spans, at, field, how, value) => {
            for (const result of mapTrace(format, new Trace(spans.map((span) => new GenAISpan(span))))) {
              if (result.status === "failed") throw new Error(result.reason);
              const isValid = format.schema.safeParse(result.record).success;
              expect(accepts(result.record)).toBe(isValid);
              if (isValid) mapped++;
              const spoiled = spoil(result.record, at, field, how, value);
              if (accepts(spoiled)) expect(format.schema.safeParse(spoiled).error).toBeUndefined();
              else refused++;
            }
          },
        ),
        { numRuns: 400 },
      );
      expect(mapped).toBeGreaterThan(200);
      expect(refused).toBeGreaterThan(20);
    },
    60_000,
  );

  it.each([
    ["a kind of schema that it does not know", z.tuple([z.string()]), ["a"], [1]],
    ["a check that it does not know", z.string().endsWith("!"), "a!", "a"],
    ["a format that it does not know", z.ipv4(), "10.0.0.1", "10"],
    ["a text of at least two characters", z.string().min(2), "abcd", "\u{1F600}"],
    ["a union of objects", z.discriminatedUnion("t", [z.strictObject({ t: z.literal("a") })]), { t: "a" }, { t: "b" }],
    ["a schema that refers to itself", z.json(), [{ a: [1, null] }], [{ a: undefined }]],
    ["a rule of its own", z.object({ a: z.int() }).refine(({ a }) => a > 1), { a: 2 }, { a: 1 }],
  ])("says the same as zod of %s", (_name, schema, right, wrong) => {
    expect([acceptsOf(schema)(right), schema.safeParse(right).success]).toEqual([true, true]);
    expect([acceptsOf(schema)(wrong), schema.safeParse(wrong).success]).toEqual([false, false]);
  });

  it("goes by the fields of a value, whatever those of the value before were", () => {
    const accepts = acceptsOf(z.strictObject({ a: z.string(), b: z.int().exactOptional(), c: z.null() }));
    const values = [
      [{ a: "x", b: 1, c: null }, true],
      [{ c: null, a: "x" }, true],
      [{ c: null, b: 1, a: "x" }, true],
      [{ c: null, b: 1 }, false],
      [{ c: null, b: "x", a: "x" }, false],
      [{ a: "x", d: 1, c: null }, false],
      [{ a: "", c: null }, true],
    ] as const;
    expect(values.map(([value]) => accepts(value))).toEqual(values.map(([, isValid]) => isValid));
  });
});
