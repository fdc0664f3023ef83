import type { Item } from "../destination.ts";
import type { RetryOptions } from "./backoff.ts";

interface Failures {
  count: number;
  readonly since: number;
  /** Failures since each of which other batches were delivered. */
  alone: number;
  batchesSent: number;
}

/** After so many failures while others are delivered, a batch is divided, or its one item given up. */
const MAX_ALONE = 5;

/** Knows the items that failed; those that are delivered at once cost nothing here. */
export class FailureHistory {
  readonly #options: Pick<RetryOptions, "maxAttempts" | "maxElapsedMillis">;
  readonly #failures: WeakMap<Item, Failures> = new WeakMap();

  constructor(options: Pick<RetryOptions, "maxAttempts" | "maxElapsedMillis">) {
    this.#options = options;
  }

  /** Notes a failure of each item. @returns those to give up, and the rest. */
  sort(
    items: readonly Item[],
    batchesSent: number,
  ): { readonly over: readonly Item[]; readonly again: readonly Item[] } {
    const { maxAttempts, maxElapsedMillis } = this.#options;
    const now = performance.now();
    const over: Item[] = [];
    const again: Item[] = [];
    for (const item of items) {
      const failures = this.#failures.get(item) ?? { count: 0, since: now, alone: 0, batchesSent };
      this.#failures.set(item, failures);
      failures.count++;
      if (batchesSent > failures.batchesSent) failures.alone++;
      failures.batchesSent = batchesSent;
      (failures.count >= maxAttempts || now - failures.since >= maxElapsedMillis ? over : again).push(item);
    }
    return { over, again };
  }

  /** Whether a batch failed so often, while others were taken, that the fault must be in it. */
  isSuspect(items: readonly Item[]): boolean {
    return items.every((item) => (this.#failures.get(item)?.alone ?? 0) >= MAX_ALONE);
  }
}
