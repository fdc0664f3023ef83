import type { Codec, Item } from "../destination.ts";
import { MemoryQueue, type OverflowPolicy } from "../queue/memory-queue.ts";
import type { Queue, QueueHooks, Storage, Why } from "../queue/queue.ts";
import { quietTimer } from "../runtime.ts";
import type { Chunk, ChunkNote, ChunkRecord } from "./chunk.ts";
import { itemOf, leastOf, toLiveChunk } from "./chunk-items.ts";
import { bodyForInspection } from "./inspection.ts";
import { LiveChunk } from "./live-chunk.ts";
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

/** A group commit: so many records, so many bytes, or so long after the first of them. */
const MOST_RECORDS = 64;
const MOST_CHUNK_BYTES = 1024 * 1024;
const COMMIT_MILLIS = 50;
/** What waits for the disk. More comes in only when some of it is written. */
const MOST_UNSTORED_BYTES = 64 * 1024 * 1024;
const MOST_READS = 4;
const NOT_WRITTEN = "spool cannot be written";

interface Place {
  readonly chunk: LiveChunk;
  readonly index: number;
}

/**
 * A destination's queue on disk. New records go to the worker in chunks, and to memory for sending as well while there
 * is room; what is sent before it was committed is never read again. The rest is read in its turn.
 */
export class SpoolQueue implements Queue<Item> {
  readonly #options: SpoolQueueOptions;
  readonly #hooks: QueueHooks;
  readonly #client: SpoolClient;
  readonly #chunks: Map<number, LiveChunk> = new Map();
  readonly #window: MemoryQueue<Item>;
  readonly #places: Map<Item, Place> = new Map();
  /** Chunks that are on disk alone, in the order in which they are sent. */
  #backlog: LiveChunk[] = [];
  readonly #reading: Set<LiveChunk> = new Set();
  #open: LiveChunk | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #toMark: Set<LiveChunk> = new Set();
  #length = 0;
  #lent = 0;
  #bytes = 0;
  #unstoredBytes = 0;
  #othersBytes = 0;
  #isClosed = false;

