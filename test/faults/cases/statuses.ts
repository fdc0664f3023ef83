/** Answers of a receiver by their status: what is tried again, what is given up, what has to wait for someone. */
import { setTimeout as sleep } from "node:timers/promises";
import type { Mock } from "@genspan/mocks";
import type { FaultCase } from "../case.ts";
import { type Result, scenario, windowOf } from "../scenario.ts";

const destinationOf = ({ end }: Pick<Result, "end">) => end.report?.status?.destinations[0];

const CONCURRENCY = 4;
/**
 * While the receiver refuses one request, the others may be on their way, and each of their answers may be read in the
 * same turn before that of the refused one, so that another goes out in its place. Nothing else may.
 */
const MAX_ON_THEIR_WAY = 2 * (CONCURRENCY - 1);

/** Requests that came although a `Retry-After` had not run out, beyond those that were on their way already. */
function tooEarly(mock: Mock, seconds: number): readonly string[] {
  const [asked] = mock.requests.filter(({ fault }) => fault === "status");
  if (asked === undefined) return ["nothing was refused"];
  const early = mock.requests.filter(({ at }) => at > asked.at && at < asked.at + seconds * 1000 - 5);
  return early.length <= MAX_ON_THEIR_WAY ? [] : [`${early.length} requests within Retry-After: ${seconds}`];
}

/** So that a wait for it cannot be taken for the backoff, which ends after one second. */
const CAP_MILLIS = 4000;

interface HostileWait {
  readonly value: () => string | Date;
  /** How long the pause after it must be, in milliseconds. */
  readonly least: number;
  readonly most: number;
  /** It was running already when the first request came. */
  readonly runs?: boolean;
}

const HOSTILE_WAITS: readonly HostileWait[] = [
  // A date has whole seconds, of which the first may be nearly over.
  { value: () => new Date(Date.now() + 3000), least: 1000, most: 3500, runs: true },
  { value: () => "soon", least: 0, most: 1500 },
  { value: () => "0", least: 0, most: 1500 },
  { value: () => "-5", least: 0, most: 1500 },
  { value: () => "1000000000", least: CAP_MILLIS, most: CAP_MILLIS + 1500 },
];

function hostileWaits({ mock, waitedMillis }: Result): readonly string[] {
  return HOSTILE_WAITS.flatMap(({ value, least, most, runs = false }, index) => {
    const [one, next] = mock.requests.slice(index, index + 2);
    const gap = (next?.at ?? Number.POSITIVE_INFINITY) - (one?.at ?? 0);
    const [from, to] = [runs ? least - waitedMillis : least, most + waitedMillis];
    if (one?.fault === "status" && gap >= from && gap <= to) return [];
    return [`a pause of ${gap.toFixed(0)} ms after "${value()}", ${from.toFixed(0)} to ${to.toFixed(0)} expected`];
  });
}

const notRetried = (result: Result): readonly string[] =>
  destinationOf(result)?.retried === 0 ? [] : [`${destinationOf(result)?.retried} batches were sent again`];

/** One kind of trouble is told once, however often it happens. */
const toldOnce =
  (pattern: RegExp) =>
  (result: Result): readonly string[] => {
    const count = result.end.report?.told.filter((text) => pattern.test(text)).length;
    return count === 1 ? [] : [`told ${count} times instead of once: ${pattern}`];
  };

