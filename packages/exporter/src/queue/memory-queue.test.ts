import fc from "fast-check";
import { expect, it } from "vitest";
import { MemoryQueue } from "./memory-queue.ts";

interface Item {
  readonly id: number;
  readonly bytes: number;
}

const bounds = { maxItems: 5, maxBytes: 20 };
const steps = fc.array(
  fc.oneof(
    fc.record({ kind: fc.constant("add" as const), bytes: fc.integer({ min: 1, max: 25 }) }),
    fc.record({
      kind: fc.constant("take" as const),
      items: fc.integer({ min: 1, max: 4 }),
      bytes: fc.integer({ min: 1, max: 30 }),
    }),
    fc.constant({ kind: "settle" as const }),
  ),
  { maxLength: 60 },
);

it.each(["drop-newest", "drop-oldest"] as const)(
  "loses and doubles nothing, stays within bounds and in order (%s)",
  (overflow) => {
    fc.assert(
      fc.property(steps, (script) => {
        const queue = new MemoryQueue<Item>({ ...bounds, overflow });
        const seen: number[] = [];
        const taken: number[] = [];
        const lent: (readonly Item[])[] = [];
        let added = 0;
        for (const step of script) {
          if (step.kind === "add") {
            for (const { id } of queue.add({ id: added, bytes: step.bytes })) seen.push(id);
            added++;
          } else if (step.kind === "take") {
            const batch = queue.take(step.items, step.bytes, () => "");
            expect(batch.length).toBeLessThanOrEqual(step.items);
            if (batch.length > 1) expect(bytesOf(batch)).toBeLessThanOrEqual(step.bytes);
            taken.push(...batch.map(({ id }) => id));
            lent.push(batch);
          } else {
            queue.settle(lent.shift() ?? []);
          }
          expect(queue.length).toBe(queue.waiting + lent.flat().length);
          expect(queue.length).toBeLessThanOrEqual(bounds.maxItems);
          expect(queue.bytes).toBeLessThanOrEqual(bounds.maxBytes);
          expect(queue.oldestAt === undefined).toBe(queue.length === 0);
        }
        taken.push(...queue.clear().map(({ id }) => id));
        expect(queue.bytes).toBe(bytesOf(lent.flat()));
        for (const batch of lent) queue.settle(batch);
        expect(queue).toMatchObject({ length: 0, bytes: 0, oldestAt: undefined });
        expect(taken).toEqual([...taken].sort((a, b) => a - b));
        expect([...taken, ...seen].sort((a, b) => a - b)).toEqual(Array.from({ length: added }, (_, id) => id));
      }),
    );
  },
);

const bytesOf = (items: readonly Item[]) => items.reduce((sum, { bytes }) => sum + bytes, 0);

it("lends the oldest item with others of its group, in order", () => {
  const queue = new MemoryQueue<Item & { group: string }>({ ...bounds, maxItems: 9, overflow: "drop-newest" });
  for (const [id, group] of ["a", "a", "b", "a", "c", "b"].entries()) queue.add({ id, bytes: 1, group });
  const take = () => queue.take(3, 100, ({ group }) => group).map(({ id }) => id);
  expect(take()).toEqual([0, 1, 3]);
  queue.add({ id: 6, bytes: 1, group: "b" });
  expect([take(), take(), take()]).toEqual([[2, 5, 6], [4], []]);
  expect(queue).toMatchObject({ waiting: 0, length: 7 });
});

it("drops what is larger than the whole queue, whatever the policy", () => {
  const queue = new MemoryQueue<Item>({ ...bounds, overflow: "drop-oldest" });
  queue.add({ id: 1, bytes: 1 });
  expect(queue.add({ id: 2, bytes: 21 })).toEqual([{ id: 2, bytes: 21 }]);
  expect(queue.length).toBe(1);
});
