import { expect, it } from "vitest";
import { directory, sink } from "../../../../test/support/collector-and-spool.ts";
import { spoolProgram, startProgram } from "../testing/programs.ts";
import { SpoolReader } from "./spool-reader.ts";

const upTo = (end: number) => Array.from({ length: end }, (_, id) => id);
const ids = () => [...new Set(sink.spans.map(({ attributes }) => Number(attributes["id"])))].sort((a, b) => a - b);

/** Has the program's own worker at hand: every `Worker` that it makes is noted. */
const NOTED = `
  import { createRequire } from "node:module";
  const threads = createRequire(import.meta.url)("node:worker_threads");
  const workers = [];
  const { Worker } = threads;
  threads.Worker = class extends Worker { constructor(...given) { super(...given); workers.push(this); } };
`;

it("starts the thread again when it dies, and offers it again what it had not stored", async () => {
  sink.fail(503);
  const program = startProgram(`${NOTED}${spoolProgram(directory, sink.url)}
    end(0, 100);
    await processor.store({ timeoutMillis: 10000 });
    for (let round = 1; round <= 3; round++) {
      end(round * 100, round * 100 + 100);
      const dead = workers.at(-1);
      await dead.terminate();
      while (workers.at(-1) === dead) await new Promise((resolve) => setTimeout(resolve, 5));
    }
    process.stdout.write("stored " + await processor.store({ timeoutMillis: 20000 }) + " " + processor.status().spool.restarts);
    process.kill(process.pid, "SIGKILL");`);
  expect(await program.printed("stored ")).toMatch(/stored true 3/);
  await program.ended;
  const reader = new SpoolReader(directory);
  expect(reader.destinations()).toMatchObject([{ destination: "otlp", queued: 400, dead: 0 }]);
  reader.close();
});

it("is no spool while its thread dies again and again, and one again when it lives", async () => {
  sink.fail(503);
  const program = startProgram(`${NOTED}${spoolProgram(directory, sink.url)}
    const until = async (isSo) => { while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 5)); };
    const killing = setInterval(() => workers.at(-1).terminate(), 1);
    end(0, 100);
    await until(() => !processor.status().spool.durable);
    process.stdout.write("trouble: " + processor.status().spool.problem);
    clearInterval(killing);
    await until(() => processor.status().spool.durable);
    process.stdout.write(" stored " + await processor.store({ timeoutMillis: 20000 }));
    process.kill(process.pid, "SIGKILL");`);
  expect(await program.printed(" stored ")).toMatch(/^trouble: its thread ended: .* stored true/);
  await program.ended;
  const reader = new SpoolReader(directory);
  expect(reader.destinations()).toMatchObject([{ destination: "otlp", queued: 100 }]);
  reader.close();
});

it("stores the end of a process itself when the thread is dead", async () => {
  sink.fail(503);
  const program = startProgram(`${NOTED}${spoolProgram(directory, sink.url)}
    end(0, 100);
    await processor.store({ timeoutMillis: 10000 });
    await workers.at(-1).terminate();
    end(100, 200);
    process.exit(0);`);
  expect(await program.ended, program.output().stderr).toBe(0);
  const reader = new SpoolReader(directory);
  expect(reader.destinations()).toMatchObject([{ queued: 200 }]);
  reader.close();
});

it("loses nothing that was stored in any of six kills at random, and sends nothing under another id", async () => {
  let stored = 0;
  const expected: number[] = [];
  for (let round = 0; round < 6; round++) {
    const from = round * 1000;
    // Sometimes the collector is there, sometimes not.
    sink.fail(round % 3 === 0 ? 503 : undefined);
    const program = startProgram(`${spoolProgram(directory, sink.url)}
      for (let id = ${from}; id < ${from + 1000}; id += 20) {
        end(id, id + 20);
        if (await processor.store({ timeoutMillis: 5000 })) process.stdout.write("stored " + (id + 20) + "\\n");
      }`);
    await program.printed(`stored ${from + 20}\n`);
    await new Promise((resolve) => setTimeout(resolve, Math.random() * 60));
    program.child.kill("SIGKILL");
    await program.ended;
    const told = program.output().stdout.trim().split("\n").at(-1) ?? "";
    const upToNow = Number(told.replace("stored ", ""));
    expected.push(...upTo(upToNow).slice(from));
    stored += upToNow - from;
  }
  sink.fail(undefined);
  const last = startProgram(`${spoolProgram(directory, sink.url)}
    await processor.store({ timeoutMillis: 10000 });
    await processor.forceFlush();
    process.stdout.write(JSON.stringify(processor.status().destinations[0].queued));
    await processor.shutdown();`);
  await last.ended;
  expect(last.output().stdout).toBe("0");
  expect(stored).toBeGreaterThan(100);
  expect(ids()).toEqual(expect.arrayContaining(expected));
});
