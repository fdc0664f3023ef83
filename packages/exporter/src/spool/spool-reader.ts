import { type Chunk, packChunk } from "./chunk.ts";
import type { Driver, Row } from "./database.ts";
import { hostName, isOver } from "./leases.ts";
import { inspectStore } from "./open-store.ts";
import type { Store } from "./store.ts";

/** One destination of a spool, as `genspan queue ls` shows it. */
export interface SpooledDestination {
  readonly destination: string;
  readonly queued: number;
  readonly queuedBytes: number;
  /** Milliseconds since 1970. */
  readonly oldestAt: number | undefined;
  /** Of the queued ones: those that a living process holds. */
  readonly held: number;
  readonly dead: number;
  readonly deadBytes: number;
}

/** A record of a spool with what is known of it. */
export interface SpooledRecord {
  readonly destination: string;
  readonly traceId: string;
  readonly spanId: string;
  readonly at: number;
  readonly format: string;
  readonly body: Uint8Array;
  /** For dead letters. */
  readonly reason?: string;
  readonly detail?: string;
}

type Names = readonly string[] | undefined;

/** Whether a destination is one of those that were asked for; all are where none was. */
const CHOSEN = "(?1 IS NULL OR destination IN (SELECT value FROM json_each(?1)))";
const namesOf = (names: Names): string | null => (names === undefined ? null : JSON.stringify(names));

/** A spool as another process sees it: for inspection, and to queue dead letters again. */
export class SpoolReader {
  readonly #store: Store;
  readonly #owner: number = Math.floor(Math.random() * 2 ** 31);

  /** @throws {Error} where it cannot be opened, or is damaged or of a later version: it is left as it is. */
  constructor(directory: string, driver: Driver = "node:sqlite") {
    this.#store = inspectStore(directory, driver);
  }

  /** @param names of some of them; default: all. */
  destinations(names?: Names): readonly SpooledDestination[] {
    const rows = this.#store.all(
      `SELECT destination, sum(queued) AS queued, sum(queuedBytes) AS queuedBytes, min(oldestAt) AS oldestAt,
         sum(held) AS held, sum(dead) AS dead, sum(deadBytes) AS deadBytes
       FROM (
         SELECT destination, count - gone AS queued, bytes AS queuedBytes, at AS oldestAt,
           CASE WHEN owner IN (SELECT value FROM json_each(?2)) THEN count - gone ELSE 0 END AS held,
           0 AS dead, 0 AS deadBytes
         FROM (SELECT *, (SELECT count(*) FROM done WHERE done.chunk = chunk.id) AS gone FROM chunk)
         UNION ALL SELECT destination, 0, 0, NULL, 0, 1, bytes FROM dead
       ) WHERE ${CHOSEN} GROUP BY destination ORDER BY destination`,
      namesOf(names),
      JSON.stringify(this.#owners()),
    );
    return rows.map((row) => ({ ...row, oldestAt: row["oldestAt"] ?? undefined })) as never; // the columns that were named
  }

  /** The oldest queued records. */
  *queued(names?: Names): Generator<SpooledRecord> {
    const ids = this.#store.all(`SELECT id FROM chunk WHERE ${CHOSEN} ORDER BY at, id`, namesOf(names));
    for (const { id } of ids) {
      const chunk = this.#store.read(Number(id));
      if (chunk === undefined) continue;
      const done = this.#doneOf(chunk.id);
      const { destination, at, format } = chunk;
      for (const [index, { traceId, spanId, body }] of chunk.records.entries()) {
        if (!done.has(index)) yield { destination, traceId, spanId, at, format, body: bytesOf(body) };
      }
    }
  }

  /** The newest dead letters. */
  dead(names?: Names, limit = -1): readonly SpooledRecord[] {
    const rows = this.#store.all(
      `SELECT destination, trace_id AS traceId, span_id AS spanId, at, format, body, reason, detail
       FROM dead WHERE ${CHOSEN} ORDER BY at DESC, id DESC LIMIT ?2`,
      namesOf(names),
      limit,
    );
    return rows as readonly unknown[] as readonly SpooledRecord[]; // the columns that were named
  }

  /** Queues dead letters again that were encoded. @returns how many, and how many cannot be sent at all. */
  retry(names?: Names): { readonly queued: number; readonly unsendable: number } {
    return this.#store.transaction(() => {
      const rows = this.#store.all(`SELECT * FROM dead WHERE format <> '' AND ${CHOSEN} ORDER BY at`, namesOf(names));
      for (const row of rows) {
        const chunk = chunkOf(row);
        this.#store.append({ ...chunk, count: 1 }, packChunk(chunk), this.#owner); // owned by nobody who lives: whoever serves it takes it over
        this.#store.run("DELETE FROM dead WHERE id = ?", Number(row["id"]));
      }
      const rest = this.#store.all(`SELECT count(*) AS n FROM dead WHERE ${CHOSEN}`, namesOf(names));
      return { queued: rows.length, unsendable: Number(rest[0]?.["n"] ?? 0) };
    });
  }

  /** Deletes for good. @returns how many records. */
  purge(what: "queued" | "dead", names?: Names): number {
    return this.#store.transaction(() => {
      const given = namesOf(names);
      if (what === "dead") return this.#store.run(`DELETE FROM dead WHERE ${CHOSEN}`, given);
      const chunks = this.#store.all(`SELECT id, count FROM chunk WHERE ${CHOSEN}`, given);
      let count = 0;
      for (const { id, count: records } of chunks) {
        count += Number(records) - this.#doneOf(Number(id)).size;
        this.#store.remove(Number(id));
      }
      return count;
    });
  }

  close(): void {
    this.#store.close();
  }

  /** Those whose lease holds. */
  #owners(): readonly number[] {
    const [me, now] = [{ host: hostName(), pid: process.pid }, Date.now()];
    const owners = this.#store.owners().filter((owner) => !isOver(owner, me, now));
    return owners.map(({ id }) => id);
  }

  #doneOf(chunk: number): ReadonlySet<number> {
    return new Set(this.#store.all("SELECT n FROM done WHERE chunk = ?", chunk).map(({ n }) => Number(n)));
  }
}

/** A dead letter as a chunk of its own, under its own number. */
function chunkOf(row: Row): Chunk {
  const text = (name: string): string => String(row[name]);
  const record = {
    head: 0,
    group: 0,
    traceId: text("trace_id"),
    spanId: text("span_id"),
    body: row["body"] as Uint8Array,
  }; // a BLOB
  const named = { destination: text("destination"), format: text("format") };
  return {
    id: Number(row["id"]),
    at: Number(row["at"]),
    ...named,
    heads: [text("head")],
    groups: [text("grouping")],
    records: [record],
  };
}

function bytesOf(body: string | Uint8Array): Uint8Array {
  return typeof body === "string" ? Buffer.from(body, "utf8") : body;
}
