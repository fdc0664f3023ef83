import { builtin } from "../runtime/builtin.ts";

export type Driver = "node:sqlite" | "better-sqlite3";

export type Value = null | number | string | Uint8Array;
export type Row = Readonly<Record<string, unknown>>;

export interface Statement {
  run(...values: Value[]): { readonly changes: number | bigint };
  get(...values: Value[]): unknown;
  all(...values: Value[]): unknown[];
}

/** What `node:sqlite` and `better-sqlite3` have in common. */
export interface Database {
  exec(sql: string): void;
  prepare(sql: string): Statement;
  close(): void;
}

/** Several processes share the file. */
const LOCK_MILLIS = 5000;

/**
 * @param timeout in milliseconds: from the first statement on, whoever finds the file locked waits for so long.
 * @throws {Error} when the driver is not there or SQLite refuses the file.
 */
export function openDatabase(path: string, driver: Driver, timeout: number = LOCK_MILLIS): Database {
  return driver === "better-sqlite3" ? openBetterSqlite(path, timeout) : openNodeSqlite(path, timeout);
}

function openNodeSqlite(path: string, timeout: number): Database {
  const sqlite = quietly(() => builtin("node:sqlite"));
  if (sqlite === undefined) throw new Error("this runtime has no node:sqlite");
  return new sqlite.DatabaseSync(path, { timeout }) as Database; // its `run` also takes values of kinds that we do not use
}

type BetterSqliteClass = new (path: string, options: { readonly timeout: number }) => Database;

/** An optional peer: found from the application's folder, or from where this package is installed. */
function openBetterSqlite(path: string, timeout: number): Database {
  const from = [`${process.cwd()}/package.json`, import.meta.url];
  for (const place of from) {
    try {
      const BetterSqlite = builtin("node:module")?.createRequire(place)("better-sqlite3") as BetterSqliteClass; // the module is its class
      return new BetterSqlite(path, { timeout });
    } catch (error) {
      if (!(error instanceof Error && "code" in error && error.code === "MODULE_NOT_FOUND")) throw error;
    }
  }
  throw new Error("better-sqlite3 is not installed: add it to the application, or use the driver node:sqlite");
}

/** Node 22 calls `node:sqlite` experimental in a warning of one line; 24 and later do not. Other warnings pass. */
function quietly<T>(load: () => T): T {
  if (!process.versions.node?.startsWith("22.")) return load();
  const { emitWarning } = process;
  const filtered = (...given: Parameters<typeof emitWarning>): void => {
    if (!String(given[0]).includes("SQLite is an experimental feature")) emitWarning.apply(process, given);
  };
  process.emitWarning = filtered as typeof emitWarning; // one function for all its overloads
  try {
    return load();
  } finally {
    process.emitWarning = emitWarning;
  }
}
