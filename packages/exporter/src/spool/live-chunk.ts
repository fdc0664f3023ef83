import type { Item } from "../destination.ts";
import type { Entry, Slab } from "../otlp/slab.ts";
import type { Ticket } from "../queue/queue.ts";
import { type Entries, entriesOf, type GatheredChunk } from "./chunk.ts";

/** An item as it waits to be sent, with its place in the chunk that it is a record of. */
export class PlacedItem implements Item {
  readonly payload: unknown;
  readonly bytes: number;
  readonly head: string | undefined;
  readonly group: string;
  readonly traceId: string;
  readonly spanId: string;
  ticket: Ticket | undefined = undefined;
  /** Whether it still waits, or is on its way. */
  isHeld = true;
  chunk: LiveChunk;
  index: number;

  constructor({ payload, bytes, head, group, traceId, spanId }: Item, chunk: LiveChunk, index: number) {
    this.payload = payload;
    this.bytes = bytes;
    this.head = head;
    this.group = group;
    this.traceId = traceId;
    this.spanId = spanId;
    this.chunk = chunk;
    this.index = index;
  }
}

const NONE: readonly number[] = [];

type Named = Pick<Item, "head" | "group" | "traceId" | "spanId">;

/** What the application's side knows of a chunk. Its records are all in memory for sending, or all on disk alone. */
export class LiveChunk {
  readonly id: number;
  readonly order: number;
  /** Milliseconds since 1970, since it may be of another process. */
  readonly at: number;
  bytes: number;
  count: number;
  /** Records that are not done. */
  left: number;
  /** Records on their way. */
  lent = 0;
  /** Indexes of those that were done when it was taken over. */
  readonly doneBefore: readonly number[];
  /** Indexes that are done and not noted on disk. */
  unmarked: number[] = [];
  readonly #items: PlacedItem[] = [];
  #heldItems = 0;
  /** Where the records are: being gathered, handed to the worker, or on disk. */
  state: "open" | "sent" | "stored" = "open";
  /** Whether its records go to memory for sending as they come; otherwise they are read from disk in their turn. */
  readonly isInWindow: boolean;
  #heads: string[] = [];
  #groups: string[] = [];
  #records: Entries["records"][number][] = [];
  /** Where the content lies that was not handed over yet. */
  #slabs: Slab[] = [];
  #places: number[] = [];

  constructor(
    fields: Pick<LiveChunk, "id" | "order" | "at" | "isInWindow"> & { readonly doneBefore?: readonly number[] },
  ) {
    this.id = fields.id;
    this.order = fields.order;
    this.at = fields.at;
    this.isInWindow = fields.isInWindow;
    this.doneBefore = fields.doneBefore ?? NONE;
    this.bytes = 0;
    this.count = 0;
    this.left = 0;
  }

  /** @returns its index. */
  add({ head = "", group, traceId, spanId }: Named, { slab, begin, byteLength }: Entry): number {
    if (this.#slabs.at(-1) !== slab) {
      slab.retain();
      this.#slabs.push(slab);
    }
    this.#places.push(this.#slabs.length - 1, begin, byteLength);
    this.#records.push([byteLength, indexOf(this.#heads, head), indexOf(this.#groups, group), traceId, spanId]);
    this.bytes += byteLength;
    this.left++;
    return this.count++;
  }

  /** Its records that are in memory. */
  get items(): readonly PlacedItem[] {
    return this.#items.filter(({ isHeld }) => isHeld);
  }

  get isInMemory(): boolean {
    return this.#heldItems > 0;
  }

  hold(item: PlacedItem): void {
    this.#items.push(item);
    this.#heldItems++;
  }

  /** @returns whether it was held. */
  release(item: PlacedItem): boolean {
    if (!item.isHeld) return false;
    item.isHeld = false;
    // Emptied, not replaced: V8 keeps what an old, unreachable array points to until a full collection.
    if (--this.#heldItems === 0) this.#items.length = 0;
    return true;
  }

  /**
   * What was gathered, once: the chunk keeps no content but that of its items. @param release to be called when the thread
   * of the spool has written it.
   */
  content(): {
    readonly content: Pick<GatheredChunk, "count" | "entries" | "memory" | "places">;
    readonly release: () => void;
  } {
    const [slabs, records, places] = [this.#slabs, this.#records, this.#places];
    [this.#slabs, this.#records, this.#places] = [[], [], []];
    const entries = entriesOf({ heads: this.#heads, groups: this.#groups, records });
    [this.#heads, this.#groups] = [[], []];
    const memory = slabs.map((slab) => slab.memory.buffer);
    const content = { count: this.count, entries, memory, places: Int32Array.from(places) };
    return { content, release: () => releaseAll(slabs) };
  }

  /** What is in memory of it as another chunk, to be handed over: its items are that one's from now on. */
  rewritten(id: number, entryOf: (item: Item) => Entry): LiveChunk {
    const { order, at, lent } = this;
    const again = new LiveChunk({ id, order, at, isInWindow: true });
    again.lent = lent;
    for (const item of this.items) {
      item.index = again.add(item, entryOf(item));
      item.chunk = again;
      again.hold(item);
    }
    return again;
  }

  /** It was delivered before it was handed over. */
  forgetContent(): void {
    releaseAll(this.#slabs);
    this.#slabs = [];
  }
}

function releaseAll(slabs: readonly Slab[]): void {
  for (const slab of slabs) slab.release();
}

/** There are few: most chunks have one. */
function indexOf(known: string[], text: string): number {
  const index = known.indexOf(text);
  return index < 0 ? known.push(text) - 1 : index;
}
