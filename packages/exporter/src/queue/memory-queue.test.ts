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
        let added = 0;
        for (const step of script) {
          if (step.kind === "add") {
            for (const { id } of queue.add({ id: added, bytes: step.bytes })) seen.push(id);
            added++;
          } else {
            const batch = queue.take(step.items, step.bytes, () => "");
            expect(batch.length).toBeLessThanOrEqual(step.items);
            if (batch.length > 1)
              expect(batch.reduce((sum, { bytes }) => sum + bytes, 0)).toBeLessThanOrEqual(step.bytes);
            taken.push(...batch.map(({ id }) => id));
          }
          expect(queue.length).toBeLessThanOrEqual(bounds.maxItems);
          expect(queue.bytes).toBeLessThanOrEqual(bounds.maxBytes);
          expect(queue.oldestAt === undefined).toBe(queue.length === 0);
        }
        while (queue.length > 0) taken.push(...queue.take(10, 100, () => "").map(({ id }) => id));
        expect(queue.bytes).toBe(0);
        expect(taken).toEqual([...taken].sort((a, b) => a - b));
        expect([...taken, ...seen].sort((a, b) => a - b)).toEqual(Array.from({ length: added }, (_, id) => id));
      }),
    );
  },
);
