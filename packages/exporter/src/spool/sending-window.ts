import type { Item } from "../destination.ts";
import { MemoryQueue } from "../queue/memory-queue.ts";
import { type LiveChunk, PlacedItem } from "./live-chunk.ts";

const UNBOUNDED = { maxItems: Number.POSITIVE_INFINITY, maxBytes: Number.POSITIVE_INFINITY };

/** The records of a spool that are in memory to be sent, or are on their way. */
export class SendingWindow {
  readonly #queue: MemoryQueue<Item> = new MemoryQueue({ ...UNBOUNDED, overflow: "drop-newest" }, { dropped() {} });

  get bytes(): number {
    return this.#queue.bytes;
  }

  get ready(): number {
    return this.#queue.ready;
  }

  get nextOrder(): number | undefined {
    return this.#queue.nextOrder;
  }

  /** @param item a record of that chunk, at that index. */
  add(item: Item, chunk: LiveChunk, index: number): void {
    const placed = new PlacedItem(item, chunk, index);
    chunk.hold(placed);
    this.#queue.add(placed, chunk.order);
  }

  take(maxItems: number, maxBytes: number, groupOf: (item: Item) => string): readonly Item[] {
    const items = this.#queue.take(maxItems, maxBytes, groupOf);
    this.#lend(items, 1);
    return items;
  }

  giveBack(items: readonly Item[], asSuspects: boolean): void {
    this.#queue.giveBack(items, asSuspects);
    this.#lend(items, -1);
  }

  /** @returns those that were records of a chunk up to now. */
  settle(items: readonly Item[]): readonly PlacedItem[] {
    this.#lend(items, -1);
    this.#queue.settle(items);
    return items.filter((item): item is PlacedItem => item instanceof PlacedItem && item.chunk.release(item));
  }

  /** Takes out what is in it of a chunk. */
  discard(chunk: LiveChunk): void {
    const { items } = chunk;
    this.#queue.discard(items);
    for (const item of items) chunk.release(item);
  }

  #lend(items: readonly Item[], by: 1 | -1): void {
    for (const item of items) if (item instanceof PlacedItem) item.chunk.lent += by;
  }
}
