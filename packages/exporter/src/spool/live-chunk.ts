import type { Item } from "../destination.ts";
import type { Entry, Slab } from "../otlp/slab.ts";
import { type Entries, entriesOf, type GatheredChunk } from "./chunk.ts";

/** An item as it waits to be sent, with its place in the chunk that it is a record of. */
export class PlacedItem implements Item {
  readonly payload: unknown;
  readonly bytes: number;
  readonly head: string | undefined;
  readonly group: string;
  readonly traceId: string;
  readonly spanId: string;
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
  readonly done: Set<number>;
  /** Indexes that are done and not noted on disk. */
  unmarked: number[] = [];
  /** Those in memory, by index. */
  readonly items: Map<number, PlacedItem> = new Map();
  /** Where the records are: being gathered, handed to the worker, or on disk. */
  state: "open" | "sent" | "stored" = "open";
  /** Whether its records go to memory for sending as they come; otherwise they are read from disk in their turn. */
  readonly isInWindow: boolean;
  readonly #heads: Map<string, number> = new Map();
  readonly #groups: Map<string, number> = new Map();
  #records: Entries["records"][number][] = [];
  /** Where the content lies that was not handed over yet. */
  #slabs: Slab[] = [];
  #places: number[] = [];

  constructor(fields: Pick<LiveChunk, "id" | "order" | "at" | "isInWindow"> & { readonly done?: readonly number[] }) {
    this.id = fields.id;
    this.order = fields.order;
    this.at = fields.at;
    this.isInWindow = fields.isInWindow;
    this.done = new Set(fields.done ?? []);
    this.bytes = 0;
    this.count = 0;
    this.left = 0;
  }

  /** @returns its index. */
  add({ head = "", group, traceId, spanId }: Named, { slab, begin, byteLength }: Entry): number {
    if (this.#slabs.at(-1) !== slab) {
      slab.hold();
      this.#slabs.push(slab);
    }
    this.#places.push(this.#slabs.length - 1, begin, byteLength);
    this.#records.push([byteLength, indexOf(this.#heads, head), indexOf(this.#groups, group), traceId, spanId]);
    this.bytes += byteLength;
    this.left++;
    return this.count++;
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
    const entries = entriesOf({ heads: [...this.#heads.keys()], groups: [...this.#groups.keys()], records });
    const memory = slabs.map((slab) => slab.memory.buffer);
    const content = { count: this.count, entries, memory, places: Int32Array.from(places) };
    return { content, release: () => letGo(slabs) };
  }

  /** It was delivered before it was handed over. */
  forgetContent(): void {
    letGo(this.#slabs);
    this.#slabs = [];
  }
}

function letGo(slabs: readonly Slab[]): void {
  for (const slab of slabs) slab.letGo();
}

function indexOf(known: Map<string, number>, text: string): number {
  const index = known.get(text) ?? known.size;
  known.set(text, index);
  return index;
}
