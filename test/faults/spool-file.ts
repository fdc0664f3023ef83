import { existsSync, statSync, truncateSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { SpoolReader } from "@genspan/exporter";

const fileOf = (directory: string): string => `${directory}/spool.db`;

/** What SQLite itself finds wrong with the file of a spool. */
export function spoolFaults(directory: string): readonly string[] {
  if (!existsSync(fileOf(directory))) return [];
  const database = new DatabaseSync(fileOf(directory));
  try {
    const rows = database.prepare("PRAGMA integrity_check").all();
    return rows.map((row) => String(row["integrity_check"])).filter((text) => text !== "ok");
  } finally {
    database.close();
  }
}

/** Records that a spool still holds for its destinations, whoever has them. */
export function queuedIn(directory: string): number {
  const reader = new SpoolReader(directory);
  try {
    return reader.destinations().reduce((sum, { queued }) => sum + queued, 0);
  } finally {
    reader.close();
  }
}

/** Has the file say that a later version of the program wrote it. */
export function raiseVersion(directory: string): void {
  const database = new DatabaseSync(fileOf(directory));
  database.exec("PRAGMA user_version = 999");
  database.close();
}

/** Loses the second half of the file, after everything was written into it. */
export function cutInTheMiddle(directory: string): void {
  const database = new DatabaseSync(fileOf(directory));
  database.exec("PRAGMA wal_checkpoint(TRUNCATE)");
  database.close();
  truncateSync(fileOf(directory), statSync(fileOf(directory)).size / 2);
}
