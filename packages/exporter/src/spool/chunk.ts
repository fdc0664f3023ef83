/** Of a chunk: one that has as many is committed at once. */
export const MAX_RECORDS = 64;

/**
 * The unit of the spool: records of one destination that were committed together. It is written, leased, read and
 * dropped as a whole; single records of it are marked as done.
 */
export interface Chunk {
  readonly id: number;
  readonly destination: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** Name of the stored form of its records. */
  readonly format: string;
  /** Heads and groups that its records name by index. */
  readonly heads: readonly string[];
  readonly groups: readonly string[];
  readonly records: readonly ChunkRecord[];
}

export interface ChunkRecord {
  readonly body: string | Uint8Array;
  readonly head: number;
  readonly group: number;
  readonly traceId: string;
  readonly spanId: string;
}

/** A chunk on its way to the thread of the spool: its records lie where they were encoded, in memory that is shared. */
export interface GatheredChunk extends Pick<Chunk, "id" | "destination" | "at" | "format"> {
  readonly count: number;
  readonly entries: string;
  readonly memory: readonly ArrayBufferLike[];
  /** Of each record: in which memory, where it begins, its length. */
  readonly places: Int32Array;
}

/** What is known of a chunk without its content. */
export interface ChunkNote {
  readonly id: number;
  readonly destination: string;
  readonly at: number;
  readonly count: number;
  readonly bytes: number;
  /** Indexes of records that are done. */
  readonly done: readonly number[];
}

/** A record that was given up, with everything that is needed to send it after all. */
export interface DeadRecord {
  readonly id: number;
  readonly destination: string;
  readonly at: number;
  readonly reason: string;
  readonly detail: string;
  /** Empty for what could not be encoded: it cannot be sent again. */
  readonly format: string;
  readonly head: string;
  readonly group: string;
  readonly traceId: string;
  readonly spanId: string;
  readonly body: string | Uint8Array;
}

/** A chunk as it is stored. */
export type StoredChunk = Pick<Chunk, "id" | "destination" | "at" | "format"> & PackedChunk;

/** The content of a chunk as it is stored: one piece of bytes, and where each record lies in it. */
export interface PackedChunk {
  readonly entries: string;
  readonly body: Uint8Array;
}

export interface Entries {
  readonly heads: readonly string[];
  readonly groups: readonly string[];
  /** Length in bytes, head, group, trace id, span id. */
  readonly records: readonly (readonly [number, number, number, string, string])[];
}

/** @param records without bodies, which lie elsewhere. */
export function entriesOf(fields: Entries): string {
  return JSON.stringify(fields);
}

export function packGathered({ entries, memory, places }: GatheredChunk): PackedChunk {
  const bodies: Uint8Array[] = [];
  for (let at = 0; at < places.length; at += 3) {
    const [index = 0, begin, length] = places.subarray(at, at + 3);
    const lies = memory[index];
    if (lies !== undefined) bodies.push(new Uint8Array(lies, begin, length));
  }
  return { entries, body: Buffer.concat(bodies) };
}

export function packChunk({ heads, groups, records }: Chunk): PackedChunk {
  const bodies = records.map(({ body }) => (typeof body === "string" ? Buffer.from(body, "utf8") : body));
  const entries = entriesOf({
    heads,
    groups,
    records: records.map(({ head, group, traceId, spanId }, index) => [
      bodies[index]?.byteLength ?? 0,
      head,
      group,
      traceId,
      spanId,
    ]),
  });
  return { entries, body: Buffer.concat(bodies) };
}

/** @throws {Error} for content that is damaged. */
export function unpackChunk({ entries, body: all, ...note }: StoredChunk): Chunk {
  const { heads, groups, records } = JSON.parse(entries) as Entries; // written by `entriesOf`
  let at = 0;
  const unpacked = records.map(([length, head, group, traceId, spanId]): ChunkRecord => {
    const body = all.subarray(at, at + length);
    at += length;
    return { body, head, group, traceId, spanId };
  });
  if (at !== all.byteLength) throw new Error("a chunk of the spool is damaged");
  return { ...note, heads, groups, records: unpacked };
}
