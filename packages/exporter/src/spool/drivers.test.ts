import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { directory, sink } from "../../../../test/support/collector-and-spool.ts";
import { otlp, type SpoolOptions } from "../index.ts";
import { startSdk, type TestSdk } from "../testing/parts.ts";
import { spoolProgram, startProgram } from "../testing/programs.ts";
import { type Driver, openDatabase } from "./database.ts";

function start(spool: Partial<SpoolOptions>): TestSdk {
  return startSdk({
    destinations: [otlp({ url: `${sink.url}/v1/traces`, protocol: "http/json" })],
    shutdownTimeoutMillis: 800,
    spool: { directory, ...spool },
  });
}

const DRIVERS: readonly Driver[] = ["node:sqlite", "better-sqlite3"];
const upTo = (end: number) => Array.from({ length: end }, (_, id) => id);
const ids = () => sink.spans.map(({ attributes }) => Number(attributes["id"])).sort((one, other) => one - other);

describe.each(DRIVERS)("a spool of %s", (driver) => {
  const other = DRIVERS.find((one) => one !== driver);

  it("is written by a process that is killed, and read by the other driver", async () => {
    sink.fail(503);
    const program = startProgram(`${spoolProgram(directory, sink.url, `{ spool: { driver: "${driver}" } }`)}
      end(0, 200);
      process.stdout.write("stored " + await processor.store({ timeoutMillis: 10000 }));
      setInterval(() => {}, 1000);`);
    expect(await program.printed("stored "), program.output().stderr).toContain("true");
    program.child.kill("SIGKILL");
    await program.ended;
    sink.fail(undefined);
    const { processor } = start(other === undefined ? {} : { driver: other });
    await expect.poll(() => ids().length, { timeout: 10_000 }).toBe(200);
    await processor.forceFlush();
    expect(ids()).toEqual(upTo(200));
    expect(processor.status().destinations[0]).toMatchObject({ recovered: 200, sent: 200, queued: 0 });
    await processor.shutdown();
  });

  it("puts a file that is no database aside", async () => {
    await start({ driver }).processor.shutdown();
    writeFileSync(join(directory, "spool.db"), "x".repeat(50_000));
    const { tracer, processor } = start({ driver });
    tracer.startSpan("a", { attributes: { id: 0 } }).end();
    expect(await processor.store({ timeoutMillis: 10_000 })).toBe(true);
    await processor.forceFlush();
    expect(ids()).toEqual([0]);
    expect(readdirSync(directory).some((name) => name.includes("quarantined"))).toBe(true);
    await processor.shutdown();
  });
});

it.each([
  ["sync", 20],
  ["group", 1],
] as const)("with durability `%s` commits 20 records in %i pieces", async (durability, pieces) => {
  sink.fail(503);
  const { tracer, processor } = start({ durability });
  for (let id = 0; id < 20; id++) tracer.startSpan("a", { attributes: { id } }).end();
  await processor.store({ timeoutMillis: 10_000 });
  const database = openDatabase(join(directory, "spool.db"), "node:sqlite");
  expect(database.prepare("SELECT count(*) AS n FROM chunk").get()).toEqual({ n: pieces });
  database.close();
  await processor.shutdown();
});
