/** An application directory for each version of a client library, so that it is loaded under its own name. */

import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Format } from "./driver.ts";

/** A copy of a client library in test/node_modules. */
export interface ClientCopy {
  /** npm name under which the application loads it. */
  readonly module: string;
  /** Folder in test/node_modules. */
  readonly installed: string;
  readonly version: string;
  /** `engines.node` of its package. */
  readonly engines: string | undefined;
}

const folderOf = (installed: string): string =>
  fileURLToPath(new URL(`../../node_modules/${installed}`, import.meta.url));

export function readCopy(module: string, installed: string): ClientCopy {
  const text = readFileSync(join(folderOf(installed), "package.json"), "utf8");
  // Every package has a version; not every one has engines.
  const { version, engines } = JSON.parse(text) as { version: string; engines?: { node?: string } };
  return { module, installed, version, engines: engines?.node };
}

export const majorOf = ({ version }: ClientCopy): number => Number(version.split(".")[0]);

export interface ClientCopies {
  /** A file that loads the client library and gives back what it exports. */
  entry(copy: ClientCopy, format: Format): string;
  /** Writes a file of the application that uses this copy, and says where it is. */
  write(copy: ClientCopy, name: string, source: string): string;
  remove(): void;
}

export function createClientCopies(): ClientCopies {
  const root = realpathSync(mkdtempSync(join(tmpdir(), "genspan-behaviour-")));
  const folders = new Map<string, string>();
  const applicationOf = ({ module, installed }: ClientCopy): string => {
    const known = folders.get(installed);
    if (known) return known;
    const folder = join(root, `app-${folders.size}`);
    folders.set(installed, folder);
    const link = join(folder, "node_modules", module);
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(realpathSync(folderOf(installed)), link, "dir");
    writeFileSync(join(folder, "entry.cjs"), `module.exports = require(${JSON.stringify(module)});\n`);
    writeFileSync(join(folder, "entry.mjs"), `export * from ${JSON.stringify(module)};\n`);
    return folder;
  };
  return {
    entry: (copy, format) => join(applicationOf(copy), format === "cjs" ? "entry.cjs" : "entry.mjs"),
    write(copy, name, source) {
      const file = join(applicationOf(copy), name);
      writeFileSync(file, source);
      return file;
    },
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
}
