/**
 * `npx -y pnpm@12 bench [NAME] [options of that benchmark]`: a benchmark is a folder beside this file with a `main.ts`. Without a name
 * all of them run, one after the other, each in a process of its own.
 */
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";

const folder = fileURLToPath(new URL(".", import.meta.url));
const program = (name: string): string => `${folder}${name}/main.ts`;
const names = readdirSync(folder)
  .filter((name) => existsSync(program(name)))
  .sort();

const [asked, ...options] = process.argv.slice(2);
if (asked === "--help" || (asked !== undefined && !names.includes(asked))) {
  console.log(`npx -y pnpm@12 bench [${names.join(" | ")}] [options]; --help after a name prints its options`);
  process.exitCode = asked === "--help" ? 0 : 2;
} else {
  for (const name of asked === undefined ? names : [asked]) {
    const { status } = spawnSync(process.execPath, ["--expose-gc", "--no-warnings", program(name), ...options], {
      stdio: "inherit",
    });
    if (status !== 0) process.exitCode = 1;
  }
}
