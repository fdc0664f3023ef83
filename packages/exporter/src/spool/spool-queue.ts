import type { Codec, Item } from "../destination.ts";
import { Entry, SlabWriter } from "../otlp/slab.ts";
import type { OverflowPolicy } from "../queue/memory-queue.ts";
import { type FailureReason, type Queue, type QueueHooks, SPOOL_FULL, type Storage } from "../queue/queue.ts";
import { Backlog } from "./backlog.ts";
import type { Chunk, ChunkNote, ChunkRecord, DeadRecord } from "./chunk.ts";
import { itemOf } from "./chunk-items.ts";
import { ChunkWriter } from "./chunk-writer.ts";
import { deadItem, deadRecord } from "./dead-records.ts";
import { Holdings } from "./holdings.ts";
import { LiveChunk, PlacedItem } from "./live-chunk.ts";
import { SendingWindow } from "./sending-window.ts";
import type { SpoolClient } from "./spool-client.ts";

export interface SpoolQueueOptions {
  readonly destination: string;
  readonly codec: Codec;
  readonly maxBytes: number;
  readonly overflow: OverflowPolicy;
  readonly durability: "group" | "sync";
  /** Most bytes of records in memory for sending. */
  readonly windowBytes: number;
}

/** What waits for the disk. More comes in only when some of it is written. */
const MAX_UNSTORED_BYTES = 64 * 1024 * 1024;
/** What is read of the disk may take a part of the window: a large spool is to be drained in little memory. */
const READ_PART = 4;
const NOT_WRITTEN = "spool cannot be written";

/**
 * A destination's queue on disk. New records go to the worker in chunks, and to memory for sending as well while there
 * is room; what is sent before it was committed is never read again. The rest is read in its turn.
 */
export class SpoolQueue implements Queue<Item> {
  readonly #options: SpoolQueueOptions;
  readonly #hooks: QueueHooks;
  readonly #client: SpoolClient;
  readonly #writer: ChunkWriter;
  readonly #backlog: Backlog;
  readonly #holdings = new Holdings();
  readonly #window = new SendingWindow();
  /** For records that are not encoded yet. */
  readonly #slabs = new SlabWriter("");
  #othersBytes = 0;
  #isClosed = false;

  constructor(options: SpoolQueueOptions, client: SpoolClient, hooks: QueueHooks) {
    const { destination, codec, durability, windowBytes } = options;
    this.#options = options;
    this.#hooks = hooks;
    this.#client = client;
    this.#writer = new ChunkWriter({ destination, format: codec.format, durability }, client);
    this.#backlog = new Backlog(client, windowBytes / READ_PART);
    client.listen(destination, {
      stored: (id) => this.#stored(id),
      content: (id, chunk) => this.#content(id, chunk),
      adopted: (chunks) => this.#adopted(chunks),
      lostFile: () => this.#lostFile(),
      trouble: () => this.#refill(),
      others: (bytes) => {
        this.#othersBytes = bytes;
      },
    });
  }

  get storage(): Storage {
    const { trouble } = this.#client;
    return { kind: "spool", ...(trouble !== undefined && { reason: trouble }) };
  }

  get fullReason(): string {
    const { trouble } = this.#client;
    return trouble === undefined ? SPOOL_FULL : NOT_WRITTEN;
  }

  get ready(): number {
    return this.#window.ready;
  }

  get nextOrder(): number | undefined {
    return this.#window.nextOrder;
  }

  get length(): number {
    return this.#holdings.length;
  }

  get bytes(): number {
    return this.#holdings.bytes;
  }

  get oldestAt(): number | undefined {
    const oldest = this.#holdings.least(({ at }) => at);
    return oldest === undefined ? undefined : performance.now() - Math.max(0, Date.now() - oldest);
  }

  get oldestOrder(): number | undefined {
    return this.#holdings.least(({ order }) => order);
  }

