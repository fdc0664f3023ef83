import type { ChunkNote } from "./chunk.ts";
import { leastOf, toLiveChunk } from "./chunk-items.ts";
import type { LiveChunk } from "./live-chunk.ts";

/** The chunks of one destination that this process holds, and what is in them. */
export class Holdings {
  readonly #chunks: Map<number, LiveChunk> = new Map();
  /** Records that are not done. */
  length = 0;
  bytes = 0;
  /** Of these: what is not on disk yet. */
  unstoredBytes = 0;

  get(id: number): LiveChunk | undefined {
    return this.#chunks.get(id);
  }

  all(): readonly LiveChunk[] {
    return [...this.#chunks.values()];
  }

  oldestFirst(): readonly LiveChunk[] {
    return this.all().toSorted((one, other) => one.at - other.at);
  }

  /** Of what waits; the chunk that is being gathered may be delivered already. */
  least(value: (chunk: LiveChunk) => number): number | undefined {
    const undelivered = this.all().filter(({ left }) => left > 0);
    return leastOf(undelivered, value);
  }

  /** One that is gathered here, empty at first. */
  begin(chunk: LiveChunk): void {
    this.#chunks.set(chunk.id, chunk);
  }

  /** A record of it. */
  added(bytes: number): void {
    this.length++;
    this.bytes += bytes;
    this.unstoredBytes += bytes;
  }

  stored(chunk: LiveChunk): void {
    this.unstoredBytes -= chunk.bytes;
    chunk.state = "stored";
  }

  /** Takes over what is on disk. */
  adopt(notes: readonly ChunkNote[]): readonly LiveChunk[] {
    const chunks = notes.filter(({ id }) => !this.#chunks.has(id)).map(toLiveChunk);
    for (const chunk of chunks) {
      this.#chunks.set(chunk.id, chunk);
      this.length += chunk.left;
      this.bytes += chunk.bytes;
    }
    return chunks;
  }

  /** The same records under a new number, to be written again. */
  replace(chunk: LiveChunk, again: LiveChunk): void {
    this.forget(chunk);
    this.#chunks.set(again.id, again);
    this.bytes += again.bytes;
    this.unstoredBytes += again.bytes;
  }

  /** Its records are done, or counted elsewhere. */
  forget(chunk: LiveChunk): void {
    this.#chunks.delete(chunk.id);
    this.bytes -= chunk.bytes;
    if (chunk.state !== "stored") this.unstoredBytes -= chunk.bytes;
  }
}
