/** Raised with every change of the tables; a file of a later version is put aside, not read. */
export const SCHEMA_VERSION = 1;
/** Says in the file's header whose it is: "gspn". */
export const APPLICATION_ID = 0x6773706e;

/**
 * WAL with `synchronous=FULL`: a commit is on disk when it returns (sqlite.org/pragma.html#pragma_synchronous).
 * Pages of 16 KiB suit bodies of many of them. What is deleted makes room for what comes; the file shrinks when it is
 * empty.
 */
export const PRAGMAS: string = `
  PRAGMA page_size = 16384;
  PRAGMA auto_vacuum = INCREMENTAL;
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = FULL;
  PRAGMA journal_size_limit = 16777216;
  PRAGMA wal_autocheckpoint = 500;
`;

/** What changes (owners, marks) stands apart from bodies, which are written once. */
export const TABLES: string = `
  CREATE TABLE IF NOT EXISTS owner (
    id INTEGER PRIMARY KEY, pid INTEGER NOT NULL, host TEXT NOT NULL, expires INTEGER NOT NULL
  );
  CREATE TABLE IF NOT EXISTS chunk (
    id INTEGER PRIMARY KEY, destination TEXT NOT NULL, owner INTEGER NOT NULL, at INTEGER NOT NULL,
    format TEXT NOT NULL, count INTEGER NOT NULL, bytes INTEGER NOT NULL
  );
  CREATE TABLE IF NOT EXISTS content (id INTEGER PRIMARY KEY, entries TEXT NOT NULL, body BLOB NOT NULL);
  CREATE TABLE IF NOT EXISTS done (chunk INTEGER NOT NULL, n INTEGER NOT NULL, PRIMARY KEY (chunk, n)) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS dead (
    id INTEGER PRIMARY KEY, destination TEXT NOT NULL, at INTEGER NOT NULL, reason TEXT NOT NULL,
    detail TEXT NOT NULL, format TEXT NOT NULL, head TEXT NOT NULL, grouping TEXT NOT NULL,
    trace_id TEXT NOT NULL, span_id TEXT NOT NULL, bytes INTEGER NOT NULL, body BLOB NOT NULL
  );
  PRAGMA application_id = ${APPLICATION_ID};
  PRAGMA user_version = ${SCHEMA_VERSION};
`;
