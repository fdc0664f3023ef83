/** Ways in which a program ends by itself, and what is on disk then. */
import type { FaultCase, Outcome, Setting } from "../case.ts";
import { takesAtMost, violationsOf } from "../expect.ts";
import type { End } from "../plan.ts";
import { withRuns } from "../runs.ts";
import { totalOf } from "../tally.ts";

const SPANS = 500;
const SHUTDOWN_MILLIS = 1500;

export const processEndCases: readonly FaultCase[] = [
  {
    number: 32,
    name: "sigterm-default-handler",
    expected: "with the handler asked for, the tail is on disk; the process ends by the signal as it would without",
    run: async (setting) => {
      const ends: string[] = [];
      const outcome = await endedBy(setting, "wait", async (driver) => {
        await driver.produced;
        driver.child.kill("SIGTERM");
        const { code, signal } = await driver.ended;
        if (setting.engine === "genspan" && signal !== "SIGTERM") ends.push(`ended with ${code ?? signal}`);
      });
      return { ...outcome, violations: [...outcome.violations, ...ends] };
    },
  },
  {
    number: 33,
    name: "process-exit / uncaught / natural-end",
    expected: "the tail is written before the process is gone; exit codes as without; 0 lost",
    run: async (setting) => {
      const codes = { exit: 0, throw: 1, natural: 0 } as const;
      const outcomes: Outcome[] = [];
      for (const end of Object.keys(codes) as (keyof typeof codes)[]) {
        const wrong: string[] = [];
        const outcome = await endedBy({ ...setting, folder: `${setting.folder}/${end}` }, end, async (driver) => {
          const { code, signal } = await driver.ended;
          if (code !== codes[end]) wrong.push(`${end}: ended with ${code ?? signal} instead of ${codes[end]}`);
        });
        outcomes.push({ ...outcome, violations: [...outcome.violations.map((text) => `${end}: ${text}`), ...wrong] });
      }
      return {
        tally: totalOf(outcomes.map(({ tally }) => tally)),
        violations: outcomes.flatMap(({ violations }) => violations),
      };
    },
  },
  {
    number: 34,
    name: "shutdown-collector-down / hanging",
    expected: "shutdown returns within its deadline; the queue is kept",
    run: async (setting) => {
      const down = await shutDown({ ...setting, folder: `${setting.folder}/down` }, "refuse");
      const hanging = await shutDown({ ...setting, folder: `${setting.folder}/hanging` }, "hang");
      return { tally: totalOf([down.tally, hanging.tally]), violations: [...down.violations, ...hanging.violations] };
    },
  },
];

/** Everything is ended in one turn and the collector is away: what arrives afterwards was on disk. */
async function endedBy(
  setting: Setting,
  end: End,
  act: (driver: Awaited<ReturnType<Parameters<Parameters<typeof withRuns>[1]>[0]["start"]>>) => Promise<void>,
): Promise<Outcome> {
  const { engine, folder } = setting;
  const plan = { engine, spool: { directory: `${folder}/spool` }, spans: SPANS, perSecond: 0, end };
  return withRuns(plan, async ({ mock, start, drain, tally }) => {
    const down = mock.fail({ kind: "refuse" });
    const driver = await start({ handleSigterm: true });
    await act(driver);
    down.end();
    const outcome = tally([[driver, SPANS]], engine === "genspan" ? await drain() : undefined);
    return { tally: outcome, violations: violationsOf(outcome, {}) };
  });
}

async function shutDown({ engine, folder }: Setting, kind: "refuse" | "hang"): Promise<Outcome> {
  const plan = {
    engine,
    spool: { directory: `${folder}/spool` },
    spans: SPANS,
    perSecond: 0,
    end: "shutdown",
  } as const;
  return withRuns({ ...plan, shutdownMillis: SHUTDOWN_MILLIS }, async ({ mock, start, drain, tally }) => {
    const fault = mock.fail({ kind });
    const driver = await start({});
    const { report, waitedMillis } = await driver.ended;
    fault.end();
    const outcome = tally([[driver, SPANS]], engine === "genspan" ? await drain() : undefined);
    const violations = [...violationsOf(outcome, { duplicates: "any" })];
    const { shutdownMillis = Number.POSITIVE_INFINITY, status } = report ?? {};
    if (engine !== "genspan") return { tally: outcome, violations };
    violations.push(...takesAtMost(`${kind}: shutdown`, shutdownMillis, SHUTDOWN_MILLIS + 500, waitedMillis));
    if (status?.destinations[0]?.queued !== SPANS)
      violations.push(`${kind}: ${status?.destinations[0]?.queued} queued`);
    return { tally: outcome, violations };
  });
}
