/** Packs every package as it would be published and has publint and attw look at the tarballs. */

import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));
const packs = mkdtempSync(join(tmpdir(), "genspan-packs-"));
let failed = false;

function run(command, args, cwd = root) {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd, encoding: "utf8" });
  if (status === 0) return;
  failed = true;
  console.error(`${command} ${args.join(" ")}\n${stdout}${stderr}`);
}

try {
  for (const name of readdirSync(join(root, "packages"))) {
    run("pnpm", ["pack", "--pack-destination", packs], join(root, "packages", name));
  }
  const tarballs = readdirSync(packs);
  for (const tarball of tarballs) {
    run("publint", [join(packs, tarball), "--strict"]);
    run("attw", [join(packs, tarball), "--config-path", ".attw.json"]);
  }
  console.log(`publint and attw: ${tarballs.length} packages ${failed ? "with faults" : "clean"}`);
} finally {
  rmSync(packs, { recursive: true, force: true });
}
process.exitCode = failed ? 1 : 0;
