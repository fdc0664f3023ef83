#!/usr/bin/env node
import { run } from "./run.ts";

const signal = new AbortController();
for (const name of ["SIGINT", "SIGTERM"] as const) process.once(name, () => signal.abort());
// The reader, such as `head`, has seen enough.
process.stdout.on("error", () => signal.abort());

process.exitCode = await run(process.argv.slice(2), {
  output: process.stdout,
  errors: process.stderr,
  signal: signal.signal,
});
