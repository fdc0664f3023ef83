import type { Queue, QueueHooks, Storage } from "./queue.ts";

/** What gives way when the queue is full. `block` lets newer items wait a while for room, outside of the queue. */
export type OverflowPolicy = "drop-newest" | "drop-oldest" | "block";

export interface MemoryQueueOptions {
  readonly maxItems: number;
  readonly maxBytes: number;
  readonly overflow: OverflowPolicy;
  /** Why the items are in memory, where a spool was asked for. */
  readonly reason?: string | undefined;
}

interface Entry<T> {
  readonly item: T;
  readonly at: number;
  readonly order: number;
}

/** How many items a batch looks through for others of its group, for each item that it may hold. */
const LOOK_AHEAD = 8;
/** Every so many batches one is of suspects, where there are any. */
const SUSPECT_TURN = 8;

/** First in, first out within a group; bounded in items and bytes, and what is on its way counts as well. */
export class MemoryQueue<T extends { readonly bytes: number }> implements Queue<T> {
  readonly storage: Storage;
  readonly #options: MemoryQueueOptions;
  readonly #hooks: Pick<QueueHooks, "dropped">;
  /** Items on their way. */
  readonly #lent: Map<T, Entry<T>> = new Map();
  /** Undefined where an item was taken from among others. */
  #entries: (Entry<T> | undefined)[] = [];
  #head = 0;
  #suspects: Entry<T>[] = [];
  #waiting = 0;
  #bytes = 0;
  #takes = 0;

  constructor(options: MemoryQueueOptions, hooks: Pick<QueueHooks, "dropped">) {
    this.#options = options;
    this.#hooks = hooks;
    const { reason } = options;
    this.storage = { kind: "memory", ...(reason !== undefined && { reason }) };
  }

  get fullReason(): string {
    return "queue full";
  }

  get waiting(): number {
    return this.#waiting;
  }

  get ready(): number {
    return this.#waiting;
  }

  get nextOrder(): number | undefined {
    return (this.#entries[this.#head] ?? this.#suspects[0])?.order;
  }

  get length(): number {
    return this.#waiting + this.#lent.size;
  }

  get bytes(): number {
    return this.#bytes;
  }

  get oldestAt(): number | undefined {
    return this.#least((entry) => entry.at);
  }

  get oldestOrder(): number | undefined {
    return this.#least((entry) => entry.order);
  }

  add(item: T, order: number): boolean {
    if (this.#options.overflow === "drop-oldest" && item.bytes <= this.#options.maxBytes) {
      let dropped = 0;
      for (; !this.#fits(item) && this.#dropOldest(); dropped++);
      if (dropped > 0) this.#hooks.dropped(dropped, "queue full");
    }
    if (!this.#fits(item)) return false;
    this.#entries.push({ item, at: performance.now(), order });
    this.#waiting++;
    this.#bytes += item.bytes;
    return true;
  }

  take(maxItems: number, maxBytes: number, groupOf: (item: T) => string): readonly T[] {
    if (this.#suspects.length > 0 && (++this.#takes % SUSPECT_TURN === 0 || this.#waiting === this.#suspects.length)) {
      // Behind those that are not suspected, which are fewer than the batch looks through or none.
      this.#putFirst(this.#suspects);
      this.#suspects = [];
    }
    const items: T[] = [];
    const end = Math.min(this.#entries.length, this.#head + maxItems * LOOK_AHEAD);
    let bytes = 0;
    let group: string | undefined;
    for (let index = this.#head; index < end && items.length < maxItems; index++) {
      const entry = this.#entries[index];
      if (entry === undefined) continue;
      const { item } = entry;
      const itsGroup = groupOf(item);
      if (items.length > 0 && itsGroup !== group) continue;
      if (items.length > 0 && bytes + item.bytes > maxBytes) break;
      group = itsGroup;
      bytes += item.bytes;
      items.push(item);
      this.#lent.set(item, entry);
      this.#entries[index] = undefined;
    }
    this.#waiting -= items.length;
    this.#skipHoles();
    return items;
  }

  giveBack(items: readonly T[], asSuspects: boolean): void {
    const entries = items.flatMap((item) => this.#lent.get(item) ?? []);
    for (const { item } of entries) this.#lent.delete(item);
    if (asSuspects) this.#suspects.push(...entries);
    else this.#putFirst(entries);
    this.#waiting += entries.length;
  }

  settle(items: readonly T[]): void {
    for (const item of items) if (this.#lent.delete(item)) this.#bytes -= item.bytes;
  }

  bury(items: readonly T[]): void {
    this.settle(items);
  }

  /** Removes items that wait. */
  discard(items: Iterable<T>): void {
    const gone = new Set(items);
    for (let index = this.#head; index < this.#entries.length; index++) {
      const entry = this.#entries[index];
      if (entry === undefined || !gone.has(entry.item)) continue;
      this.#entries[index] = undefined;
      this.#waiting--;
      this.#bytes -= entry.item.bytes;
    }
    const suspects = this.#suspects.filter(({ item }) => !gone.has(item));
    for (const { item } of this.#suspects) if (gone.has(item)) this.#bytes -= item.bytes;
    this.#waiting -= this.#suspects.length - suspects.length;
    this.#suspects = suspects;
    this.#skipHoles();
  }

  close(): number {
    let left = 0;
    while (this.#dropOldest()) left++;
    return left;
  }

  #fits(item: T): boolean {
    return this.length < this.#options.maxItems && this.#bytes + item.bytes <= this.#options.maxBytes;
  }

  #least(value: (entry: Entry<T>) => number): number | undefined {
    const head = this.#entries[this.#head];
    let least = head === undefined ? undefined : value(head);
    for (const entry of this.#lent.values()) least = Math.min(least ?? value(entry), value(entry));
    for (const entry of this.#suspects) least = Math.min(least ?? value(entry), value(entry));
    return least;
  }

  #dropOldest(): boolean {
    const entry = this.#suspects.shift() ?? this.#entries[this.#head];
    if (entry === undefined) return false;
    if (entry === this.#entries[this.#head]) this.#entries[this.#head] = undefined;
    this.#waiting--;
    this.#bytes -= entry.item.bytes;
    this.#skipHoles();
    return true;
  }

  #putFirst(entries: readonly Entry<T>[]): void {
    if (this.#head >= entries.length) {
      this.#head -= entries.length;
      for (const [index, entry] of entries.entries()) this.#entries[this.#head + index] = entry;
    } else {
      this.#entries = [...entries, ...this.#entries.slice(this.#head)];
      this.#head = 0;
    }
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
