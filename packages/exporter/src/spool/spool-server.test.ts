import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { entriesOf, type GatheredChunk } from "./chunk.ts";
import type { Change, Reply } from "./messages.ts";
import { SpoolReader } from "./spool-reader.ts";
import { SpoolServer } from "./spool-server.ts";

const directory = mkdtempSync(join(tmpdir(), "genspan-server-"));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

const spanIdOf = (id: number) => String(id).padStart(16, "0");

function chunkOf(id: number): GatheredChunk {
  const body = Buffer.from(`between ${id} others`);
  const named = { id, destination: "otlp", at: id, format: "otlp-traces", count: 1 };
  const entries = entriesOf({ heads: [""], groups: ["json"], records: [[1, 0, 0, "0".repeat(32), spanIdOf(id)]] });
  return { ...named, entries, memory: [new Uint8Array(body).buffer], places: Int32Array.of(0, 8, 1) };
}

it("writes nothing of what came and went within one group, all of the rest, and answers for both", () => {
  const replies: Reply[] = [];
  const committed = new Int32Array(new SharedArrayBuffer(4));
  const settings = { directory, driver: "node:sqlite" as const, owner: 1, leaseMillis: 15_000, maxDeadBytes: 1000 };
  const server = new SpoolServer({ ...settings, gatherMillis: 0, committed }, (reply) => replies.push(reply));
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
