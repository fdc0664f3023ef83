import { builtin } from "../runtime/builtin.ts";
import { type Database, type Driver, openDatabase } from "./database.ts";
import { APPLICATION_ID, PRAGMAS, SCHEMA_VERSION, TABLES } from "./schema.ts";
import { Store } from "./store.ts";

const FILE_NAME = "spool.db";
/** A full check reads the whole file; larger ones are found out when they are read. */
const MAX_CHECKED_BYTES = 32 * 1024 * 1024;

function fs(): typeof import("node:fs") {
  const found = builtin("node:fs");
  if (found === undefined) throw new Error("this runtime has no file system");
  return found;
}

export interface OpenedStore {
  readonly store: Store;
  /** Where a file that could not be read was put aside; undefined where all was well. */
  readonly quarantined: string | undefined;
}

/**
 * Opens the spool of a directory, or makes one. A file that is damaged, that is none of ours, or that a later version
 * wrote, is renamed and a new one begun: a spool must never keep an application from starting.
 * @param lockMillis how long whoever finds the file locked waits; 5 s by default.
 * @throws {Error} where SQLite cannot work there at all: no driver, no permission, a full disk.
 */
export function openStore(directory: string, driver: Driver, lockMillis?: number): OpenedStore {
  const path = `${directory}/${FILE_NAME}`;
  try {
    return { store: new Store(prepare(path, driver, lockMillis)), quarantined: undefined };
  } catch (error) {
    if (!isDamage(error)) throw error;
    const quarantined = quarantine(path);
    return { store: new Store(prepare(path, driver, lockMillis)), quarantined };
  }
}

/**
 * Opens the spool of a directory to look into it: a file that cannot be read stays where it is.
 * @throws {Error} what is wrong with it.
 */
export function inspectStore(directory: string, driver: Driver): Store {
  return new Store(prepare(`${directory}/${FILE_NAME}`, driver, undefined));
}

class ForeignFile extends Error {}

function prepare(path: string, driver: Driver, lockMillis: number | undefined): Database {
  const bytes = fs().statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  const database = openDatabase(path, driver, lockMillis);
  try {
    if (bytes > 0) check(database, bytes);
    database.exec(PRAGMAS);
    database.exec(TABLES);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

function check(database: Database, bytes: number): void {
  const version = numberOf(database, "user_version");
  const application = numberOf(database, "application_id");
  if (version > SCHEMA_VERSION) throw new ForeignFile(`the spool was written by a later version (${version})`);
  if (application !== APPLICATION_ID && version !== 0) throw new ForeignFile("the file is no spool");
  if (bytes > MAX_CHECKED_BYTES) return;
  const [result] = Object.values(database.prepare("PRAGMA quick_check(1)").get() as object); // one row, one column
  if (result !== "ok") throw new ForeignFile(`the spool is damaged: ${String(result)}`);
}

function numberOf(database: Database, pragma: string): number {
  return Number(Object.values(database.prepare(`PRAGMA ${pragma}`).get() as object)[0]); // one row, one column
}

/** Damage, as SQLite tells it (sqlite.org/rescode.html: SQLITE_CORRUPT 11, SQLITE_NOTADB 26), or as we found it. */
export function isDamage(error: unknown): boolean {
  if (error instanceof ForeignFile) return true;
  if (!(error instanceof Error)) return false;
  const code = "errcode" in error && typeof error.errcode === "number" ? error.errcode & 0xff : undefined;
  const name = "code" in error ? String(error.code) : "";
  return code === 11 || code === 26 || /^SQLITE_(CORRUPT|NOTADB)/.test(name) || /is damaged$/.test(error.message);
}

function quarantine(path: string): string {
  const to = `${path}.quarantined-${new Date().toISOString().replaceAll(":", "")}`;
  for (const suffix of ["-wal", "-shm", ""]) {
    if (fs().existsSync(path + suffix)) fs().renameSync(path + suffix, to + suffix);
  }
  return to;
}

/** Puts the file of an open store aside and opens a new one. */
export function replaceStore(directory: string, driver: Driver, damaged: Store): OpenedStore {
  damaged.close();
  const quarantined = quarantine(`${directory}/${FILE_NAME}`);
  return { ...openStore(directory, driver), quarantined };
}
