/** Disks, directories and files that are not as they should be, and several processes on one spool. */
import { mkdirSync, readdirSync, truncateSync, writeFileSync } from "node:fs";
import { badDirectories } from "../bad-directories.ts";
import type { FaultCase, Outcome, Setting } from "../case.ts";
import { violationsOf } from "../expect.ts";
import type { Plan } from "../plan.ts";
import { type Runs, withRuns } from "../runs.ts";
import { cutInTheMiddle, raiseVersion } from "../spool-file.ts";
import { totalOf } from "../tally.ts";

const SPANS = 400;

const base = ({ engine }: Setting, directory: string, more: Partial<Plan> = {}): Omit<Plan, "targets" | "run"> => ({
  engine,
  spool: { directory },
  spans: SPANS,
  perSecond: 1000,
  end: "drain",
  ...more,
});

export const spoolCases: readonly FaultCase[] = [
  {
    number: 37,
    name: "dir-readonly / wrong-owner / symlink / world-writable",
    expected: "no spool there, a sentence that says why, queues in memory; 0 lost",
    compares: false,
    run: refusedDirectories,
  },
  {
    number: 38,
    name: "corrupt-db / truncated-wal / newer-schema",
    expected: "the file is put aside and a new one begun; never a crash; 0 of the new spans lost",
    compares: false,
    run: damagedFiles,
  },
  {
    number: 39,
    name: "two-processes-one-spool",
    expected: "each span sent once; what a killed process left, the other one sends",
    compares: false,
    run: twoProcesses,
  },
  {
    number: 40,
    name: "worker-thread-dies",
    expected: "started again, what was not on disk handed over again; 0 lost",
    compares: false,
    run: (setting) =>
      withRuns(base(setting, `${setting.folder}/spool`), async ({ mock, start, tally }) => {
        const down = mock.fail({ kind: "refuse" });
        const driver = await start({ spans: 2000, mishap: { kind: "workers", afterMillis: 600 } });
        await driver.produced;
        down.end();
        const last = await driver.ended;
        const outcome = tally([[driver, 2000]], last);
        const { restarts = 0 } = last.report?.status?.spool ?? {};
        const wrong = restarts === 1 ? [] : [`the thread was started again ${restarts} times`];
        return { tally: outcome, violations: [...violationsOf(outcome, { duplicates: "any" }), ...wrong] };
      }),
  },
];

async function refusedDirectories(setting: Setting): Promise<Outcome> {
  const outcomes: Outcome[] = [];
  const { directories, note } = badDirectories(setting.folder);
  for (const { name, directory, pattern } of directories) {
    const outcome = await withRuns(base(setting, directory), async ({ start, tally }) => {
      const driver = await start({ spans: 100, perSecond: 0 });
      const last = await driver.ended;
      const { status } = last.report ?? {};
      const { problem = "none", durable } = status?.spool ?? {};
      const wrong = [
        ...(durable === false && pattern.test(problem) ? [] : [`durable: ${durable}, problem: ${problem}`]),
        ...(status?.destinations[0]?.storage.kind === "memory" ? [] : ["the queue is not in memory"]),
      ];
      const result = tally([[driver, 100]], last);
      return { tally: result, violations: [...violationsOf(result, {}), ...wrong].map((text) => `${name}: ${text}`) };
    });
    outcomes.push(outcome);
  }
  return { ...sumOf(outcomes), note };
}

const DAMAGES: readonly (readonly [name: string, setsAside: boolean, damage: (directory: string) => void])[] = [
  [
    "no database",
    true,
    (directory) => {
      mkdirSync(directory, { mode: 0o700 });
      writeFileSync(`${directory}/spool.db`, "this is no database, ".repeat(1000));
    },
  ],
  ["cut in the middle", true, cutInTheMiddle],
  ["a WAL that is cut", false, (directory) => truncateSync(`${directory}/spool.db-wal`, 100_000)],
  ["of a later version", true, raiseVersion],
];

/** The spool of a process that was killed is damaged; the next process must work as if there had been none. */
async function damagedFiles(setting: Setting): Promise<Outcome> {
  const outcomes: Outcome[] = [];
  for (const [index, [name, setsAside, damage]] of DAMAGES.entries()) {
    const directory = `${setting.folder}/spool-${index}`;
    const outcome = await withRuns(base(setting, directory), async (runs) => {
      if (name !== "no database") await leaveBehind(runs);
      damage(directory);
      const driver = await runs.start({});
      const last = await driver.ended;
      const aside = readdirSync(directory).some((file) => file.includes("quarantined"));
      const wrong = [
        ...(aside === setsAside ? [] : [setsAside ? "nothing was put aside" : "a file was put aside"]),
        ...(last.report?.status?.spool?.durable ? [] : [`no spool: ${last.report?.status?.spool?.problem}`]),
        ...(last.code === 0 ? [] : [`ended with ${last.code ?? last.signal}: ${last.errors}`]),
      ];
      const tally = runs.tally([[driver, SPANS]], last);
      return { tally, violations: [...violationsOf(tally, {}), ...wrong].map((text) => `${name}: ${text}`) };
    });
    outcomes.push(outcome);
  }
  return {
    ...sumOf(outcomes),
    note: "what the damaged file held is not promised; it stays in the file that was put aside",
  };
}

/** Some spans in the spool of a process that is gone. */
async function leaveBehind({ mock, start }: Runs): Promise<void> {
  const down = mock.fail({ kind: "refuse" });
  const driver = await start({ spans: 100_000, end: "wait", acknowledges: true });
  await driver.reached(200);
  driver.child.kill("SIGKILL");
  await driver.ended;
  down.end();
}

async function twoProcesses(setting: Setting): Promise<Outcome> {
  return withRuns(base(setting, `${setting.folder}/spool`), async ({ mock, start, tally }) => {
    const both = await Promise.all([start({}), start({})]);
    const [first] = await Promise.all(both.map(({ ended }) => ended));
    const together = tally(
      both.map((driver) => [driver, SPANS] as const),
      first,
    );
    const violations = [...violationsOf(together, {})];

    const down = mock.fail({ kind: "refuse" });
    const staying = await start({ spans: 3000, end: "drain", emptiesSpool: true, drainMillis: 90_000 });
    const killed = await start({ spans: 100_000, end: "wait", acknowledges: true });
    await killed.reached(200);
    killed.child.kill("SIGKILL");
    const { stored } = await killed.ended;
    down.end();
    const last = await staying.ended;
    const taken = tally(
      [
        [staying, 3000],
        [killed, stored],
      ],
      last,
    );
    return {
      tally: totalOf([together, { ...taken, duplicates: taken.duplicates - together.duplicates }]),
      violations: [...violations, ...violationsOf(taken, {})],
      note: "a pid that is used again and a file system shared by machines are not tried here",
    };
  });
}

const sumOf = (outcomes: readonly Outcome[]): Outcome => ({
  tally: totalOf(outcomes.map(({ tally }) => tally)),
  violations: outcomes.flatMap(({ violations }) => violations),
});
