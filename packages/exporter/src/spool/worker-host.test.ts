import { existsSync, writeFileSync } from "node:fs";
import { expect, it } from "vitest";
import { directory, sink } from "../../../../test/support/collector-and-spool.ts";
import { spoolProgram, startProgram } from "../testing/programs.ts";

it("starts its thread with what Yarn's Plug'n'Play adds to Node, without which it would not find its files", async () => {
  const added = `${directory}.pnp.cjs`;
  writeFileSync(
    added,
    `const Module = require("node:module");
    process.versions.pnp = "3";
    const resolve = Module._resolveFilename;
    Module._resolveFilename = (name, ...rest) => (name === "pnpapi" ? __filename : resolve.call(Module, name, ...rest));
    if (!require("node:worker_threads").isMainThread) require("node:fs").writeFileSync(__filename + ".in-thread", "");`,
  );
  const { ended, output } = startProgram(
    `${spoolProgram(directory, sink.url)}
    end(0, 1);
    process.stdout.write("stored " + await processor.store({ timeoutMillis: 10_000 }));
    await processor.shutdown();`,
    ["--require", added],
  );
  expect(await ended, output().stderr).toBe(0);
  expect(output().stdout).toBe("stored true");
  expect(existsSync(`${added}.in-thread`)).toBe(true);
});
