/**
 * What an application installs with the core packages, beyond `@opentelemetry/*` and zod: at most 3 packages and 3 MB.
 * Counts what would be published (the `files` of each package), and every runtime dependency below it.
 */

import { readdirSync, readFileSync, realpathSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const MAX_PACKAGES = 3;
const MAX_BYTES = 3_000_000;
const root = fileURLToPath(new URL("../..", import.meta.url));

const read = (folder) => JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));

function bytesOf(path) {
  const entry = statSync(path);
  if (!entry.isDirectory()) return entry.size;
  return readdirSync(path)
    .filter((name) => name !== "node_modules")
    .reduce((sum, name) => sum + bytesOf(join(path, name)), 0);
}

/** A dependency as its dependant sees it: beside it, or in the folder of packages that it was linked from. */
function folderOf(name, dependant) {
  const places = [join(dependant, "node_modules", name), join(dependant, "..", name), join(dependant, "../..", name)];
  const place = places.find((candidate) => statSync(candidate, { throwIfNoEntry: false }) !== undefined);
  if (place === undefined) throw new Error(`${name}, which ${dependant} depends on, is not installed`);
  return realpathSync(place);
}

const others = new Map();
function visit(folder) {
  for (const name of Object.keys(read(folder).dependencies ?? {})) {
    if (name.startsWith("@genspan/") || name.startsWith("@opentelemetry/") || name === "zod" || others.has(name))
      continue;
    const dependency = folderOf(name, folder);
    others.set(name, bytesOf(dependency));
    visit(dependency);
  }
}

let bytes = 0;
for (const name of ["semconv", "instrumentation", "mapping", "exporter"]) {
  const folder = join(root, "packages", name);
  const own =
    bytesOf(join(folder, "dist")) + bytesOf(join(folder, "README.md")) + bytesOf(join(folder, "package.json"));
  bytes += own;
  console.log(`@genspan/${name.padEnd(28)} ${(own / 1e3).toFixed(0).padStart(6)} kB`);
  visit(folder);
}
for (const [name, size] of others) {
  bytes += size;
  console.log(`${name.padEnd(37)} ${(size / 1e3).toFixed(0).padStart(6)} kB`);
}
console.log(`${others.size} packages of others, ${(bytes / 1e6).toFixed(2)} MB in all`);
if (others.size > MAX_PACKAGES || bytes > MAX_BYTES) {
  console.error(`The core packages may install ${MAX_PACKAGES} packages of others and ${MAX_BYTES / 1e6} MB at most.`);
  process.exitCode = 1;
}
