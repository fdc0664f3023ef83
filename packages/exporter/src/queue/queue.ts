/**
 * Where items of one destination wait. What is taken is lent: it counts against the bounds, and a durable queue would
 * keep it, until it is settled. The memory queue is the one there is; a durable one takes the same place.
 */
export interface Queue<T> {
  /** Items that wait, without those on their way. */
  readonly waiting: number;
  /** Items that wait or are on their way. */
  readonly length: number;
  /** Sum of the sizes of all `length` items. */
  readonly bytes: number;
  /** When the oldest item came, in milliseconds of `performance.now()`; undefined when empty. */
  readonly oldestAt: number | undefined;
  /** Adds an item. Returns what had to give way: nothing, older items that wait, or the item itself. */
  add(item: T): readonly T[];
  /**
   * Lends up to `maxItems` items that weigh at most `maxBytes` together, but at least one: the oldest, and others of its
   * group in their order.
   */
  take(maxItems: number, maxBytes: number, groupOf: (item: T) => string): readonly T[];
  /** The items were delivered or given up: the queue forgets them. */
  settle(items: readonly T[]): void;
  /** Removes and returns everything that waits. */
  clear(): readonly T[];
}
