import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { nameListOf } from "./name-list.ts";

const name = fc.constantFrom("a", "b", "c", "gen_ai.operation.name", "__proto__", "constructor", "7");
const names = fc.uniqueArray(fc.oneof(name, fc.string({ maxLength: 3 })), { maxLength: 9 });
const rows = fc.array(fc.record({ needs: fc.option(fc.array(name, { maxLength: 3 }), { nil: undefined }) }), {
  maxLength: 6,
});

describe("the names of a span's attributes", () => {
  it("leave out no row that has something to read, however often and in whatever turn they come", () => {
    fc.assert(
      fc.property(fc.array(names, { minLength: 1, maxLength: 12 }), rows, (lists, table) => {
        for (const list of [...lists, ...lists, ...lists]) {
          const kept = nameListOf([...list]).having(table);
          const needed = table.filter(({ needs }) => needs?.some((one) => list.includes(one)) ?? true);
          expect(table.filter((row) => kept.includes(row))).toEqual(kept);
          expect(needed.filter((row) => !kept.includes(row))).toEqual([]);
        }
      }),
    );
  });

  it("leave out the other rows once they have come before", () => {
    const table = [{ needs: ["a"] }, { needs: ["b", "c"] }, {}, { needs: [] }];
    const kept = [0, 1, 2].map(() => nameListOf(["c", "d"]).having(table));
    expect(kept).toEqual([table, [table[1], table[2]], [table[1], table[2]]]);
  });

  it("are asked once for what follows from them, where they are as few and as short as usual", () => {
    const counted = (list: readonly string[]) => {
      let asked = 0;
      const isWanted = (one: string): boolean => {
        asked++;
        return one.startsWith("x");
      };
      const found = [0, 1].map(() => nameListOf([...list]).where(isWanted));
      return [asked, ...found];
    };
    const many = Array.from({ length: 65 }, (_, index) => `x${index}`);
    expect(counted(["x1", "y", "x2"])).toEqual([3, ["x1", "x2"], ["x1", "x2"]]);
    expect(counted(many)).toEqual([130, many, many]);
    expect(counted(["x".repeat(257)])[0]).toBe(2);
  });

  it("are kept apart where they are the same in another order, and forgotten where too many of one length come", () => {
    // Names that no test before this one has made.
    const [first, second] = [
      ["name 1", "name 2"],
      ["name 2", "name 1"],
    ];
    const [ab, ba] = [nameListOf(first ?? []), nameListOf(second ?? [])];
    expect(ab).not.toBe(ba);
    expect(nameListOf(first ?? [])).toBe(ab);
    for (let index = 0; index < 100; index++) nameListOf([`${index}`, "b"]);
    expect(nameListOf(first ?? [])).not.toBe(ab);
  });
});
