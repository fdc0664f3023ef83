import type { LiveChunk } from "./live-chunk.ts";
import type { SpoolClient } from "./spool-client.ts";

const MAX_READS = 4;

/** The chunks of a destination that are on disk alone, in the order in which they are sent, and those being read. */
export class Backlog {
  readonly #client: SpoolClient;
  readonly #windowBytes: number;
  #waiting: LiveChunk[] = [];
  readonly #reading: Set<LiveChunk> = new Set();

  /** @param windowBytes most bytes of records in memory for sending. */
  constructor(client: SpoolClient, windowBytes: number) {
    this.#client = client;
    this.#windowBytes = windowBytes;
  }

  get isEmpty(): boolean {
    return this.#waiting.length === 0 && this.#reading.size === 0;
  }

  add(chunk: LiveChunk): void {
    this.#waiting.push(chunk);
  }

  putFirst(chunks: readonly LiveChunk[]): void {
    this.#waiting = [...chunks, ...this.#waiting];
  }

  /** Reads on where memory has room. @param bytes that are there already. @returns whether it could read more. */
  readOn(bytes: number): boolean {
    let coming = bytes;
    for (const chunk of this.#reading) coming += chunk.bytes;
    while (this.#reading.size < MAX_READS && coming < this.#windowBytes) {
      const chunk = this.#waiting.shift();
      if (chunk === undefined) return true;
      this.expect(chunk);
      coming += chunk.bytes;
      this.#client.request({ type: "read", id: chunk.id });
    }
    return false;
  }

  /** Its content will come. */
  expect(chunk: LiveChunk): void {
    this.#reading.add(chunk);
  }

  /** @returns whether it was expected. */
  came(chunk: LiveChunk): boolean {
    return this.#reading.delete(chunk);
  }

  forget(chunk: LiveChunk): void {
    this.#waiting = this.#waiting.filter((other) => other !== chunk);
    this.#reading.delete(chunk);
  }
}
