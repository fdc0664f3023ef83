import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import { JsonEscaper } from "./json-escaper.ts";
import { JsonWriter } from "./json-writer.ts";

/** Characters of every length in UTF-8, halves of pairs, and all that JSON escapes. */
const characters = fc.constantFrom(...'ab/"\\\n\t\0\u001f\u007fé€😀', "\ud83d", "\ude00", "\u2028");
/** Short stretches over and over, so that long texts are made of little. */
const longText = fc
  .tuple(fc.string({ unit: characters, maxLength: 40 }), fc.nat(1200), fc.string({ unit: characters, maxLength: 40 }))
  .map(([part, times, rest]) => part.repeat(times) + rest);

describe("long texts", () => {
  it("are escaped as JSON.stringify does, with U+FFFD for half a surrogate pair", () => {
    const escaper = new JsonEscaper();
    fc.assert(
      fc.property(longText, (text) => {
        const pieces: Buffer[] = [];
        escaper.escape(text, (bytes, begin, end) => pieces.push(Buffer.from(bytes.subarray(begin, end))));
        expect(`"${Buffer.concat(pieces).toString("utf8")}"`).toBe(JSON.stringify(text.toWellFormed()));
      }),
      { numRuns: 200 },
    );
  });

  it("are written all the same where there is no WebAssembly", async () => {
    vi.stubGlobal("WebAssembly", undefined);
    vi.resetModules();
    const { JsonWriter: Without } = await import("./json-writer.ts");
    const text = 'a "quoted" word, half a pair \ud83d and \n'.repeat(50);
    const written = [Without, JsonWriter].map((Writer) => new Writer().quoted(text).finishText());
    vi.unstubAllGlobals();
    expect(written).toEqual(Array(2).fill(JSON.stringify(text.toWellFormed())));
  });
});

/** Few names and values, so that much repeats from one to the next, as from span to span. */
const value = fc.oneof(
  fc.constantFrom("chat", "gpt-4o", "", 'with "quotes"', 0, -1, 7, 0.5, true, false),
  fc.integer(),
  fc.string({ maxLength: 8 }),
  longText,
);
const attributes = fc
  .uniqueArray(fc.constantFrom("a", "b", "c", "d", "e", "f"), { minLength: 2 })
  .chain((names) =>
    fc.tuple(...names.map((name) => fc.tuple(fc.constant(name), value))).map((entries) => Object.fromEntries(entries)),
  );

describe("attributes that repeat from span to span", () => {
  it("are written as each of them is on its own", () => {
    const writer = new JsonWriter();
    fc.assert(
      fc.property(fc.array(attributes, { minLength: 2, maxLength: 12 }), (spans) => {
        for (const values of spans) {
          const expected = Object.entries(values).map(([key, one]) => ({ key, value: anyValue(one) }));
          expect(JSON.parse(writer.begin().attributes(values).finishText())).toEqual(expected);
        }
      }),
      { numRuns: 100 },
    );
  });

  function anyValue(one: unknown): object {
    if (typeof one === "string") return { stringValue: one.toWellFormed() };
    if (typeof one === "boolean") return { boolValue: one };
    return Number.isSafeInteger(one) ? { intValue: String(one) } : { doubleValue: one };
  }
});
