import type { Item } from "../destination.ts";
import { Entry, type Slab } from "../otlp/slab.ts";
import type { ChunkRecord } from "./chunk.ts";

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
  readonly items: Map<number, Item> = new Map();
  /** Where the records are: being gathered, handed to the worker, or on disk. */
  state: "open" | "sent" | "stored" = "open";
  /** Whether its records go to memory for sending as they come; otherwise they are read from disk in their turn. */
  readonly isInWindow: boolean;
  readonly #heads: Map<string, number> = new Map();
  readonly #groups: Map<string, number> = new Map();
  /** Where the content lies that was not handed over yet. */
  #held: Slab[] = [];
  #records: (ChunkRecord & { readonly body: Uint8Array })[] = [];

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
  add({ payload, head = "", group, traceId, spanId }: Item, body: Uint8Array): number {
    if (payload instanceof Entry) {
      payload.slab.hold();
      this.#held.push(payload.slab);
    }
    this.#records.push({
      body,
      head: indexOf(this.#heads, head),
      group: indexOf(this.#groups, group),
      traceId,
      spanId,
    });
    this.bytes += body.byteLength;
    this.left++;
    return this.count++;
  }

  /** Hands over what was gathered, once: the chunk keeps no content but that of its items. */
  content(): {
    readonly heads: readonly string[];
    readonly groups: readonly string[];
    readonly records: readonly ChunkRecord[];
  } {
    const records = together(this.#records);
    this.forgetContent();
    return { heads: [...this.#heads.keys()], groups: [...this.#groups.keys()], records };
  }

  forgetContent(): void {
    this.#records = [];
    for (const slab of this.#held) slab.letGo();
    this.#held = [];
  }
}

function indexOf(known: Map<string, number>, text: string): number {
  const index = known.get(text) ?? known.size;
  known.set(text, index);
  return index;
}

/**
 * Bodies in one piece of memory of their own, which the thread of the spool shares: were they views of memory that holds
 * more, all of that would be copied with each message.
 */
function together(records: readonly (ChunkRecord & { readonly body: Uint8Array })[]): readonly ChunkRecord[] {
  const all = new Uint8Array(new SharedArrayBuffer(records.reduce((sum, { body }) => sum + body.byteLength, 0)));
  let at = 0;
  return records.map((record) => {
    all.set(record.body, at);
    const body = all.subarray(at, at + record.body.byteLength);
    at += body.byteLength;
    return { ...record, body };
  });
}
