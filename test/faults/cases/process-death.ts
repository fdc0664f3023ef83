/** Processes that are killed, frozen or stopped, and what the next one finds in the spool. */
import { availableParallelism, loadavg } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import type { FaultCase, Outcome, Setting } from "../case.ts";
import { violationsOf } from "../expect.ts";
import type { Plan } from "../plan.ts";
import { withRuns } from "../runs.ts";
import { spoolFaults } from "../spool-file.ts";

const PER_SECOND = 1000;
/** Spans of 50 ms, and of what a turn and a commit take. */
const MAX_IN_MEMORY = 0.3 * PER_SECOND;
const MAX_WAITED_MILLIS = 100;
const ON_THEIR_WAY = 4 * 512;

const base = ({ engine, folder }: Setting, more: Partial<Plan> = {}): Omit<Plan, "targets" | "run"> => ({
  engine,
  spool: { directory: `${folder}/spool` },
  spans: 2000,
  perSecond: PER_SECOND,
  end: "wait",
  ...more,
});

export const processDeathCases: readonly FaultCase[] = [
  {
    number: 29,
    name: "sigkill-collector-down",
    expected:
      "after a restart nothing is lost that was acknowledged; in memory alone is what 50 ms bring, where the machine is not busy",
    run: (setting) =>
      withRuns(base(setting, { acknowledges: true }), async ({ mock, start, drain, received, tally }) => {
        const down = mock.fail({ kind: "refuse" });
        const driver = await start({ spans: 100_000 });
        await driver.reached(1000);
        driver.child.kill("SIGKILL");
        const { stored, produced, waitedMillis } = await driver.ended;
        down.end();
        const last = setting.engine === "genspan" ? await drain() : undefined;
        const outcome = tally([[driver, last === undefined ? produced : stored]], last);
        const recovered = received(driver, 100_000);
        const violations = [...violationsOf(outcome, {})];
        const inMemory = produced - recovered;
        if (setting.engine === "genspan" && !isBusy(waitedMillis) && inMemory > MAX_IN_MEMORY) {
          violations.push(`${inMemory} spans were in memory only`);
        }
        return { tally: outcome, violations, note: `${recovered} of ${produced} recovered, ${stored} acknowledged` };
      }),
  },
  {
    number: 30,
    name: "sigkill-mid-send",
    expected: "0 acknowledged lost; no more duplicates than were on their way",
    run: (setting) =>
      withRuns(base(setting, { acknowledges: true }), async ({ mock, start, drain, tally }) => {
        const slow = mock.fail({ kind: "slow", millis: 400, stored: "first" });
        const driver = await start({ spans: 100_000 });
        await driver.reached(800);
        driver.child.kill("SIGKILL");
        const { stored, produced } = await driver.ended;
        slow.end();
        const last = setting.engine === "genspan" ? await drain() : undefined;
        const outcome = tally([[driver, setting.engine === "genspan" ? stored : produced]], last);
        const violations = [...violationsOf(outcome, { duplicates: "any" })];
        if (outcome.duplicates > ON_THEIR_WAY) violations.push(`${outcome.duplicates} duplicates`);
        return { tally: outcome, violations };
      }),
  },
  {
    number: 31,
    name: "sigkill-x20-random",
    expected: "0 acknowledged lost in 20 of 20; the file is whole",
    compares: false,
    run: killAtRandom,
  },
  {
    number: 35,
    name: "lambda-freeze-reaped / thaw / mid-export",
    expected: "frozen after store() and reaped, thawed, or thawed in the middle of a request: 0 lost",
    compares: false,
    run: freeze,
  },
];

/** Where more programs want to run than there are processors, how long a span waits says nothing of ours. */
const isBusy = (waitedMillis: number): boolean =>
  waitedMillis > MAX_WAITED_MILLIS || (loadavg()[0] ?? 0) > availableParallelism();

/** The collector is up and slow, up, or down, by turns; each process goes on where the one before was killed. */
async function killAtRandom(setting: Setting): Promise<Outcome> {
  return withRuns(base(setting, { acknowledges: true, spans: 100_000 }), async ({ mock, start, drain, tally }) => {
    const parts: [Parameters<typeof tally>[0][number][0], number][] = [];
    const damages: string[] = [];
    for (let kill = 0; kill < setting.kills; kill++) {
      mock.heal();
      if (kill % 3 === 0) mock.fail({ kind: "refuse" });
      if (kill % 3 === 1) mock.fail({ kind: "slow", millis: 200 });
      const driver = await start({});
      await driver.reached(1);
      await sleep(Math.random() * 600);
      driver.child.kill("SIGKILL");
      parts.push([driver, (await driver.ended).stored]);
      damages.push(...spoolFaults(`${setting.folder}/spool`).map((fault) => `kill ${kill + 1}: ${fault}`));
    }
    mock.heal();
    const last = await drain({ drainMillis: 60_000 });
    const lossy = parts.filter((part) => tally([part]).lost > 0).length;
    const outcome = tally(parts, last);
    const violations = [...violationsOf(outcome, { duplicates: "any" }), ...damages];
    const note = `${setting.kills - lossy} of ${setting.kills} kills without a loss`;
    return { tally: outcome, violations: lossy > 0 ? [...violations, note] : violations, note };
  });
}

/** SIGSTOP stands for the freeze. Whether a platform also drops connections is not to be had here. */
async function freeze(setting: Setting): Promise<Outcome> {
  const frozenMillis = setting.long ? 15_000 : 2500;
  return withRuns(base(setting, { acknowledges: true }), async ({ mock, start, drain, tally }) => {
    const down = mock.fail({ kind: "refuse" });
    const reaped = await start({ spans: 200, perSecond: 0 });
    await reaped.reached(200);
    reaped.child.kill("SIGSTOP");
    await sleep(300);
    reaped.child.kill("SIGKILL");
    await reaped.ended;
    down.end();
    await drain();

    const thawed = await start({ spans: 200, perSecond: 0, end: "drain" });
    await thawed.produced;
    thawed.child.kill("SIGSTOP");
    await sleep(frozenMillis);
    thawed.child.kill("SIGCONT");
    await thawed.ended;

    mock.fail({ kind: "slow", millis: 1000 }, { times: 1 });
    const arrived = mock.size;
    const midExport = await start({ spans: 200, perSecond: 0, end: "drain" });
    await midExport.produced;
    // It is stored at once, and answered after a second.
    await mock.received(arrived + 1, 60_000);
    midExport.child.kill("SIGSTOP");
    await sleep(frozenMillis);
    midExport.child.kill("SIGCONT");
    const last = await midExport.ended;
    const outcome = tally(
      [reaped, thawed, midExport].map((driver) => [driver, 200] as const),
      last,
    );
    const note = "frozen by SIGSTOP, with connections kept; a platform may drop them";
    return { tally: outcome, violations: violationsOf(outcome, { duplicates: "any" }), note };
  });
}
