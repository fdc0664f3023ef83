/** Runs every generator of the repository; with `--check` they only compare, and the first stale file fails. */
import { spawnSync } from "node:child_process";

const generators = [
  "packages/semconv/scripts/generate.mjs",
  "packages/mapping/scripts/field-tables.mjs",
  "packages/mapping/scripts/coverage.mjs",
  "packages/mapping/scripts/redaction-table.mjs",
  "packages/mapping/scripts/dialect-tables.mjs",
  "test/scripts/readme.mjs",
  "test/scripts/fault-tables.mjs",
  "test/scripts/readme-instrumentation.mjs",
];

for (const generator of generators) {
  const { status } = spawnSync(process.execPath, [...process.execArgv, generator, ...process.argv.slice(2)], {
    stdio: "inherit",
  });
  if (status !== 0) process.exit(status ?? 1);
}
