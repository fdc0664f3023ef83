import { readdirSync, statSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { directory, sink } from "../../../../test/support/collector-and-spool.ts";
import { otlp, type SpoolOptions } from "../index.ts";
import { startSdk } from "../testing/parts.ts";
import { spoolProgram, startProgram } from "../testing/programs.ts";
import { openDatabase } from "./database.ts";

const start = (spool: Partial<SpoolOptions> = {}, options = {}) =>
  startSdk({
    destinations: [otlp({ url: `${sink.url}/v1/traces`, protocol: "http/json" })],
    shutdownTimeoutMillis: 800,
    ...options,
    spool: { directory, ...spool },
  });
type Sdk = ReturnType<typeof start>;
const end = ({ tracer }: Sdk, from: number, to: number, text = "") => {
  for (let id = from; id < to; id++) tracer.startSpan("a", { attributes: { id, text } }).end();
};
const ids = () => sink.spans.map(({ attributes }) => Number(attributes["id"]));
const upTo = (end: number) => Array.from({ length: end }, (_, id) => id);
const sumOf = (counts: Readonly<Record<string, number>> = {}) =>
  Object.values(counts).reduce((sum, one) => sum + one, 0);
const statusOf = ({ processor }: Sdk) => {
  const [status] = processor.status().destinations;
  if (status === undefined) throw new Error("there is a destination");
  return status;
};

/** Leaves so many spans in the spool of a process that has ended. */
async function leave(spans: number): Promise<void> {
  sink.fail(503);
  const sdk = start();
  end(sdk, 0, spans);
  await sdk.processor.shutdown();
  sink.fail(undefined);
}

describe("a quota", () => {
  it.each(["drop-oldest", "drop-newest"] as const)(
    "holds with %s, and what is dropped is counted",
    async (overflow) => {
      sink.fail(401);
      const maxBytes = 400_000;
      const sdk = start({ maxBytes, overflow });
      end(sdk, 0, 1);
      // What is on its way gives no way; from now on nothing is until someone acts.
      await expect.poll(() => statusOf(sdk).gate, { timeout: 10_000 }).toMatchObject({ state: "blocked" });
      for (let from = 1; from < 2000; from += 100) {
        end(sdk, from, Math.min(2000, from + 100), "x".repeat(1000));
        await sdk.processor.store({ timeoutMillis: 5000 });
      }
      const full = statusOf(sdk);
      expect(full.queuedBytes).toBeLessThanOrEqual(maxBytes);
      expect(full.queued + sumOf(full.dropped)).toBe(2000);
      sink.fail(undefined);
      sdk.processor.resume();
      await sdk.processor.forceFlush();
      expect(statusOf(sdk)).toMatchObject({
        sent: full.queued,
        queued: 0,
        dropped: { "spool full": 2000 - full.queued },
      });
      const kept = ids().sort((one, other) => one - other);
      const all = upTo(2000);
      expect(kept).toEqual(overflow === "drop-oldest" ? all.slice(-full.queued) : all.slice(0, full.queued));
      await sdk.processor.shutdown();
      const disk = readdirSync(directory).reduce((sum, name) => sum + statSync(join(directory, name)).size, 0);
      expect(disk).toBeLessThan(maxBytes * 10); // pages that were freed are used again
    },
  );

  it("with the policy `block` waits for room, and drops nothing when there is some in time", async () => {
    sink.fail(503);
    const maxBytes = 100_000;
    const sdk = start({ maxBytes, overflow: "block" }, { blockTimeoutMillis: 60_000 });
    end(sdk, 0, 100, "x".repeat(1000));
    await sdk.processor.store({ timeoutMillis: 5000 });
    expect(statusOf(sdk)).toMatchObject({ accepted: 100, dropped: {}, queued: 100 });
    expect(statusOf(sdk).queuedBytes).toBeGreaterThan(maxBytes);
    sink.fail(undefined);
    sdk.processor.resume();
    await sdk.processor.forceFlush();
    expect(statusOf(sdk)).toMatchObject({ sent: 100, queued: 0, dropped: {} });
    await sdk.processor.shutdown();
  });

  it("with the policy `block` drops what there is no room for in time", async () => {
    sink.fail(503);
    const maxBytes = 100_000;
    const sdk = start({ maxBytes, overflow: "block" }, { blockTimeoutMillis: 50 });
    end(sdk, 0, 100, "x".repeat(1000));
    // Each waits from its own arrival on. Whoever waits did not fit, so that the bytes of all are more than the quota.
    const isWaitOver = () => statusOf(sdk).accepted === 100 && statusOf(sdk).queuedBytes <= maxBytes;
    await expect.poll(isWaitOver, { timeout: 10_000 }).toBe(true);
    const { dropped, queued } = statusOf(sdk);
    expect(queued).toBeLessThan(100);
    expect(dropped).toEqual({ "queue full, no room in time": 100 - queued });
    sink.fail(undefined);
    sdk.processor.resume();
    await sdk.processor.forceFlush();
    expect(statusOf(sdk)).toMatchObject({ sent: queued, queued: 0, dropped });
    await sdk.processor.shutdown();
  });
});

describe("a file that cannot be read", () => {
  it.each<readonly [string, () => void]>([
    ["holds rubbish", () => writeFileSync(join(directory, "spool.db"), "x".repeat(100_000))],
    [
      "was damaged",
      () => {
        const path = join(directory, "spool.db");
        const bytes = statSync(path).size;
        writeFileSync(path, Buffer.alloc(bytes - 16_384, 7), { flag: "r+" });
      },
    ],
    [
      "is of a later version",
      () => {
        const database = openDatabase(join(directory, "spool.db"), "node:sqlite");
        database.exec("PRAGMA user_version = 99");
        database.close();
      },
    ],
  ])("since it %s is put aside, and a new one is begun", async (_name, spoil) => {
    await leave(100);
    spoil();
    const sdk = start();
    end(sdk, 100, 150);
    expect(await sdk.processor.store({ timeoutMillis: 10_000 })).toBe(true);
    await sdk.processor.forceFlush();
    expect(ids()).toEqual(expect.arrayContaining(upTo(150).slice(100)));
    expect(readdirSync(directory).some((name) => name.includes("quarantined"))).toBe(true);
    await sdk.processor.shutdown();
  });

  it("but whose log of changes was cut is read as far as it goes", async () => {
    const program = startProgram(`${spoolProgram(directory, sink.url)}
      end(0, 200);
      process.stdout.write("stored " + await processor.store({ timeoutMillis: 5000 }));
      setInterval(() => {}, 1000);`);
    sink.fail(503);
    await program.printed("stored true");
    program.child.kill("SIGKILL");
    await program.ended;
    sink.fail(undefined);
    const log = join(directory, "spool.db-wal");
    truncateSync(log, statSync(log).size - 100);
    const sdk = start();
    await sdk.processor.store({ timeoutMillis: 5000 });
    await sdk.processor.forceFlush();
    expect(readdirSync(directory).some((name) => name.includes("quarantined"))).toBe(false);
    await sdk.processor.shutdown();
  });
});

describe("several processes on one spool", () => {
  it("take over what a dead one left while they run, each record by one of them", async () => {
    sink.fail(503);
    const dead = startProgram(`${spoolProgram(directory, sink.url)}
      end(0, 300);
      process.stdout.write("stored " + await processor.store({ timeoutMillis: 5000 }));
      setInterval(() => {}, 1000);`);
    await dead.printed("stored true");
    const others = [start({ leaseMillis: 3000 }), start({ leaseMillis: 3000 })];
    for (const [index, sdk] of others.entries()) end(sdk, 300 + index * 100, 400 + index * 100);
    for (const { processor } of others) await processor.store({ timeoutMillis: 5000 });
    expect(others.map((sdk) => statusOf(sdk).recovered)).toEqual([0, 0]);
    dead.child.kill("SIGKILL");
    await dead.ended;
    sink.fail(undefined);
    await expect
      .poll(() => others.reduce((sum, sdk) => sum + statusOf(sdk).recovered, 0), { timeout: 10_000 })
      .toBe(300);
    for (const { processor } of others) {
      processor.resume();
      await processor.forceFlush();
    }
    expect([...new Set(ids())].sort((one, other) => one - other)).toEqual(upTo(500));
    expect(ids()).toHaveLength(500);
    for (const { processor } of others) await processor.shutdown();
  });
});

describe("a disk that takes nothing", () => {
  it("costs the application nothing, and is caught up with when it does again", async () => {
    sink.fail(503);
    const sdk = start();
    end(sdk, 0, 50);
    expect(await sdk.processor.store({ timeoutMillis: 5000 })).toBe(true);
    // Another process holds the file for longer than SQLite waits for it.
    const holder = openDatabase(join(directory, "spool.db"), "node:sqlite");
    holder.exec("BEGIN IMMEDIATE");
    end(sdk, 50, 100);
    expect(await sdk.processor.store({ timeoutMillis: 100 })).toBe(false);
    holder.exec("ROLLBACK");
    holder.close();
    expect(await sdk.processor.store({ timeoutMillis: 15_000 })).toBe(true);
    expect(statusOf(sdk)).toMatchObject({ accepted: 100, queued: 100, dropped: {} });
    sink.fail(undefined);
    sdk.processor.resume();
    await sdk.processor.forceFlush();
    expect(new Set(ids()).size).toBe(100);
    await sdk.processor.shutdown();
  });

  it("is not there at all: the path cannot be made", async () => {
    writeFileSync(directory, "a file");
    const sdk = start();
    end(sdk, 0, 10);
    await sdk.processor.forceFlush();
    expect(statusOf(sdk)).toMatchObject({ sent: 10, storage: { kind: "memory" } });
    await sdk.processor.shutdown();
  });
});

it("a record that was stored for another kind of destination is put aside, and stops no other", async () => {
  await leave(5);
  const database = openDatabase(join(directory, "spool.db"), "node:sqlite");
  database.exec("UPDATE chunk SET format = 'record:log10'");
  database.close();
  const sdk = start();
  end(sdk, 5, 8);
  await sdk.processor.store({ timeoutMillis: 5000 });
  await sdk.processor.forceFlush();
  expect(statusOf(sdk)).toMatchObject({ recovered: 5, sent: 3, deadLettered: { "stored in another form": 5 } });
  await sdk.processor.shutdown();
});
