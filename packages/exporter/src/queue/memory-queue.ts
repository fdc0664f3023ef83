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

/** A first-in, first-out queue, bounded in items and bytes; what is on its way counts as well. */
export class MemoryQueue<T extends { readonly bytes: number }> implements Queue<T> {
  readonly #options: MemoryQueueOptions;
  /** Items on their way, with the time when they came. */
  readonly #lent: Map<T, number> = new Map();
  #entries: Entry<T>[] = [];
  #head = 0;
  #bytes = 0;

  constructor(options: MemoryQueueOptions) {
    this.#options = options;
  }

  get waiting(): number {
    return this.#entries.length - this.#head;
  }

  get length(): number {
    return this.waiting + this.#lent.size;
  }

  get bytes(): number {
    return this.#bytes;
  }

  get oldestAt(): number | undefined {
    // First in, first out: whatever is on its way came before all that waits.
    const [lent] = this.#lent.values();
    return lent ?? this.#entries[this.#head]?.at;
  }

  add(item: T): readonly T[] {
    const givenUp: T[] = [];
    if (this.#options.overflow === "drop-oldest" && item.bytes <= this.#options.maxBytes) {
      while (!this.#fits(item) && this.waiting > 0) {
        const { item: oldest } = this.#shift();
        this.#bytes -= oldest.bytes;
        givenUp.push(oldest);
      }
    }
    if (!this.#fits(item)) return [...givenUp, item];
    this.#entries.push({ item, at: performance.now() });
    this.#bytes += item.bytes;
    return givenUp;
  }

  take(maxItems: number, maxBytes: number, groupOf: (item: T) => string): readonly T[] {
    const items: T[] = [];
    let bytes = 0;
    let group: string | undefined;
    for (let next = this.#entries[this.#head]; next !== undefined && items.length < maxItems; ) {
      const { item, at } = next;
      const itsGroup = groupOf(item);
      if (items.length > 0 && (itsGroup !== group || bytes + item.bytes > maxBytes)) break;
      group = itsGroup;
      bytes += item.bytes;
      this.#shift();
      this.#lent.set(item, at);
      items.push(item);
      next = this.#entries[this.#head];
    }
    return items;
  }

  settle(items: readonly T[]): void {
    for (const item of items) if (this.#lent.delete(item)) this.#bytes -= item.bytes;
  }

  clear(): readonly T[] {
    const items: T[] = [];
    while (this.waiting > 0) {
      const { item } = this.#shift();
      this.#bytes -= item.bytes;
      items.push(item);
    }
    return items;
  }

  #fits(item: T): boolean {
    return this.length < this.#options.maxItems && this.#bytes + item.bytes <= this.#options.maxBytes;
  }

  #shift(): Entry<T> {
    const entry = this.#entries[this.#head];
    if (entry === undefined) throw new RangeError("the queue is empty");
    this.#head++;
    // Moving the rest forward at every item would cost the square of the length.
    if (this.#head > 1024 && this.#head * 2 > this.#entries.length) {
      this.#entries = this.#entries.slice(this.#head);
      this.#head = 0;
    }
    return entry;
  }
}
