/** Receivers that are away, slow, or end connections. */
import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import type { FaultCase } from "../case.ts";
import { takesAtMost } from "../expect.ts";
import { scenario, sizeOf, windowOf } from "../scenario.ts";

const CONCURRENCY = 4;
const QUOTA = 2_000_000;
/** SQLite needs pages for what is deleted and for its journal, which is cut at 16 MiB. */
const MAX_OVERHEAD = 24_000_000;

export const connectionCases: readonly FaultCase[] = [
  scenario({
    number: 1,
    name: "ok-baseline",
    expected: "0 lost, 0 duplicates, no turn of the event loop over 50 ms",
    expects: { mostTurnMillis: 50 },
  }),
  scenario({ number: 2, name: "refuse", expected: "0 lost", faults: () => [[{ kind: "refuse" }]] }),
  scenario({
    number: 3,
    name: "refuse [mem]",
    expected: "a full queue in memory: delivered + counted drops = produced",
    storage: "memory",
    faults: () => [[{ kind: "refuse" }]],
    plan: () => ({ queue: { maxItems: 500 } }),
    expects: { delivered: "any", dropped: "some" },
  }),
  scenario({
    number: 4,
    name: "refuse-quota-hit",
    expected: "the oldest give way, counted exactly; the disk holds no more than the quota allows",
    faults: () => [[{ kind: "refuse" }]],
    plan: ({ folder }) => ({ spool: { directory: join(folder, "spool"), maxBytes: QUOTA } }),
    expects: { delivered: "any", dropped: "some" },
    verify: ({ setting }) => {
      const bytes = bytesIn(join(setting.folder, "spool"));
      return bytes <= QUOTA + MAX_OVERHEAD ? [] : [`${bytes} bytes on disk for a quota of ${QUOTA}`];
    },
    compares: true,
  }),
  scenario({
    number: 18,
    name: "hang",
    expected: "the attempt times out and is tried again; 0 lost",
    target: { timeoutMillis: 800 },
    faults: () => [[{ kind: "hang" }]],
    expects: { duplicates: "any" }, // on a busy machine a good request may take as long
  }),
  scenario({
    number: 19,
    name: "slow",
    expected: "as many requests on their way as allowed, no more; 0 lost (500 ms in short windows, else 5 s)",
    faults: ({ long }) => [[{ kind: "slow", millis: long ? 5000 : 500 }]],
    plan: () => ({ bytes: 2000 }),
    verify: ({ mock }) => atMost(mock.mostInFlight),
  }),
  scenario({
    number: 20,
    name: "slow-over-timeout-but-stored",
    expected: "delivered at least once: duplicates carry the same ids",
    target: { timeoutMillis: 400 },
    faults: () => [[{ kind: "slow", millis: 800 }]],
    expects: { duplicates: "some" },
  }),
  scenario({
    number: 21,
    name: "close-in-request",
    expected: "tried again; 0 lost",
    faults: () => [[{ kind: "reset", when: "while-sending" }]],
  }),
  scenario({
    number: 22,
    name: "close-in-response-200",
    expected: "a success by its status, settled at once; shutdown does not hang",
    faults: () => [[{ kind: "cut" }]],
    verify: ({ end, waitedMillis }) => takesAtMost("shutdown", end.report?.shutdownMillis ?? 0, 2000, waitedMillis),
  }),
  scenario({
    number: 23,
    name: "reset-before-reply",
    expected: "0 lost; no more duplicates than spans in the batches that were tried",
    faults: () => [[{ kind: "reset", when: "after-storing" }]],
    expects: { duplicates: "some" },
    verify: ({ mock, tally }) => {
      const sent = mock.requests.filter(({ fault }) => fault === "reset").reduce((sum, { ids }) => sum + ids.length, 0);
      return tally.duplicates <= sent ? [] : [`${tally.duplicates} duplicates, but ${sent} spans without a reply`];
    },
  }),
  scenario({
    number: 46,
    name: "exporter-failure-concurrency",
    expected: "never more requests on their way than allowed, failing or not",
    faults: () => [[{ kind: "status", status: 503 }]],
    plan: (setting) => ({ ...sizeOf(setting), bytes: 500 }),
    verify: ({ mock }) => atMost(mock.mostInFlight),
  }),
  scenario({
    number: 41,
    name: "clock-jump",
    expected: "waits go by a clock that nobody sets; 0 lost (the process sees its clock set back an hour)",
    faults: () => [[{ kind: "status", status: 503, retryAfter: 1 }]],
    plan: (setting) => ({
      mishap: { kind: "clock", afterMillis: windowOf(setting).afterMillis + 500, jumpMillis: -3_600_000 },
    }),
  }),
];

const atMost = (inFlight: number): readonly string[] =>
  inFlight <= CONCURRENCY ? [] : [`${inFlight} requests on their way, at most ${CONCURRENCY} are allowed`];

function bytesIn(directory: string): number {
  return readdirSync(directory).reduce((sum, name) => sum + statSync(join(directory, name)).size, 0);
}
