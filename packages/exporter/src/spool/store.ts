import {
  type Chunk,
  type ChunkNote,
  type DeadRecord,
  type PackedChunk,
  type StoredChunk,
  unpackChunk,
} from "./chunk.ts";
import type { Database, Row, Statement, Value } from "./database.ts";

export interface Owner {
  readonly id: number;
  readonly pid: number;
  readonly host: string;
}

type NewChunk = Pick<Chunk, "id" | "destination" | "at" | "format"> & { readonly count: number };

/** The tables of a spool. Synchronous; every change is made within `transaction`. */
export class Store {
  readonly #database: Database;
  readonly #statements: Map<string, Statement> = new Map();

  constructor(database: Database) {
    this.#database = database;
  }

  /** Changes are on disk when it returns. @throws {Error} what SQLite throws; nothing was changed then. */
  transaction<T>(change: () => T): T {
    this.#database.exec("BEGIN IMMEDIATE");
    try {
      const result = change();
      this.#database.exec("COMMIT");
      return result;
    } catch (error) {
      try {
        this.#database.exec("ROLLBACK");
      } catch {
        // SQLite has rolled back by itself, as it does on a full disk.
      }
      throw error;
    }
  }

  /** A chunk that is there already stays: after the death of a worker it may come again. */
  append({ id, destination, at, format, count }: NewChunk, { entries, body }: PackedChunk, owner: number): void {
    this.#run(
      "INSERT OR IGNORE INTO chunk (id, destination, owner, at, format, count, bytes) VALUES (?, ?, ?, ?, ?, ?, ?)",
      ...[id, destination, owner, at, format, count, body.byteLength],
    );
    this.#run("INSERT OR IGNORE INTO content (id, entries, body) VALUES (?, ?, ?)", id, entries, body);
  }

  remove(id: number): void {
    this.#run("DELETE FROM content WHERE id = ?", id);
    this.#run("DELETE FROM done WHERE chunk = ?", id);
    this.#run("DELETE FROM chunk WHERE id = ?", id);
  }

  mark(chunk: number, indexes: readonly number[]): void {
    for (const n of indexes) this.#run("INSERT OR IGNORE INTO done (chunk, n) VALUES (?, ?)", chunk, n);
  }

  bury(record: DeadRecord): void {
    const { id, destination, at, reason, detail, format, head, group, traceId, spanId } = record;
    const body = typeof record.body === "string" ? Buffer.from(record.body, "utf8") : record.body;
    this.#run(
      "INSERT OR IGNORE INTO dead VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
      ...[id, destination, at, reason, detail, format, head, group, traceId, spanId, body.byteLength, body],
    );
  }

  /** Keeps the newest dead letters up to that size. @returns how many were removed. */
  trimDead(maxBytes: number): number {
    const total = Number(this.#first("SELECT coalesce(sum(bytes + 200), 0) AS n FROM dead")?.["n"]);
    if (total <= maxBytes) return 0;
    const { changes } = this.#run(
      `DELETE FROM dead WHERE id IN (SELECT id FROM (
         SELECT id, sum(bytes + 200) OVER (ORDER BY at DESC, id DESC) AS newer FROM dead) WHERE newer > ?)`,
      maxBytes,
    );
    return Number(changes);
  }

  /** @returns undefined where the chunk is gone: another process has delivered it. @throws {Error} for damage. */
  read(id: number): Chunk | undefined {
    const stored = this.readStored(id);
    return stored === undefined ? undefined : unpackChunk(stored);
  }

  /** The same as it is stored. */
  readStored(id: number): StoredChunk | undefined {
    const row = this.#first(
      `SELECT chunk.id, destination, at, format, entries, body FROM chunk JOIN content USING (id) WHERE chunk.id = ?`,
      id,
    );
    return row as StoredChunk | undefined; // the columns that were selected
  }

  /** Renews a lease. Others may take over what is owned when `expires` has passed. */
  lease({ id, pid, host }: Owner, expires: number): void {
    this.#run("INSERT OR REPLACE INTO owner (id, pid, host, expires) VALUES (?, ?, ?, ?)", id, pid, host, expires);
  }

  release(owner: number): void {
    this.#run("DELETE FROM owner WHERE id = ?", owner);
  }

  owners(): readonly (Owner & { readonly expires: number })[] {
    return this.#all("SELECT id, pid, host, expires FROM owner") as never; // the columns of the table
  }

  /** Takes over chunks of these destinations that nobody owns. @returns them, the oldest first. */
  adopt(destinations: readonly string[], owner: number): readonly ChunkNote[] {
    const names = JSON.stringify(destinations);
    const rows = this.#all(
      `SELECT id, destination, at, count, bytes,
         (SELECT json_group_array(n) FROM done WHERE done.chunk = chunk.id) AS done
       FROM chunk WHERE owner NOT IN (SELECT id FROM owner) AND destination IN (SELECT value FROM json_each(?))
       ORDER BY at, id`,
      names,
    );
    this.#run(
      `UPDATE chunk SET owner = ? WHERE owner NOT IN (SELECT id FROM owner)
         AND destination IN (SELECT value FROM json_each(?))`,
      owner,
      names,
    );
    return rows.map((row) => ({ ...row, done: JSON.parse(String(row["done"])) })) as never; // a `ChunkNote` by its columns
  }

  /** Bytes of each destination that other owners hold. */
  heldByOthers(owner: number): Readonly<Record<string, number>> {
    const rows = this.#all(
      "SELECT destination, sum(bytes) AS bytes FROM chunk WHERE owner <> ? GROUP BY destination",
      owner,
    );
    return Object.fromEntries(rows.map((row) => [String(row["destination"]), Number(row["bytes"])]));
  }

  /** Gives pages back to the file system where nothing is stored. */
  shrink(): void {
    if (this.#first("SELECT 1 FROM content LIMIT 1") !== undefined) return;
    this.#database.exec("PRAGMA incremental_vacuum(4096)");
  }

  /** For questions of the command line. */
  all(sql: string, ...values: Value[]): readonly Row[] {
    return this.#all(sql, ...values);
  }

  /** For changes of the command line; within `transaction`. */
  run(sql: string, ...values: Value[]): number {
    return Number(this.#run(sql, ...values).changes);
  }

  close(): void {
    this.#database.close();
  }

  #run(sql: string, ...values: Value[]): { readonly changes: number | bigint } {
    return this.#statement(sql).run(...values);
  }

  #all(sql: string, ...values: Value[]): readonly Row[] {
    return this.#statement(sql).all(...values) as Row[]; // rows are objects of columns in both drivers
  }

  #first(sql: string, ...values: Value[]): Row | undefined {
    return this.#statement(sql).get(...values) as Row | undefined;
  }

  #statement(sql: string): Statement {
    const known = this.#statements.get(sql);
    if (known !== undefined) return known;
    const statement = this.#database.prepare(sql);
    this.#statements.set(sql, statement);
    return statement;
  }
}
