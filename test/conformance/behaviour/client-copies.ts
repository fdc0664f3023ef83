/** An application directory for each version of the client library, so that it is loaded under its own name `openai`. */

import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const VERSIONS = [4, 5, 6, 7] as const;
export type Version = (typeof VERSIONS)[number];
export const FORMATS = ["cjs", "esm"] as const;
export type Format = (typeof FORMATS)[number];

/** Names of the copies in test/package.json. */
const INSTALLED: Readonly<Record<Version, string>> = { 4: "openai-4", 5: "openai-5", 6: "openai-6", 7: "openai" };

export interface ClientCopies {
  /** A file that loads the client library and gives back what it exports. */
  entry(version: Version, format: Format): string;
  /** Writes a file of the application that uses this version, and says where it is. */
  write(version: Version, name: string, source: string): string;
  remove(): void;
}

export function createClientCopies(): ClientCopies {
  const root = realpathSync(mkdtempSync(join(tmpdir(), "genspan-behaviour-")));
  for (const version of VERSIONS) {
    const modules = join(root, `app-${version}`, "node_modules");
    mkdirSync(modules, { recursive: true });
    const installed = fileURLToPath(new URL(`../../node_modules/${INSTALLED[version]}`, import.meta.url));
    symlinkSync(realpathSync(installed), join(modules, "openai"), "dir");
    writeFileSync(join(root, `app-${version}`, "entry.cjs"), 'module.exports = require("openai");\n');
    writeFileSync(join(root, `app-${version}`, "entry.mjs"), 'export * from "openai";\n');
  }
  return {
    entry: (version, format) => join(root, `app-${version}`, format === "cjs" ? "entry.cjs" : "entry.mjs"),
    write(version, name, source) {
      const file = join(root, `app-${version}`, name);
      writeFileSync(file, source);
      return file;
    },
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
}
