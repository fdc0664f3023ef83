import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, expect, it } from "vitest";
import { directory, sink } from "../../../../test/support/collector-and-spool.ts";
import { otlp } from "../index.ts";
import { startSdk } from "../testing/parts.ts";
import { spoolProgram, startProgram } from "../testing/programs.ts";
import { SpoolReader } from "./spool-reader.ts";

beforeEach(() => sink.fail(503));

it("counts as dropped what could not be written when it was shut down, and keeps nothing of it", async () => {
  const destinations = [otlp({ url: `${sink.url}/v1/traces`, protocol: "http/json" })];
  const { tracer, processor } = startSdk({ destinations, spool: { directory }, shutdownTimeoutMillis: 400 });
  rmSync(directory, { recursive: true }); // before its thread has opened the file
  writeFileSync(directory, "");
  for (let id = 0; id < 500; id++) tracer.startSpan("a", { attributes: { id } }).end();
  await processor.shutdown();
  expect(processor.status().destinations[0]).toMatchObject({
    accepted: 500,
    queued: 0,
    queuedBytes: 0,
    dropped: { "spool cannot be written": 500 },
  });
});

it("keeps what there was no time to look at", async () => {
  const destinations = [otlp({ url: `${sink.url}/v1/traces`, protocol: "http/json" })];
  const { tracer, processor } = startSdk({ destinations, spool: { directory }, shutdownTimeoutMillis: 4 });
  for (let id = 0; id < 3000; id++) tracer.startSpan("a", { attributes: { id } }).end();
  await processor.shutdown();
  const { pending, destinations: statuses } = processor.status();
  expect([pending, statuses[0]]).toMatchObject([0, { accepted: 3000, queued: 3000, dropped: {} }]);
  const reader = new SpoolReader(directory);
  expect(reader.destinations()).toMatchObject([{ destination: "otlp", queued: 3000 }]);
  reader.close();
});

/** Ends the process by `exit()` in the midst of `shutdown`, with the file locked by another one until then. */
const exitAtShutdown = (path: string): string => `
  import { DatabaseSync } from "node:sqlite";
  const instrument = {};
  const meter = {
    createObservableCounter: () => instrument,
    createObservableGauge: () => instrument,
    addBatchObservableCallback() {},
    removeBatchObservableCallback() {
      other.exec("COMMIT");
      process.exit(0);
    },
  };
  const meterProvider = { getMeter: () => meter };
  const lock = () => {
    globalThis.other = new DatabaseSync("${path}");
    other.exec("BEGIN IMMEDIATE");
  };
`;

it("still writes everything where the process ends while it is being shut down", async () => {
  const options = "{ meterProvider, shutdownTimeoutMillis: 200 }";
  const source = `${exitAtShutdown(join(directory, "spool.db"))}${spoolProgram(directory, sink.url, options)}
    await processor.store({ timeoutMillis: 10000 });
    lock();
    end(0, 200);
    await processor.shutdown();
    setInterval(() => {}, 1000);`;
  const { ended, output } = startProgram(source);
  expect(await ended, output().stderr).toBe(0);
  const reader = new SpoolReader(directory);
  expect(reader.destinations()).toMatchObject([{ destination: "otlp", queued: 200, dead: 0 }]);
  reader.close();
});
