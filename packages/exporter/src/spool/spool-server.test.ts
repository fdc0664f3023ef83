import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { entriesOf, type GatheredChunk, MAX_RECORDS } from "./chunk.ts";
import type { Change, Reply } from "./messages.ts";
import { SpoolReader } from "./spool-reader.ts";
import { SpoolServer } from "./spool-server.ts";
import { WorkerHost } from "./worker-host.ts";

const directory = mkdtempSync(join(tmpdir(), "genspan-server-"));
afterAll(() => rmSync(directory, { recursive: true, force: true }));
const committed = new Int32Array(new SharedArrayBuffer(4));
const settings = { driver: "node:sqlite" as const, owner: 1, leaseMillis: 15_000, maxDeadBytes: 1000, committed };

const spanIdOf = (id: number) => String(id).padStart(16, "0");

function chunkOf(id: number): GatheredChunk {
  const body = Buffer.from(`between ${id} others`);
  const named = { id, destination: "otlp", at: id, format: "otlp-traces", count: 1 };
  const entries = entriesOf({ heads: [""], groups: ["json"], records: [[1, 0, 0, "0".repeat(32), spanIdOf(id)]] });
  return { ...named, entries, memory: [new Uint8Array(body).buffer], places: Int32Array.of(0, 8, 1) };
}

it("writes nothing of what came and went within one group, all of the rest, and answers for both", () => {
  const replies: Reply[] = [];
  const server = new SpoolServer({ ...settings, directory, gatherMillis: 0 }, (reply) => replies.push(reply));
  let number = 0;
  const handle = (...changes: readonly Change[]) =>
    server.handle(changes.map((change) => ({ number: ++number, ...change })));

  handle({ type: "append", chunk: chunkOf(1) }, { type: "append", chunk: chunkOf(2) }, { type: "remove", id: 1 });
  handle({ type: "append", chunk: chunkOf(3) }, { type: "mark", id: 3, indexes: [0] }, { type: "remove", id: 3 });
  handle({ type: "append", chunk: chunkOf(4) });
  handle({ type: "remove", id: 4 }, { type: "commit" });
  expect([committed[0], replies.at(-1)]).toEqual([9, { type: "committed", number: 9, trimmed: 0 }]);
  handle({ type: "release" });

  const reader = new SpoolReader(directory);
  const queued = [...reader.queued()].map(({ spanId, body }) => [spanId, Buffer.from(body).toString()]);
  expect(queued).toEqual([[spanIdOf(2), "2"]]);
  reader.close();
});

it("commits a full chunk at once, however long few records may wait for others", async () => {
  const own = mkdtempSync(join(directory, "full-"));
  const { promise, resolve } = Promise.withResolvers<Reply>();
  const host = new WorkerHost(
    { ...settings, directory: own, gatherMillis: 3_600_000 },
    { reply: resolve, died: (reason) => resolve({ type: "failed", reason }) },
  );
  host.post({ number: 1, type: "append", chunk: chunkOf(1) });
  host.post({ number: 2, type: "append", chunk: { ...chunkOf(2), count: MAX_RECORDS } });
  expect(await promise).toEqual({ type: "committed", number: 2, trimmed: 0 });
  await host.stop();
});
