import fc from "fast-check";
import { expect, it } from "vitest";
import { type Entry, SlabWriter } from "./slab.ts";

const step = fc.record({
  bytes: fc.oneof({ weight: 9, arbitrary: fc.nat(20_000) }, { weight: 1, arbitrary: fc.nat(150_000) }),
  fill: fc.nat(255),
  /** Which of those that are held is released after it, if any. */
  release: fc.option(fc.nat(1000), { nil: undefined, freq: 6 }),
});

it("keeps what is held as it was put, whatever comes and goes beside it", () => {
  fc.assert(
    fc.property(
      fc.array(step, { maxLength: 300, size: "max" }),
      fc.constantFrom("," as const, "" as const),
      (steps, gap) => {
        const writer = new SlabWriter(gap);
        const held: { entry: Entry; fill: number; bytes: number }[] = [];
        for (const { bytes, fill, release } of steps) {
          const entry = writer.put(Buffer.alloc(bytes, fill));
          entry.slab.retain();
          held.push({ entry, fill, bytes });
          if (release === undefined) continue;
          const [gone] = held.splice(release % held.length, 1);
          gone?.entry.slab.release();
        }
        for (const { entry, fill, bytes } of held) {
          expect(entry.byteLength).toBe(bytes);
          expect(Buffer.compare(entry.bytes, Buffer.alloc(bytes, fill))).toBe(0);
        }
      },
    ),
    { numRuns: 40 },
  );
});

it("uses memory again that everyone has released", () => {
  const writer = new SlabWriter("");
  const content = Buffer.alloc(60_000, 1);
  const slabs = new Set<ArrayBufferLike>();
  for (let round = 0; round < 400; round++) {
    const { slab } = writer.put(content);
    slab.retain();
    slabs.add(slab.memory.buffer);
    slab.release();
  }
  expect(slabs.size).toBeLessThan(40); // 100 slabs' worth was put
});
