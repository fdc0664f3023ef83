import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { decodeOtlpTraces } from "@genspan/mapping";
import { afterAll, expect, it } from "vitest";
import { file, vendorDestination } from "../index.ts";
import { startSdk, tinyFormat } from "../testing/parts.ts";

const folder = mkdtempSync(join(tmpdir(), "genspan-file-"));
afterAll(() => rmSync(folder, { recursive: true }));

const linesOf = (path: string): unknown[] =>
  readFileSync(path, "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));

it("writes spans in the order in which they ended, as OTLP/JSON that reads back as the same spans", async () => {
  const path = join(folder, "made", "spans.jsonl");
  const { tracer, processor } = startSdk({ destinations: [file(path)] });
  for (let index = 0; index < 1500; index++) {
    tracer.startSpan(`s${index}`, { attributes: { index, list: ["a", "b"], half: 0.5, yes: true } }).end();
  }
  await processor.shutdown();
  const read = linesOf(path).flatMap((line) => {
    const decoded = decodeOtlpTraces(line);
    return decoded.status === "decoded" ? decoded.spans : [];
  });
  expect(read.map(({ name }) => name)).toEqual(Array.from({ length: 1500 }, (_, index) => `s${index}`));
  expect({ ...read[3]?.attributes }).toEqual({ index: 3, list: ["a", "b"], half: 0.5, yes: true });
});

it("writes records as JSON Lines", async () => {
  const path = join(folder, "records.jsonl");
  const { tracer, processor } = startSdk({
    destinations: [vendorDestination({ vendor: tinyFormat("span"), to: { type: "file", path } })],
  });
  tracer.startSpan("a").end();
  await processor.shutdown();
  expect(linesOf(path)).toEqual([expect.objectContaining({ names: ["a"] })]);
});

it("says once, in the status, that a path cannot be written", async () => {
  const blocker = join(folder, "a-file");
  writeFileSync(blocker, "");
  const { tracer, processor } = startSdk({ destinations: [file(join(blocker, "spans.jsonl"))] });
  tracer.startSpan("a").end();
  await processor.shutdown();
  expect(processor.status().destinations[0]).toMatchObject({
    sent: 0,
    lastError: expect.stringMatching(/cannot write to .*spans\.jsonl \(E/),
  });
});
