import type { Queue } from "./queue.ts";

/** What gives way when the queue is full. */
export type OverflowPolicy = "drop-newest" | "drop-oldest";

export interface MemoryQueueOptions {
  readonly maxItems: number;
  readonly maxBytes: number;
  readonly overflow: OverflowPolicy;
}

interface Entry<T> {
  readonly item: T;
  readonly at: number;
}

/** How many items a batch looks through for others of its group, for each item that it may hold. */
const LOOK_AHEAD = 8;

/** First in, first out within a group; bounded in items and bytes, and what is on its way counts as well. */
export class MemoryQueue<T extends { readonly bytes: number }> implements Queue<T> {
  readonly #options: MemoryQueueOptions;
  /** Items on their way, with the time when they came. */
  readonly #lent: Map<T, number> = new Map();
  /** Undefined where an item was taken from among others. */
  #entries: (Entry<T> | undefined)[] = [];
  #head = 0;
  #waiting = 0;
  #bytes = 0;

  constructor(options: MemoryQueueOptions) {
    this.#options = options;
  }

  get waiting(): number {
    return this.#waiting;
  }

  get length(): number {
    return this.waiting + this.#lent.size;
  }

  get bytes(): number {
    return this.#bytes;
  }

  get oldestAt(): number | undefined {
    const [lent] = this.#lent.values();
    const waiting = this.#entries[this.#head]?.at;
    return lent === undefined || waiting === undefined ? (lent ?? waiting) : Math.min(lent, waiting);
  }

  add(item: T): readonly T[] {
    const givenUp: T[] = [];
    if (this.#options.overflow === "drop-oldest" && item.bytes <= this.#options.maxBytes) {
      while (!this.#fits(item) && this.waiting > 0) {
        givenUp.push(this.#dropOldest());
      }
    }
    if (!this.#fits(item)) return [...givenUp, item];
    this.#entries.push({ item, at: performance.now() });
    this.#waiting++;
    this.#bytes += item.bytes;
    return givenUp;
  }

  take(maxItems: number, maxBytes: number, groupOf: (item: T) => string): readonly T[] {
    const items: T[] = [];
    const end = Math.min(this.#entries.length, this.#head + maxItems * LOOK_AHEAD);
    let bytes = 0;
    let group: string | undefined;
    for (let index = this.#head; index < end && items.length < maxItems; index++) {
      const entry = this.#entries[index];
      if (entry === undefined) continue;
      const { item, at } = entry;
      const itsGroup = groupOf(item);
      if (items.length > 0 && itsGroup !== group) continue;
      if (items.length > 0 && bytes + item.bytes > maxBytes) break;
      group = itsGroup;
      bytes += item.bytes;
      items.push(item);
      this.#lent.set(item, at);
      this.#entries[index] = undefined;
    }
    this.#waiting -= items.length;
    this.#skipHoles();
    return items;
  }

  settle(items: readonly T[]): void {
    for (const item of items) if (this.#lent.delete(item)) this.#bytes -= item.bytes;
  }

  clear(): readonly T[] {
    const items: T[] = [];
    while (this.#waiting > 0) items.push(this.#dropOldest());
    return items;
  }

  #fits(item: T): boolean {
    return this.length < this.#options.maxItems && this.#bytes + item.bytes <= this.#options.maxBytes;
  }

  #dropOldest(): T {
    const entry = this.#entries[this.#head];
    if (entry === undefined) throw new RangeError("the queue is empty");
    this.#entries[this.#head] = undefined;
    this.#waiting--;
    this.#bytes -= entry.item.bytes;
    this.#skipHoles();
    return entry.item;
  }

  /** Keeps an item at the head. Moving the rest forward at every item would cost the square of the length. */
  #skipHoles(): void {
    while (this.#head < this.#entries.length && this.#entries[this.#head] === undefined) this.#head++;
    if (this.#head > 1024 && this.#head * 2 > this.#entries.length) {
      this.#entries = this.#entries.slice(this.#head);
      this.#head = 0;
    }
  }
}
