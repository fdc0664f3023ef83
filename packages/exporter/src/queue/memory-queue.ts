import { QUEUE_FULL, type Queue, type Queueable, type QueueHooks, type Storage, type Ticket } from "./queue.ts";

/** What gives way when the queue is full. `block` lets newer items wait a while for room, outside of the queue. */
export type OverflowPolicy = "drop-newest" | "drop-oldest" | "block";

/** Bounds of a queue in memory; what is on its way counts as well. */
export interface MemoryQueueOptions {
  readonly maxItems: number;
  readonly maxBytes: number;
  readonly overflow: OverflowPolicy;
  /** Why the items are in memory, where a spool was asked for. */
  readonly reason?: string | undefined;
}

const NOT_LENT = -1;

/** How many items a batch looks through for others of its group, for each item that it may hold. */
const LOOK_AHEAD = 8;
/** One batch in so many is of suspects, where there are any: they must not hold up the others. */
const SUSPECT_TURN = 8;

/**
 * First in, first out within a group; bounded in items and bytes, and what is on its way counts as well. What it knows of
 * an item stands on the item's ticket, not in a `Map`: one whose entries come and go is rebuilt again and again, and V8
 * keeps what the former tables point to until a full collection.
 */
export class MemoryQueue<T extends Queueable> implements Queue<T> {
  readonly storage: Storage;
  readonly #options: MemoryQueueOptions;
  readonly #hooks: Pick<QueueHooks, "dropped">;
  /** Items on their way. */
  readonly #lent: T[] = [];
  /** Undefined where an item was taken from among others. */
  #items: (T | undefined)[] = [];
  #head = 0;
  #suspects: T[] = [];
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
    return QUEUE_FULL;
  }

  get ready(): number {
    return this.#waiting;
  }

  get nextOrder(): number | undefined {
    return (this.#items[this.#head] ?? this.#suspects[0])?.ticket?.order;
  }

  get length(): number {
    return this.#waiting + this.#lent.length;
  }

  get bytes(): number {
    return this.#bytes;
  }

  get oldestAt(): number | undefined {
    return this.#least(({ at }) => at);
  }

  get oldestOrder(): number | undefined {
    return this.#least(({ order }) => order);
  }

  add(item: T, order: number): boolean {
    if (this.#options.overflow === "drop-oldest" && item.bytes <= this.#options.maxBytes) {
      let dropped = 0;
      for (; !this.#fits(item) && this.#dropOldest(); dropped++);
      if (dropped > 0) this.#hooks.dropped(dropped, QUEUE_FULL);
    }
    if (!this.#fits(item)) return false;
    item.ticket = { at: performance.now(), order, lentAs: NOT_LENT };
    this.#items.push(item);
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
    const end = Math.min(this.#items.length, this.#head + maxItems * LOOK_AHEAD);
    let bytes = 0;
    let group: string | undefined;
    for (let index = this.#head; index < end && items.length < maxItems; index++) {
      const item = this.#items[index];
      if (item === undefined) continue;
      const itsGroup = groupOf(item);
      if (items.length > 0 && itsGroup !== group) continue;
      if (items.length > 0 && bytes + item.bytes > maxBytes) break;
      group = itsGroup;
      bytes += item.bytes;
      items.push(item);
      this.#lend(item);
      this.#items[index] = undefined;
    }
    this.#waiting -= items.length;
    this.#skipHoles();
    return items;
  }

  giveBack(items: readonly T[], asSuspects: boolean): void {
    const back = items.filter((item) => this.#takeBack(item));
    if (asSuspects) this.#suspects.push(...back);
    else this.#putFirst(back);
    this.#waiting += back.length;
  }

  settle(items: readonly T[]): void {
    for (const item of items) if (this.#takeBack(item)) this.#bytes -= item.bytes;
  }

  bury(items: readonly T[]): void {
    this.settle(items);
  }

  /** Removes items that wait. */
  discard(items: Iterable<T>): void {
    const gone = new Set(items);
    for (let index = this.#head; index < this.#items.length; index++) {
      const item = this.#items[index];
      if (item === undefined || !gone.has(item)) continue;
      this.#items[index] = undefined;
      this.#waiting--;
      this.#bytes -= item.bytes;
    }
    const suspects = this.#suspects.filter((item) => !gone.has(item));
    for (const item of this.#suspects) if (gone.has(item)) this.#bytes -= item.bytes;
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

  #lend(item: T): void {
    if (item.ticket !== undefined) item.ticket.lentAs = this.#lent.push(item) - 1;
  }

  /** The last one takes its place. @returns false for an item that is not lent. */
  #takeBack({ ticket }: T): boolean {
    if (ticket === undefined || ticket.lentAs === NOT_LENT) return false;
    const last = this.#lent.pop();
    if (last?.ticket !== undefined && last.ticket !== ticket) {
      last.ticket.lentAs = ticket.lentAs;
      this.#lent[ticket.lentAs] = last;
    }
    ticket.lentAs = NOT_LENT;
    return true;
  }

  #least(value: (ticket: Ticket) => number): number | undefined {
    let least: number | undefined;
    const note = (item: T | undefined): void => {
      if (item?.ticket !== undefined) least = Math.min(least ?? Number.POSITIVE_INFINITY, value(item.ticket));
    };
    note(this.#items[this.#head]);
    for (const item of this.#lent) note(item);
    for (const item of this.#suspects) note(item);
    return least;
  }

  #dropOldest(): boolean {
    const item = this.#suspects.shift() ?? this.#items[this.#head];
    if (item === undefined) return false;
    if (item === this.#items[this.#head]) this.#items[this.#head] = undefined;
    this.#waiting--;
    this.#bytes -= item.bytes;
    this.#skipHoles();
    return true;
  }

  #putFirst(items: readonly T[]): void {
    if (this.#head >= items.length) {
      this.#head -= items.length;
      for (const [index, item] of items.entries()) this.#items[this.#head + index] = item;
    } else {
      this.#items = [...items, ...this.#items.slice(this.#head)];
      this.#head = 0;
    }
  }

  /**
   * Keeps an item at the head. Moving the rest forward at every item would cost the square of the length; a new array would
   * leave the old one, with all that still waits in it, to the old part of the heap.
   */
  #skipHoles(): void {
    while (this.#head < this.#items.length && this.#items[this.#head] === undefined) this.#head++;
    if (this.#head > 1024 && this.#head * 2 > this.#items.length) {
      this.#items.copyWithin(0, this.#head);
      this.#items.length -= this.#head;
      this.#head = 0;
    }
  }
}