  constructor(options: SpoolQueueOptions, client: SpoolClient, hooks: QueueHooks) {
    this.#options = options;
    this.#hooks = hooks;
    this.#client = client;
    const unbounded = { maxItems: Number.POSITIVE_INFINITY, maxBytes: Number.POSITIVE_INFINITY };
    this.#window = new MemoryQueue({ ...unbounded, overflow: "drop-newest" }, hooks);
    client.listen(options.destination, {
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
    return trouble === undefined ? "spool full" : NOT_WRITTEN;
  }

  get waiting(): number {
    return this.#length - this.#lent;
  }

  get ready(): number {
    return this.#window.waiting;
  }

  get nextOrder(): number | undefined {
    return this.#window.nextOrder;
  }

  get length(): number {
    return this.#length;
  }

  get bytes(): number {
    return this.#bytes;
  }

  get oldestAt(): number | undefined {
    const oldest = leastOf(this.#undelivered(), ({ at }) => at);
    return oldest === undefined ? undefined : performance.now() - Math.max(0, Date.now() - oldest);
  }

  get oldestOrder(): number | undefined {
    return leastOf(this.#undelivered(), ({ order }) => order);
  }

  add(item: Item, order: number): boolean {
    const body = this.#bodyOf(item);
    const bytes = body.byteLength;
    if (this.#unstoredBytes + bytes > MOST_UNSTORED_BYTES || !this.#makeRoom(bytes)) return false;
    this.#open ??= this.#begin(order);
    const chunk = this.#open;
    const index = chunk.add(item, body);
    this.#length++;
    this.#bytes += bytes;
    this.#unstoredBytes += bytes;
    if (chunk.isInWindow) this.#offer(item, { chunk, index });
    const isFull = chunk.count >= MOST_RECORDS || chunk.bytes >= MOST_CHUNK_BYTES;
    if (isFull || this.#options.durability === "sync") this.#seal();
    else this.#timer ??= quietTimer(() => this.commit(), COMMIT_MILLIS);
    return true;
  }

  take(maxItems: number, maxBytes: number, groupOf: (item: Item) => string): readonly Item[] {
    const items = this.#window.take(maxItems, maxBytes, groupOf);
    this.#lend(items, 1);
    return items;
  }

  giveBack(items: readonly Item[], asSuspects: boolean): void {
    this.#window.giveBack(items, asSuspects);
    this.#lend(items, -1);
  }

  settle(items: readonly Item[]): void {
    this.#lend(items, -1);
    this.#window.settle(items);
    for (const item of items) this.#finish(item);
    this.#refill();
  }

  bury(items: readonly Item[], { reason, detail = "" }: Why): void {
    const { destination, codec } = this.#options;
    for (const item of items) {
      const { head = "", group, traceId, spanId, payload } = item;
      const isStored = this.#places.has(item);
      // A copy: a view would take all of the memory that it lies in along.
      const body = isStored ? new Uint8Array(this.#bodyOf(item)) : bodyForInspection(payload);
      const format = isStored ? codec.format : "";
      const ids = { id: this.#client.nextId(), traceId, spanId };
      const record = { ...ids, destination, at: Date.now(), reason, detail, format, head, group, body };
      this.#client.request({ type: "bury", record });
    }
    this.settle(items.filter((item) => this.#places.has(item)));
  }

  #bodyOf({ payload }: Item): Uint8Array {
    const written = this.#options.codec.write(payload);
    return typeof written === "string" ? Buffer.from(written, "utf8") : written;
  }

  /** Hands over what is being gathered, now. */
  commit(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#seal();
    for (const chunk of this.#toMark) {
      const indexes = chunk.unmarked;
      chunk.unmarked = [];
      if (indexes.length > 0) this.#client.request({ type: "mark", id: chunk.id, indexes });
    }
    this.#toMark.clear();
  }

  close(): number {
    this.#isClosed = true;
    this.commit();
    return 0;
  }

  /** What could not be written is lost: nothing will be tried again. */
  loseUnstored(): void {
    let lost = 0;
    for (const chunk of [...this.#chunks.values()]) {
      if (this.#client.unstored(chunk.id) !== undefined) lost += this.#discard(chunk);
    }
    if (lost > 0) this.#hooks.dropped(lost, NOT_WRITTEN);
  }

  /** The chunk that is being gathered may be delivered already. */
  #undelivered(): readonly LiveChunk[] {
    return [...this.#chunks.values()].filter(({ left }) => left > 0);
  }

  #begin(order: number): LiveChunk {
    const isInWindow =
      this.#backlog.length === 0 && this.#reading.size === 0 && this.#window.bytes < this.#options.windowBytes;
    const chunk = new LiveChunk({ id: this.#client.nextId(), order, at: Date.now(), isInWindow });
    this.#chunks.set(chunk.id, chunk);
    return chunk;
  }

  #seal(): void {
    const chunk = this.#open;
    if (chunk === undefined) return;
    this.#open = undefined;
    this.#send(chunk);
  }

  #send(chunk: LiveChunk): void {
    chunk.state = "sent";
    const { destination, codec } = this.#options;
    const { id, at } = chunk;
    const whole: Chunk = { id, destination, at, format: codec.format, ...chunk.content() };
    this.#client.request({ type: "append", chunk: whole });
  }

  #stored(id: number): void {
    const chunk = this.#chunks.get(id);
    if (chunk === undefined || chunk.state === "stored") return;
    this.#unstoredBytes -= chunk.bytes;
    chunk.state = "stored";
    if (chunk.isInWindow || chunk.items.size > 0) return;
    this.#backlog.push(chunk);
    this.#refill();
  }

  /** Reads on where memory has room. */
  #refill(): void {
    if (this.#isClosed) return;
    let bytes = this.#window.bytes;
    for (const { bytes: coming } of this.#reading) bytes += coming;
    while (this.#reading.size < MOST_READS && bytes < this.#options.windowBytes) {
      const chunk = this.#backlog.shift();
      if (chunk === undefined) {
        this.#takeUnstored();
        return;
      }
      this.#reading.add(chunk);
      bytes += chunk.bytes;
      this.#client.request({ type: "read", id: chunk.id });
    }
  }

  /** A disk that takes nothing must not keep what waits for it from being sent. */
  #takeUnstored(): void {
    if (this.#client.trouble === undefined || this.#window.bytes > 0) return;
    for (const chunk of this.#chunks.values()) {
      if (chunk.state !== "sent" || chunk.isInWindow || chunk.items.size > 0) continue;
      const content = this.#client.unstored(chunk.id);
      if (content === undefined) continue;
      this.#reading.add(chunk);
      this.#content(chunk.id, content);
      return;
    }
  }

  #content(id: number, content: Chunk | undefined): void {
    const chunk = this.#chunks.get(id);
    if (chunk === undefined || !this.#reading.delete(chunk)) return;
    if (content === undefined) {
      this.#hooks.dropped(this.#discard(chunk), "delivered by another process");
      return;
    }
    const { codec } = this.#options;
    const isReadable = content.format === codec.format;
    for (const [index, record] of content.records.entries()) {
      if (chunk.done.has(index)) continue;
      const item = isReadable ? itemOf(content, record, codec) : undefined;
      if (item === undefined) this.#setAside(content, record, { chunk, index });
      else this.#offer(item, { chunk, index });
    }
    this.#hooks.ready();
    this.#refill();
  }

  #offer(item: Item, place: Place): void {
    this.#places.set(item, place);
    place.chunk.items.set(place.index, item);
    this.#window.add(item, place.chunk.order);
  }

  /** What this destination cannot read, since it was another one when it was stored, must not stop what it can. */
  #setAside(content: Chunk, record: ChunkRecord, place: Place): void {
    const why = { reason: "stored in another form", detail: content.format };
    const { destination, format, heads, groups } = content;
    const { head, group, traceId, spanId } = record;
    const body = typeof record.body === "string" ? record.body : new Uint8Array(record.body);
    const fields = { destination, format, traceId, spanId, body, at: Date.now(), head: heads[head] ?? "" };
    const dead = { id: this.#client.nextId(), ...fields, ...why, group: groups[group] ?? "" };
    this.#client.request({ type: "bury", record: dead });
    this.#done(place);
    this.#hooks.buried(1, why);
  }

  #lend(items: readonly Item[], by: 1 | -1): void {
    for (const item of items) {
      const place = this.#places.get(item);
      if (place === undefined) continue;
      place.chunk.lent += by;
      this.#lent += by;
    }
  }

  #finish(item: Item): void {
    const place = this.#places.get(item);
    if (place === undefined) return;
    this.#places.delete(item);
    place.chunk.items.delete(place.index);
    this.#done(place);
  }

  #done({ chunk, index }: Place): void {
    chunk.done.add(index);
    chunk.left--;
    this.#length--;
    if (chunk.left > 0) {
      // Most chunks are delivered whole a moment later: noting each of their records would only cost writes.
      chunk.unmarked.push(index);
      this.#toMark.add(chunk);
      this.#timer ??= quietTimer(() => this.commit(), COMMIT_MILLIS);
    } else if (chunk === this.#open) {
      // Delivered before it was ever handed over: there is nothing to store.
      this.#open = undefined;
      chunk.forgetContent();
      this.#forget(chunk);
    } else {
      this.#remove(chunk);
    }
  }

  #remove(chunk: LiveChunk): void {
    this.#forget(chunk);
    this.#client.request({ type: "remove", id: chunk.id });
  }

  #forget(chunk: LiveChunk): void {
    this.#chunks.delete(chunk.id);
    this.#toMark.delete(chunk);
    this.#bytes -= chunk.bytes;
    if (chunk.state !== "stored") this.#unstoredBytes -= chunk.bytes;
  }

  /** @returns how many of its records are lost by that. */
  #discard(chunk: LiveChunk): number {
    this.#window.discard(chunk.items.values());
    for (const item of chunk.items.values()) this.#places.delete(item);
    this.#backlog = this.#backlog.filter((other) => other !== chunk);
    this.#reading.delete(chunk);
    this.#length -= chunk.left;
    this.#forget(chunk);
    return chunk.left;
  }

  #makeRoom(bytes: number): boolean {
    const { maxBytes, overflow } = this.#options;
    const isOver = () => this.#bytes + this.#othersBytes + bytes > maxBytes;
    if (!isOver()) return true;
    if (overflow !== "drop-oldest" || bytes > maxBytes) return false;
    let dropped = 0;
    for (const chunk of [...this.#chunks.values()].sort((one, other) => one.at - other.at)) {
      if (!isOver()) break;
      if (chunk.lent > 0 || chunk === this.#open) continue;
      dropped += this.#discard(chunk);
      this.#client.request({ type: "remove", id: chunk.id });
    }
    if (dropped > 0) this.#hooks.dropped(dropped, "spool full");
    return !isOver();
  }

  #adopted(notes: readonly ChunkNote[]): void {
    const chunks = notes.filter(({ id }) => !this.#chunks.has(id)).map(toLiveChunk);
    let count = 0;
    for (const chunk of chunks) {
      this.#chunks.set(chunk.id, chunk);
      this.#length += chunk.left;
      this.#bytes += chunk.bytes;
      count += chunk.left;
    }
    this.#hooks.recovered(count);
    this.#backlog.unshift(...chunks);
    this.#refill();
  }

  /** What was on disk alone is lost; the rest is written again. */
  #lostFile(): void {
    let lost = 0;
    for (const chunk of [...this.#chunks.values()]) {
      if (chunk.state !== "stored") continue;
      if (chunk.items.size === 0) {
        lost += this.#discard(chunk);
        continue;
      }
      this.#rewrite(chunk);
    }
    if (lost > 0) this.#hooks.dropped(lost, "spool damaged");
  }

  /** Stores what is in memory of a chunk as a new one. */
  #rewrite(chunk: LiveChunk): void {
    const { id, order, at, lent } = { ...chunk, id: this.#client.nextId() };
    const again = new LiveChunk({ id, order, at, isInWindow: true });
    again.lent = lent;
    for (const item of chunk.items.values()) {
      const index = again.add(item, this.#bodyOf(item));
      this.#places.set(item, { chunk: again, index });
      again.items.set(index, item);
    }
    this.#forget(chunk);
    this.#chunks.set(id, again);
    this.#bytes += again.bytes;
    this.#unstoredBytes += again.bytes;
    this.#send(again);
  }
}
