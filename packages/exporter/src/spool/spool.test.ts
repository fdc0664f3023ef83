import { describe, expect, it } from "vitest";
import { directory, sink } from "../../../../test/support/collector-and-spool.ts";
import { memory, otlp } from "../index.ts";
import { startSdk } from "../testing/parts.ts";
import { spoolProgram, startProgram } from "../testing/programs.ts";
import { SpoolReader } from "./spool-reader.ts";

const collector = () => otlp({ url: `${sink.url}/v1/traces`, protocol: "http/json" });
const idsOf = () => sink.spans.map(({ attributes }) => Number(attributes["id"]));
const upTo = (end: number) => Array.from({ length: end }, (_, id) => id);
const sorted = (ids: readonly number[]) => [...new Set(ids)].sort((one, other) => one - other);

/** Delivers what is in the spool, in this process. */
async function drain(): Promise<ReturnType<typeof startSdk>["processor"]> {
  const { processor } = startSdk({ destinations: [collector()], spool: { directory } });
  await expect.poll(() => processor.status().destinations[0]?.recovered, { timeout: 10_000 }).toBeGreaterThan(0);
  await processor.forceFlush();
  return processor;
}

describe("a spool", () => {
  it("delivers as a queue in memory does, and keeps nothing of what was delivered", async () => {
    const { tracer, processor } = startSdk({ destinations: [collector()], spool: { directory } });
    for (const id of upTo(1000)) tracer.startSpan("a", { attributes: { id } }).end();
    await processor.forceFlush();
    expect(sorted(idsOf())).toEqual(upTo(1000));
    expect(processor.status().destinations[0]).toMatchObject({ sent: 1000, queued: 0, queuedBytes: 0 });
    await processor.shutdown();
    const again = startSdk({ destinations: [collector()], spool: { directory } });
    await again.processor.store({ timeoutMillis: 5000 });
    expect(again.processor.status().destinations[0]).toMatchObject({ recovered: 0, queued: 0 });
    await again.processor.shutdown();
  });

  it("keeps what could not be delivered when it is shut down, for the next process", async () => {
    sink.fail(503);
    const first = startSdk({ destinations: [collector()], spool: { directory }, shutdownTimeoutMillis: 400 });
    for (const id of upTo(500)) first.tracer.startSpan("a", { attributes: { id } }).end();
    await first.processor.shutdown();
    expect(first.processor.status().destinations[0]).toMatchObject({ accepted: 500, queued: 500, dropped: {} });
    sink.fail(undefined);
    const processor = await drain();
    expect(sorted(idsOf())).toEqual(upTo(500));
    expect(processor.status().destinations[0]).toMatchObject({ recovered: 500, sent: 500, queued: 0 });
    await processor.shutdown();
  });

  it("is memory for a destination that holds live objects, and says so", async () => {
    const { processor } = startSdk({ destinations: [memory([]), collector()], spool: { directory } });
    expect(processor.status().destinations.map(({ storage }) => storage)).toEqual([
      { kind: "memory", reason: "this destination holds live objects" },
      { kind: "spool" },
    ]);
    await processor.shutdown();
  });
});

describe("a process that ends", () => {
  const ends: readonly (readonly [string, string, number | string, string])[] = [
    ["naturally", "", 0, "{}"],
    ["by exit()", "process.exit(3);", 3, "{}"],
    ["by an uncaught exception", "throw new Error('oops');", 1, "{}"],
    [
      "by SIGTERM with our handler",
      "process.kill(process.pid, 'SIGTERM'); setInterval(() => {}, 1000);",
      "SIGTERM",
      "{ handleSigterm: true }",
    ],
  ];

  it.each(ends)("%s has stored all that it ended, to the last span", async (_name, last, code, options) => {
    sink.fail(503);
    const { ended, output } = startProgram(`${spoolProgram(directory, sink.url, options)} end(0, 300); ${last}`);
    expect(await ended, output().stderr).toBe(code);
    sink.fail(undefined);
    sink.reset();
    const processor = await drain();
    expect(sorted(idsOf())).toEqual(upTo(300));
    await processor.shutdown();
  });

  it("by SIGKILL loses nothing that it was told is stored", async () => {
    sink.fail(503);
    const program = startProgram(`${spoolProgram(directory, sink.url)}
      end(0, 200);
      process.stdout.write("stored " + await processor.store({ timeoutMillis: 5000 }));
      setInterval(() => {}, 1000);`);
    expect(await program.printed("stored ")).toContain("true");
    program.child.kill("SIGKILL");
    await program.ended;
    const reader = new SpoolReader(directory);
    expect(reader.destinations()).toMatchObject([{ queued: 200, held: 0 }]); // though its lease has not expired
    reader.close();
    sink.fail(undefined);
    const processor = await drain();
    expect(sorted(idsOf())).toEqual(upTo(200));
    await processor.shutdown();
  });
});
