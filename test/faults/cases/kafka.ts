import { setTimeout as sleep } from "node:timers/promises";
import { startMock } from "@genspan/mocks";
import type { FaultCase, Outcome, Setting } from "../case.ts";
import { type Driver, type DriverEnd, drive } from "../drive.ts";
import { idOf } from "../driver/spans.ts";
import { counterViolations, violationsOf } from "../expect.ts";
import type { Plan } from "../plan.ts";
import { queuedIn } from "../spool-file.ts";
import { tallyOf } from "../tally.ts";

const TRACES = 200;
const CALLS = 3;
/** No attempt is over before the next thing happens. */
const ANSWER_MILLIS = 2000;

/**
 * What a consumer group does to its members, done to processes that share a spool: one leaves, one comes, one dies in the
 * middle of sending, and the work of each passes on to another. The destination takes whole traces.
 */
export const kafkaRebalance: FaultCase = {
  number: 47,
  name: "kafka-rebalance",
  expected: "0 lost, duplicates have equal ids, a trace assembled once; leases of one spool stand for partitions",
  compares: false,
  run: handOver,
};

async function handOver(setting: Setting): Promise<Outcome> {
  const seen = new SeenTraces();
  const mock = await startMock("galileo-ingest", {
    key: "key",
    keepContent: false,
    check: (record) => seen.add(record),
  });
  const drivers: Driver[] = [];
  const directory = `${setting.folder}/spool`;
  const join = async (run: number, more: Partial<Plan>): Promise<Driver> => {
    const targets = [{ name: "receiver", format: "galileo-ingest", url: mock.url }];
    const size = { spans: TRACES, below: CALLS, bytes: 500, acknowledges: true };
    const driver = drive({ engine: setting.engine, targets, run, spool: { directory }, ...size, end: "wait", ...more });
    drivers.push(driver);
    await driver.ready;
    return driver;
  };
  try {
    const down = mock.fail({ kind: "refuse" });
    const leaving = await join(1, { handleSigterm: true });
    const dying = await join(2, {});
    await Promise.all([leaving.reached(TRACES), dying.reached(TRACES)]);
    leaving.child.kill("SIGTERM");
    await leaving.ended;
    const coming = await join(3, { end: "drain", emptiesSpool: true });
    const slow = mock.fail({ kind: "slow", millis: ANSWER_MILLIS });
    down.end();
    while (seen.delivered(2) === 0 && dying.child.exitCode === null) await sleep(5);
    dying.child.kill("SIGKILL");
    await dying.ended;
    slow.end();
    return judge(await coming.ended, seen, mock.duplicates, queuedIn(directory));
  } finally {
    for (const { child } of drivers) child.kill("SIGKILL");
    await mock.close();
  }
}

function judge({ report, errors }: DriverEnd, seen: SeenTraces, duplicates: number, queued: number): Outcome {
  const produced = 3 * TRACES;
  const delivered = [1, 2, 3].reduce((sum, run) => sum + seen.delivered(run), 0);
  const counted = tallyOf(produced, { delivered, duplicates }, report?.status, "receiver", report);
  const tally = { ...counted, queued, lost: Math.max(0, counted.lost + counted.queued - queued) };
  const recovered = report?.status?.destinations[0]?.recovered ?? 0;
  const violations = [
    ...(report === undefined ? [`no report: ${errors}`] : counterViolations(report.status)),
    ...violationsOf(tally, { duplicates: "some" }),
    ...(recovered > 0 ? [] : ["nothing was taken over"]),
    ...seen.violations(),
  ];
  const note = `no broker, and no consumer of genspan's: two of three processes on one spool leave it, ${recovered} of their traces are taken over`;
  return { tally, violations, note };
}

interface SeenTrace {
  readonly ids: Set<string>;
  readonly contents: Set<string>;
  readonly spans: number;
}

/** Every record that came, also those that came again. */
class SeenTraces {
  readonly #traces = new Map<string, SeenTrace>();

  add(record: object): readonly string[] {
    // As the vendor's schema says; what is not is refused by the mock.
    const { id, external_id, spans } = record as {
      readonly id: string;
      readonly external_id: string;
      readonly spans: readonly { readonly spans?: readonly object[] }[];
    };
    const count = spans.reduce((sum, one) => sum + 1 + (one.spans?.length ?? 0), 0);
    const seen = this.#traces.get(external_id) ?? { ids: new Set(), contents: new Set(), spans: count };
    seen.ids.add(id);
    seen.contents.add(JSON.stringify(record));
    this.#traces.set(external_id, seen);
    return [];
  }

  /** How many of a driver's traces came. */
  delivered(run: number): number {
    return Array.from({ length: TRACES }, (_, index) => idOf(run, index)).filter(({ traceId }) =>
      this.#traces.has(traceId),
    ).length;
  }

  violations(): readonly string[] {
    const traces = [...this.#traces.values()];
    const halves = traces.filter(({ spans }) => spans !== 1 + CALLS).length;
    const others = traces.filter(({ ids, contents }) => ids.size > 1 || contents.size > 1).length;
    return [
      ...(halves === 0 ? [] : [`${halves} traces came without some of their spans`]),
      ...(others === 0 ? [] : [`${others} traces came again as another record`]),
    ];
  }
}
