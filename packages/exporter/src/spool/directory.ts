import type { Stats } from "node:fs";
import { builtin } from "../runtime/builtin.ts";

/** Why a directory is no place for a spool. The message is a sentence that says what to do. */
class SpoolRefused extends Error {
  override readonly name = "SpoolRefused";
}

interface Parts {
  readonly fs: typeof import("node:fs");
  readonly paths: typeof import("node:path");
}

const OTHERS_MAY_WRITE = 0o002;
const STICKY = 0o1000;
const ONLY_OWNER = 0o700;

/**
 * Makes the directory of a spool, for its owner alone. What lies there holds prompts: whoever else could write there
 * could read them, or have us send what he put there (CVE-2026-42191 of another exporter, which used the temporary
 * directory).
 * @returns the real path.
 * @throws {SpoolRefused}
 */
export function prepareDirectory(given: string): string {
  const [fs, os, paths] = [builtin("node:fs"), builtin("node:os"), builtin("node:path")];
  if (fs === undefined || os === undefined || paths === undefined) {
    throw new SpoolRefused("this runtime has no file system");
  }

  if (given.trim() === "")
    throw new SpoolRefused("the spool has no directory: set `spool.directory` to a path of its own");
  const path = paths.resolve(given);
  try {
    const existing = fs.lstatSync(path, { throwIfNoEntry: false });
    if (existing !== undefined) checkOwn(path, existing);
    const parent = nearestExisting(paths.dirname(path), { fs, paths });
    const temporary = fs.realpathSync(os.tmpdir());
    if (path === temporary || parent === temporary) {
      throw new SpoolRefused(
        `${path} is in the temporary directory, which is shared and cleared: set \`spool.directory\` to a path such as ` +
          "/var/lib/<application>/spool",
      );
    }
    checkParents(parent, { fs, paths });
    if (existing === undefined) makeLevels(path, { fs, paths });
    if ((fs.statSync(path).mode & 0o077) !== 0) fs.chmodSync(path, ONLY_OWNER);
    return fs.realpathSync(path);
  } catch (error) {
    if (error instanceof SpoolRefused) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new SpoolRefused(`${path} cannot be the directory of a spool: ${reason}`);
  }
}

function checkOwn(path: string, stats: Stats): void {
  if (stats.isSymbolicLink()) {
    throw new SpoolRefused(`${path} is a symbolic link: set \`spool.directory\` to the directory itself`);
  }
  if (!stats.isDirectory()) throw new SpoolRefused(`${path} is no directory: set \`spool.directory\` to another path`);
  const user = process.getuid?.();
  if (user !== undefined && stats.uid !== user) {
    throw new SpoolRefused(
      `${path} belongs to another user (${stats.uid}): set \`spool.directory\` to one of your own`,
    );
  }
}

/** Where others may write, they may put another directory in our place; a sticky bit above prevents that. */
function checkParents(parent: string, { fs, paths }: Parts): void {
  if (process.platform === "win32") return; // its rights are not in the mode
  for (let path = parent, isDirect = true; ; path = paths.dirname(path), isDirect = false) {
    const { mode } = fs.statSync(path);
    const isOpen = (mode & OTHERS_MAY_WRITE) !== 0;
    if (isOpen && (isDirect || (mode & STICKY) === 0)) {
      throw new SpoolRefused(
        `${path} can be written by everyone: set \`spool.directory\` to a path below one that cannot`,
      );
    }
    if (path === paths.dirname(path)) return;
  }
}

/**
 * One level after the other: `mkdirSync` with `recursive` goes on for ever where a directory that is there has no place
 * for another one, such as /proc.
 */
function makeLevels(path: string, { fs, paths }: Parts): void {
  const missing: string[] = [];
  for (let level = path; fs.statSync(level, { throwIfNoEntry: false }) === undefined; level = paths.dirname(level)) {
    missing.unshift(level);
  }
  for (const level of missing) {
    try {
      fs.mkdirSync(level, { mode: ONLY_OWNER });
    } catch (error) {
      // Another process that shares the spool may have made it a moment before.
      if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
    }
  }
}

function nearestExisting(path: string, { fs, paths }: Parts): string {
  let nearest = path;
  while (fs.statSync(nearest, { throwIfNoEntry: false }) === undefined && nearest !== paths.dirname(nearest)) {
    nearest = paths.dirname(nearest);
  }
  return fs.realpathSync(nearest);
}
