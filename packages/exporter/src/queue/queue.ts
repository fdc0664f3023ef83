/**
 * Where items of one destination wait. The memory queue is the one there is; a durable one takes the same place.
 */
export interface Queue<T> {
  readonly length: number;
  /** Sum of the items' sizes. */
  readonly bytes: number;
  /** When the oldest item came, in milliseconds of `performance.now()`; undefined when empty. */
  readonly oldestAt: number | undefined;
  /** Adds an item. Returns what had to give way: nothing, older items, or the item itself. */
  add(item: T): readonly T[];
  /** Removes and returns up to `maxItems` items from the front that weigh at most `maxBytes` together, but at least one. */
  take(maxItems: number, maxBytes: number, groupOf: (item: T) => string): readonly T[];
}