export const statusCases: readonly FaultCase[] = [
  scenario({
    number: 5,
    name: "429-retry-after-1",
    expected: "no request before the deadline; 0 lost",
    faults: () => [
      [
        { kind: "status", status: 429, retryAfter: 1 },
        { times: 3, afterMillis: 300 },
      ],
    ],
    verify: ({ mock }) => tooEarly(mock, 1),
  }),
  scenario({
    number: 6,
    name: "429-retry-after-30",
    expected: "waits as long as it was asked to (3 s in short windows), 0 lost",
    faults: (setting) => [
      [
        { kind: "status", status: 429, retryAfter: setting.long ? 30 : 3 },
        setting.long ? windowOf(setting) : { times: 1, afterMillis: 300 },
      ],
    ],
    verify: ({ mock, setting }) => tooEarly(mock, setting.long ? 30 : 3),
  }),
  scenario({
    number: 7,
    name: "retry-after date / malformed / 0 / negative / 1e9",
    expected: "a date is kept to; what is malformed, 0 or negative means backoff; what is huge is capped (here to 4 s)",
    target: { concurrency: 1 },
    plan: () => ({ retry: { maxRetryAfterMillis: CAP_MILLIS }, drainMillis: 60_000 }),
    faults: () =>
      HOSTILE_WAITS.map(({ value }) => [{ kind: "status", status: 503, retryAfter: value() }, { times: 1 }]),
    verify: hostileWaits,
  }),
  scenario({
    number: 8,
    name: "503-no-header",
    expected: "backs off with jitter; 0 lost",
    faults: () => [[{ kind: "status", status: 503 }]],
    verify: ({ mock, setting }) => {
      const tries = mock.requests.filter(({ fault }) => fault === "status").length;
      const most = windowOf(setting).forMillis / 50;
      return tries >= 2 && tries <= most ? [] : [`${tries} tries, between 2 and ${most} expected`];
    },
  }),
  scenario({
    number: 9,
    name: "502-504",
    expected: "tried again; 0 lost",
    faults: () =>
      [502, 503, 504].map((status, index) => [
        { kind: "status", status },
        { afterMillis: 300 + index * 600, forMillis: 600, atLeast: 1 },
      ]),
  }),
  scenario({
    number: 10,
    name: "500-otlp",
    expected: "not tried again (OTLP specification); dead-lettered and counted",
    faults: () => [[{ kind: "status", status: 500 }]],
    expects: { delivered: "any", dead: "some" },
    verify: notRetried,
  }),
  scenario({
    number: 11,
    name: "500-vendor-rest",
    expected: "tried again where the vendor's documents allow it; 0 lost",
    receiver: "keywords-ai",
    faults: () => [[{ kind: "status", status: 500 }]],
  }),
  scenario({
    number: 12,
    name: "400-batch",
    expected: "divided until the bad span is alone; good spans delivered, the bad ones dead-lettered",
    mock: { keepContent: true },
    plan: () => ({ special: { kind: "marked", count: 3 } }),
    faults: () => [[{ kind: "poison", when: isMarked }, {}]],
    expects: { delivered: "any", dead: 3 },
    verify: ({ tally }) => (tally.delivered === tally.produced - 3 ? [] : ["a good span was not delivered"]),
  }),
  scenario({
    number: 13,
    name: "401-403",
    expected: "paused, the queue kept, told once; goes on with a new key",
    mock: { key: "new" },
    target: { key: "old" },
    plan: () => ({ retry: { blockedProbeMillis: 1000 } }),
    meanwhile: async ({ mock, driver, setting }) => {
      while (mock.requests.length === 0 && driver.child.exitCode === null) await sleep(10);
      await sleep(windowOf(setting).forMillis * 0.6);
      driver.command({ command: "key", key: "new" });
    },
    verify: (result) => {
      const refused = result.mock.requests.filter(({ status }) => status === 401).length;
      const most = refused > 8 ? [`${refused} requests with a wrong key`] : [];
      return [...most, ...toldOnce(/takes nothing before someone acts/)(result)];
    },
  }),
  scenario({
    number: 14,
    name: "404",
    expected: "dead-lettered, told once",
    faults: () => [[{ kind: "status", status: 404 }]],
    expects: { delivered: "any", dead: "some" },
    verify: (result) => [...notRetried(result), ...toldOnce(/HTTP 404/)(result)],
  }),
  scenario({
    number: 15,
    name: "408",
    expected: "not tried again: neither OTLP nor a vendor's documents say so",
    faults: () => [[{ kind: "status", status: 408 }]],
    expects: { delivered: "any", dead: "some" },
    verify: notRetried,
  }),
  scenario({
    number: 16,
    name: "413-1MiB",
    expected: "batches halved until they are taken, the limit remembered; 0 lost",
    faults: () => [[{ kind: "limit", bytes: 1024 * 1024 }, {}]],
    plan: ({ long }) => ({ perSecond: long ? 500 : 0 }),
    verify: ({ mock }) => {
      const refused = mock.requests.filter(({ status }) => status === 413).length;
      return refused <= 8 ? [] : [`${refused} requests were too large: the limit is not remembered`];
    },
  }),
  scenario({
    number: 17,
    name: "single-span-over-limit",
    expected: "dead-lettered alone; it never blocks the queue",
    faults: () => [[{ kind: "limit", bytes: 1024 * 1024 }, {}]],
    plan: () => ({ special: { kind: "large", count: 1, bytes: 2_000_000 } }),
    expects: { delivered: "any", dead: 1 },
    verify: ({ tally }) => (tally.delivered === tally.produced - 1 ? [] : ["another span was not delivered"]),
  }),
];

function isMarked(record: object): boolean {
  const { attributes } = record as { readonly attributes?: Readonly<Record<string, unknown>> }; // as the mock reads spans
  return attributes?.["poison"] === true;
}
