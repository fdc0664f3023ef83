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
    fc.record({ kind: fc.constant("give back" as const), asSuspects: fc.boolean() }),
  ),
  { maxLength: 60 },
);

it.each(["drop-newest", "drop-oldest"] as const)(
  "loses and doubles nothing, and stays within bounds (%s)",
  (overflow) => {
    fc.assert(
      fc.property(steps, (script) => {
        let dropped = 0;
        const hooks = {
          dropped(count: number) {
            dropped += count;
          },
        };
        const queue = new MemoryQueue<Item>({ ...bounds, overflow }, hooks);
        const taken: number[] = [];
        const lent: (readonly Item[])[] = [];
        let added = 0;
        let left = 0;
        for (const step of script) {
          if (step.kind === "add") {
            if (!queue.add({ id: added, bytes: step.bytes }, added)) dropped++;
            added++;
          } else if (step.kind === "take") {
            const batch = queue.take(step.items, step.bytes, () => "");
            expect(batch.length).toBeLessThanOrEqual(step.items);
            if (batch.length > 1) expect(bytesOf(batch)).toBeLessThanOrEqual(step.bytes);
            taken.push(...batch.map(({ id }) => id));
            lent.push(batch);
          } else if (step.kind === "settle") {
            const batch = lent.shift() ?? [];
            left += batch.length;
            queue.settle(batch);
          } else {
            const batch = lent.shift() ?? [];
            for (const { id } of batch) taken.splice(taken.indexOf(id), 1);
            queue.giveBack(batch, step.asSuspects);
          }
          expect(queue.length).toBe(added - dropped - left);
          const orders = [...lent.flat().map(({ id }) => id)];
          if (orders.length > 0) expect(queue.oldestOrder).toBeLessThanOrEqual(Math.min(...orders));
          expect(queue.length).toBe(queue.ready + lent.flat().length);
          expect(queue.length).toBeLessThanOrEqual(bounds.maxItems);
          expect(queue.bytes).toBeLessThanOrEqual(bounds.maxBytes);
          expect(queue.oldestAt === undefined).toBe(queue.length === 0);
        }
        const waiting = queue.ready;
        expect(queue.close()).toBe(waiting);
        expect(queue.bytes).toBe(bytesOf(lent.flat()));
        for (const batch of lent) queue.settle(batch);
        expect(queue).toMatchObject({ length: 0, bytes: 0, oldestAt: undefined });
        expect(new Set(taken).size).toBe(taken.length);
      }),
    );
  },
);

const bytesOf = (items: readonly Item[]) => items.reduce((sum, { bytes }) => sum + bytes, 0);

it("lends the oldest item with others of its group, in order", () => {
  const options = { ...bounds, maxItems: 9, overflow: "drop-newest" as const };
  const queue = new MemoryQueue<Item & { group: string }>(options, { dropped() {} });
  for (const [id, group] of ["a", "a", "b", "a", "c", "b"].entries()) queue.add({ id, bytes: 1, group }, id);
  const take = () => queue.take(3, 100, ({ group }) => group).map(({ id }) => id);
  expect(take()).toEqual([0, 1, 3]);
  queue.add({ id: 6, bytes: 1, group: "b" }, 6);
  expect([take(), take(), take()]).toEqual([[2, 5, 6], [4], []]);
  expect(queue).toMatchObject({ ready: 0, length: 7 });
});

it("lends first what was given back, and what is suspected after the others", () => {
  const queue = new MemoryQueue<Item>({ ...bounds, overflow: "drop-newest" }, { dropped() {} });
  for (const id of [0, 1, 2, 3]) queue.add({ id, bytes: 1 }, id);
  const take = (count: number) => queue.take(count, 100, () => "");
  const [first, second] = [take(1), take(1)];
  queue.giveBack(first, true);
  queue.giveBack(second, false);
  expect([take(1), take(2), take(1)].flat().map(({ id }) => id)).toEqual([1, 2, 3, 0]);
  expect(queue.oldestOrder).toBe(0);
});

it("refuses what is larger than the whole queue, whatever the policy, and drops nothing for it", () => {
  let dropped = 0;
  const queue = new MemoryQueue<Item>(
    { ...bounds, overflow: "drop-oldest" },
    {
      dropped(count) {
        dropped += count;
      },
    },
  );
  queue.add({ id: 1, bytes: 1 }, 1);
  expect(queue.add({ id: 2, bytes: 21 }, 2)).toBe(false);
  expect({ length: queue.length, dropped }).toEqual({ length: 1, dropped: 0 });
});
