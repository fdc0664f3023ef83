import { chmodSync, chownSync, mkdirSync, symlinkSync } from "node:fs";

export interface BadDirectory {
  readonly name: string;
  readonly directory: string;
  /** What the sentence must say. */
  readonly pattern: RegExp;
}

/** Directories that no spool may be put into. Root may write everywhere, so that for root two of them are others. */
export function badDirectories(folder: string): {
  readonly directories: readonly BadDirectory[];
  readonly note: string;
} {
  const isRoot = process.getuid?.() === 0;
  const own = `${folder}/own`;
  mkdirSync(own);
  symlinkSync(own, `${folder}/link`);
  mkdirSync(`${folder}/open`);
  chmodSync(`${folder}/open`, 0o777);
  mkdirSync(`${folder}/foreign`);
  if (isRoot) chownSync(`${folder}/foreign`, 65_534, 65_534);
  mkdirSync(`${folder}/readonly`);
  if (!isRoot) chmodSync(`${folder}/readonly`, 0o500);
  return {
    directories: [
      { name: "a symbolic link", directory: `${folder}/link`, pattern: /symbolic link/ },
      { name: "in what everyone may write", directory: `${folder}/open/spool`, pattern: /written by everyone/ },
      { name: "another user's", directory: isRoot ? `${folder}/foreign` : "/usr", pattern: /belongs to another user/ },
      {
        name: "read-only",
        directory: isRoot ? "/sys/spool" : `${folder}/readonly/spool`,
        pattern: /cannot be the directory/,
      },
    ],
    note: isRoot ? "as root, read-only is /sys" : "as a user, another user's directory is /usr",
  };
}
