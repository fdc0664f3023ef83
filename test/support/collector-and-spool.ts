/**
 * For a test file that imports it: before each test a collector that has received nothing, and the path of a spool's directory that
 * is not there yet. What is imported from here is always that of the test which runs.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeEach } from "vitest";
import { type OtlpSink, startOtlpSink } from "./otlp-sink.ts";

export let sink: OtlpSink;
export let directory: string;

const root = mkdtempSync(join(tmpdir(), "genspan-spools-"));

let count = 0;
beforeEach(async () => {
  sink = await startOtlpSink();
  directory = join(root, `spool-${count++}`);
});
afterEach(() => sink.close());
afterAll(() => rmSync(root, { recursive: true, force: true }));
