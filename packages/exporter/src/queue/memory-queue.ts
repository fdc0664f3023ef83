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
  readonly bytes: number;
  readonly at: number;
}

/** A first-in, first-out queue, bounded in items and bytes. */
export class MemoryQueue<T extends { readonly bytes: number }> implements Queue<T> {
  readonly #options: MemoryQueueOptions;
  #entries: Entry<T>[] = [];
  #head = 0;
  #bytes = 0;

  constructor(options: MemoryQueueOptions) {
    this.#options = options;
  }

  get length(): number {
    return this.#entries.length - this.#head;
  }

  get bytes(): number {
    return this.#bytes;
  }

  get oldestAt(): number | undefined {
    return this.#entries[this.#head]?.at;
  }

  add(item: T): readonly T[] {
    const { maxItems, maxBytes, overflow } = this.#options;
    const fits = () => this.length < maxItems && this.#bytes + item.bytes <= maxBytes;
    const givenUp: T[] = [];
    if (overflow === "drop-oldest" && item.bytes <= maxBytes) {
      while (!fits() && this.length > 0) givenUp.push(this.#shift().item);
    }
    if (!fits()) return [...givenUp, item];
    this.#entries.push({ item, bytes: item.bytes, at: performance.now() });
    this.#bytes += item.bytes;
    return givenUp;
  }

  take(maxItems: number, maxBytes: number, groupOf: (item: T) => string): readonly T[] {
    const taken: T[] = [];
    let bytes = 0;
    let group: string | undefined;
    for (let next = this.#peek(); next !== undefined && taken.length < maxItems; next = this.#peek()) {
      const nextGroup = groupOf(next.item);
      if (taken.length > 0 && (nextGroup !== group || bytes + next.bytes > maxBytes)) break;
      group = nextGroup;
      bytes += next.bytes;
      taken.push(this.#shift().item);
    }
    return taken;
  }

  #peek(): Entry<T> | undefined {
    return this.#entries[this.#head];
  }

  #shift(): Entry<T> {
    const entry = this.#entries[this.#head];
    if (entry === undefined) throw new RangeError("the queue is empty");
    this.#head++;
    this.#bytes -= entry.bytes;
    // Moving the rest forward at every item would cost the square of the length.
    if (this.#head > 1024 && this.#head * 2 > this.#entries.length) {
      this.#entries = this.#entries.slice(this.#head);
      this.#head = 0;
    }
    return entry;
  }
}
