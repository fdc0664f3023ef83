import type { Item } from "../destination.ts";
import type { Entry } from "../otlp/slab.ts";
import { stopTimer, type Timer, unrefTimer } from "../runtime/timers.ts";
import { MAX_RECORDS } from "./chunk.ts";
import type { LiveChunk } from "./live-chunk.ts";
import type { SpoolClient } from "./spool-client.ts";

export interface ChunkWriterOptions {
  readonly destination: string;
  readonly format: string;
  readonly durability: "group" | "sync";
}

/** A chunk is handed over with `MAX_RECORDS`, with so many bytes, or so long after its first record. */
const MAX_CHUNK_BYTES = 1024 * 1024;
const COMMIT_MILLIS = 30;

/** Gathers the records of one destination into chunks, and hands these to the thread of the spool. */
export class ChunkWriter {
  readonly #options: ChunkWriterOptions;
  readonly #client: SpoolClient;
  #open: LiveChunk | undefined;
  #toMark: Set<LiveChunk> = new Set();
  #timer: Timer | undefined;

  constructor(options: ChunkWriterOptions, client: SpoolClient) {
    this.#options = options;
    this.#client = client;
  }

  isOpen(chunk: LiveChunk): boolean {
    return chunk === this.#open;
  }

  /** @param begin makes a chunk where none is being gathered. */
  add(
    item: Item,
    entry: Entry,
    begin: () => LiveChunk,
  ): { readonly chunk: LiveChunk; readonly index: number; readonly isFull: boolean } {
    this.#open ??= begin();
    const chunk = this.#open;
    const index = chunk.add(item, entry);
    const isFull = chunk.count >= MAX_RECORDS || chunk.bytes >= MAX_CHUNK_BYTES;
    return { chunk, index, isFull: isFull || this.#options.durability === "sync" };
  }

  /** Hands over what was gathered. */
  seal(): void {
    const chunk = this.#open;
    if (chunk === undefined) return;
    this.#open = undefined;
    this.send(chunk);
  }

  /** Does so in a moment. */
  sealSoon(): void {
    this.#timer ??= unrefTimer(() => this.commit(), COMMIT_MILLIS);
  }

  send(chunk: LiveChunk): void {
    chunk.state = "sent";
    const { destination, format } = this.#options;
    const { content, release } = chunk.content();
    this.#client.append({ id: chunk.id, destination, at: chunk.at, format, ...content }, release);
  }

  /** Most chunks are delivered whole a moment later: noting each of their records at once would only cost writes. */
  markSoon(chunk: LiveChunk, index: number): void {
    chunk.unmarked.push(index);
    this.#toMark.add(chunk);
    this.sealSoon();
  }

  /** Everything now. */
  commit(): void {
    stopTimer(this.#timer);
    this.#timer = undefined;
    this.seal();
    for (const chunk of this.#toMark) {
      const indexes = chunk.unmarked;
      chunk.unmarked = [];
      if (indexes.length > 0) this.#client.request({ type: "mark", id: chunk.id, indexes });
    }
    this.#toMark.clear();
  }

  forget(chunk: LiveChunk): void {
    this.#toMark.delete(chunk);
    if (chunk !== this.#open) return;
    this.#open = undefined;
    chunk.forgetContent();
  }
}