  add(item: Item, order: number): boolean {
    const entry = this.#entryOf(item);
    const bytes = entry.byteLength;
    if (this.#holdings.unstoredBytes + bytes > MAX_UNSTORED_BYTES || !this.#makeRoom(bytes)) return false;
    const { chunk, index, isFull } = this.#writer.add(item, entry, () => this.#begin(order));
    this.#holdings.added(bytes);
    if (chunk.isInWindow) this.#window.add(item, chunk, index);
    if (isFull) this.#writer.seal();
    else this.#writer.sealSoon();
    return true;
  }

  take(maxItems: number, maxBytes: number, groupOf: (item: Item) => string): readonly Item[] {
    return this.#window.take(maxItems, maxBytes, groupOf);
  }

  giveBack(items: readonly Item[], asSuspects: boolean): void {
    this.#window.giveBack(items, asSuspects);
  }

  settle(items: readonly Item[]): void {
    for (const { chunk, index } of this.#window.settle(items)) this.#done(chunk, index);
    this.#refill();
  }

  bury(items: readonly Item[], why: FailureReason): void {
    const { codec } = this.#options;
    for (const item of items) {
      const record = deadItem(item, this.#newIds(), why, item instanceof PlacedItem ? codec : undefined);
      this.#client.request({ type: "bury", record });
    }
    this.settle(items.filter((item) => item instanceof PlacedItem));
  }

  /** Hands over what is being gathered, now. */
  commit(): void {
    this.#writer.commit();
  }

  close(): number {
    this.#isClosed = true;
    this.commit();
    return 0;
  }

  /** What could not be written is lost: nothing will be tried again. */
  loseUnstored(): void {
    let lost = 0;
    for (const chunk of this.#holdings.all()) {
      if (this.#client.unstored(chunk.id) !== undefined) lost += this.#discard(chunk);
    }
    if (lost > 0) this.#hooks.dropped(lost, NOT_WRITTEN);
  }

  #entryOf({ payload }: Item): Entry {
    if (payload instanceof Entry) return payload;
    const written = this.#options.codec.write(payload);
    return this.#slabs.put(typeof written === "string" ? Buffer.from(written, "utf8") : written);
  }

  #begin(order: number): LiveChunk {
    const isInWindow = this.#backlog.isEmpty && this.#window.bytes < this.#options.windowBytes;
    const chunk = new LiveChunk({ id: this.#client.nextId(), order, at: Date.now(), isInWindow });
    this.#holdings.begin(chunk);
    return chunk;
  }

  #stored(id: number): void {
    const chunk = this.#holdings.get(id);
    if (chunk === undefined || chunk.state === "stored") return;
    this.#holdings.stored(chunk);
    if (chunk.isInWindow || chunk.isInMemory) return;
    this.#backlog.add(chunk);
    this.#refill();
  }

  #refill(): void {
    if (!this.#isClosed && this.#backlog.readOn(this.#window.bytes)) this.#takeUnstored();
  }

  /** A disk that takes nothing must not keep what waits for it from being sent. */
  #takeUnstored(): void {
    if (this.#client.trouble === undefined || this.#window.bytes > 0) return;
    for (const chunk of this.#holdings.all()) {
      if (chunk.state !== "sent" || chunk.isInWindow || chunk.isInMemory) continue;
      const content = this.#client.unstored(chunk.id);
      if (content === undefined) continue;
      this.#backlog.expect(chunk);
      this.#content(chunk.id, content);
      return;
    }
  }

  #content(id: number, content: Chunk | undefined): void {
    const chunk = this.#holdings.get(id);
    if (chunk === undefined || !this.#backlog.came(chunk)) return;
    if (content === undefined) {
      this.#hooks.dropped(this.#discard(chunk), "delivered by another process");
      return;
    }
    const { codec } = this.#options;
    const isReadable = content.format === codec.format;
    const doneBefore = new Set(chunk.doneBefore);
    for (const [index, record] of content.records.entries()) {
      if (doneBefore.has(index)) continue;
      const item = isReadable ? itemOf(content, record, codec) : undefined;
      if (item === undefined) this.#setAside(content, record, chunk, index);
      else this.#window.add(item, chunk, index);
    }
    this.#hooks.ready();
    this.#refill();
  }

  /** What this destination cannot read, since it was another one when it was stored, must not stop what it can. */
  #setAside(content: Chunk, record: ChunkRecord, chunk: LiveChunk, index: number): void {
    const why = { reason: "stored in another form", detail: content.format };
    this.#client.request({ type: "bury", record: deadRecord(content, record, this.#newIds(), why) });
    this.#done(chunk, index);
    this.#hooks.buried(1, why);
  }

  #newIds(): Pick<DeadRecord, "id" | "destination"> {
    return { id: this.#client.nextId(), destination: this.#options.destination };
  }

  #done(chunk: LiveChunk, index: number): void {
    chunk.left--;
    this.#holdings.length--;
    if (chunk.left > 0) this.#writer.markSoon(chunk, index);
    // Delivered before it was ever handed over: there is nothing to store.
    else if (this.#writer.isOpen(chunk)) this.#forget(chunk);
    else this.#remove(chunk);
  }

  #remove(chunk: LiveChunk): void {
    this.#forget(chunk);
    this.#client.request({ type: "remove", id: chunk.id });
  }

  #forget(chunk: LiveChunk): void {
    this.#holdings.forget(chunk);
    this.#writer.forget(chunk);
  }

  /** @returns how many of its records are lost by that. */
  #discard(chunk: LiveChunk): number {
    this.#window.discard(chunk);
    this.#backlog.forget(chunk);
    this.#holdings.length -= chunk.left;
    this.#forget(chunk);
    return chunk.left;
  }

  #makeRoom(bytes: number): boolean {
    const { maxBytes, overflow } = this.#options;
    const isOver = () => this.#holdings.bytes + this.#othersBytes + bytes > maxBytes;
    if (!isOver()) return true;
    if (overflow !== "drop-oldest" || bytes > maxBytes) return false;
    let dropped = 0;
    for (const chunk of this.#holdings.oldestFirst()) {
      if (!isOver()) break;
      if (chunk.lent > 0 || this.#writer.isOpen(chunk)) continue;
      dropped += this.#discard(chunk);
      this.#client.request({ type: "remove", id: chunk.id });
    }
    if (dropped > 0) this.#hooks.dropped(dropped, SPOOL_FULL);
    return !isOver();
  }

  #adopted(notes: readonly ChunkNote[]): void {
    const chunks = this.#holdings.adopt(notes);
    this.#hooks.recovered(chunks.reduce((sum, { left }) => sum + left, 0));
    this.#backlog.putFirst(chunks);
    this.#refill();
  }

  /** What was on disk alone is lost; the rest is written again. */
  #lostFile(): void {
    let lost = 0;
    for (const chunk of this.#holdings.all()) {
      if (chunk.state !== "stored") continue;
      if (chunk.isInMemory) this.#rewrite(chunk);
      else lost += this.#discard(chunk);
    }
    if (lost > 0) this.#hooks.dropped(lost, "spool damaged");
  }

  /** Stores what is in memory of a chunk as a new one. */
  #rewrite(chunk: LiveChunk): void {
    const again = chunk.rewritten(this.#client.nextId(), (item) => this.#entryOf(item));
    this.#writer.forget(chunk);
    this.#holdings.replace(chunk, again);
    this.#writer.send(again);
  }
}
