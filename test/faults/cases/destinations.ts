/** Several destinations at once, and the vendors in the place of OTLP. */
import { type Mock, type MockName, startMock } from "@genspan/mocks";
import { KeywordsAIPayloadSchema } from "@keywordsai/keywordsai-sdk";
import type { FaultCase, Outcome, Setting } from "../case.ts";
import { type DriverEnd, drive } from "../drive.ts";
import { counterViolations, type Expectation, takesAtMost, violationsOf } from "../expect.ts";
import type { Plan, Target } from "../plan.ts";
import { sizeOf } from "../scenario.ts";
import { type Tally, tallyOf, totalOf } from "../tally.ts";

const VENDORS = [
  "log10",
  "noveum",
  "keywords-ai",
  "galileo",
  "galileo-ingest",
  "cyberpod",
] as const satisfies readonly MockName[];

/** A vendor's own schema beside ours, where there is one to be had. */
const JUDGES: Readonly<Partial<Record<MockName, (record: object) => readonly string[]>>> = {
  "keywords-ai": (record) =>
    KeywordsAIPayloadSchema.safeParse(record).error?.issues.map(({ message }) => message) ?? [],
};

export const destinationCases: readonly FaultCase[] = [
  {
    number: 27,
    name: "dns-fail / tls-expired / proxy-407",
    expected:
      "a name that is not found is tried again, a certificate or a proxy's key waits for someone; the queues kept",
    compares: false,
    run: unreachable,
  },
  {
    number: 28,
    name: "two-destinations-one-down",
    expected: "the healthy one gets all in time, the other's queue is its own affair",
    run: oneDown,
  },
  {
    number: 48,
    name: "vendor-idempotency",
    expected: "what every vendor gets twice, since its reply was lost, is one record by its id; 0 lost",
    compares: false,
    run: sentTwice,
  },
];

async function unreachable(setting: Setting): Promise<Outcome> {
  const [expired, proxy] = await Promise.all([startMock("otlp", { tls: "expired" }), startMock("otlp")]);
  proxy.fail({ kind: "status", status: 407 });
  try {
    const targets: readonly Target[] = [
      { name: "dns", format: "otlp", url: "http://collector.invalid:4318" },
      { name: "tls", format: "otlp", url: expired.url, ...(expired.certificate && { ca: expired.certificate }) },
      { name: "proxy", format: "otlp", url: proxy.url },
    ];
    const { end, violations } = await driveAll(setting, targets, { spans: 300, leavesStuck: true });
    const nothing = { delivered: 0, duplicates: 0 };
    const tallies = targets.map(({ name }) => tallyOf(300, nothing, end.report?.status, name, end.report));
    const states = Object.fromEntries(
      end.report?.status?.destinations.map(({ name, gate }) => [name, gate.state]) ?? [],
    );
    const expected = { dns: "waiting", tls: "blocked", proxy: "blocked" };
    const wrong = Object.entries(expected).flatMap(([name, state]) =>
      states[name] === state ? [] : [`${name}: ${states[name]} instead of ${state}`],
    );
    const kept = tallies.flatMap((tally) => violationsOf(tally, { delivered: 0, queued: 300 }));
    return { tally: totalOf(tallies), violations: [...violations, ...kept, ...wrong] };
  } finally {
    await Promise.all([expired.close(), proxy.close()]);
  }
}

async function oneDown(setting: Setting): Promise<Outcome> {
  const [healthy, down] = await Promise.all([startMock("otlp", { keepContent: false }), startMock("otlp")]);
  down.fail({ kind: "refuse" });
  const { spans } = sizeOf(setting);
  let arrivedMillis = Number.POSITIVE_INFINITY;
  try {
    const targets = [healthy, down].map(({ url }, index) => ({
      name: index === 0 ? "up" : "down",
      format: "otlp",
      url,
    }));
    const { end, violations } = await driveAll(setting, targets, { leavesStuck: true }, async (driver) => {
      await driver.produced;
      const began = performance.now();
      await healthy.received(spans, 60_000).catch(() => undefined);
      arrivedMillis = performance.now() - began;
    });
    const up = tallyOf(spans, received(healthy), end.report?.status, "up", end.report);
    const kept = tallyOf(spans, received(down), end.report?.status, "down", end.report);
    if (setting.engine !== "genspan") return { tally: totalOf([up, kept]), violations: [] };
    const waitedMillis = end.waitedMillis + setting.lateMillis();
    const late = takesAtMost("the rest of the healthy one", arrivedMillis, 3000, waitedMillis);
    const own = [...violationsOf(up, {}), ...violationsOf(kept, { delivered: 0, queued: spans })];
    return { tally: totalOf([up, kept]), violations: [...violations, ...own, ...late] };
  } finally {
    await Promise.all([healthy.close(), down.close()]);
  }
}

/** The first replies of each vendor are lost after it stored what it got. */
async function sentTwice(setting: Setting): Promise<Outcome> {
  const spans = 100;
  const mocks = await Promise.all(VENDORS.map((name) => startMock(name, { key: "key", check: JUDGES[name] })));
  const mockOf = new Map<string, Mock>(VENDORS.map((name, index) => [name, mocks[index] as Mock])); // one for each name
  for (const mock of mocks) mock.fail({ kind: "reset", when: "after-storing" }, { times: 5 });
  try {
    const targets = [...mockOf].map(([name, { url }]) => ({ name, format: name, url }));
    const { end, violations } = await driveAll(setting, targets, { spans, bytes: 500 });
    const expected: Expectation = { duplicates: "some" };
    const tallies = new Map<string, Tally>(
      [...mockOf].map(([name, mock]) => [name, tallyOf(spans, received(mock), end.report?.status, name, end.report)]),
    );
    const own = [...tallies].flatMap(([name, tally]) =>
      violationsOf(tally, expected).map((text) => `${name}: ${text}`),
    );
    const problems = [...mockOf].flatMap(([name, { problems }]) =>
      problems.slice(0, 3).map((text) => `${name}: ${text}`),
    );
    return {
      tally: totalOf([...tallies.values()]),
      violations: [...violations, ...own, ...problems],
      note: "CyberPod documents no id of the sender's; the mock knows its records by `source`",
    };
  } finally {
    await Promise.all(mocks.map((mock) => mock.close()));
  }
}

const received = ({ size, duplicates }: Mock): { delivered: number; duplicates: number } => ({
  delivered: size,
  duplicates,
});

async function driveAll(
  setting: Setting,
  targets: readonly Target[],
  more: Partial<Plan>,
  meanwhile?: (driver: ReturnType<typeof drive>) => Promise<void>,
): Promise<{ readonly end: DriverEnd; readonly violations: readonly string[] }> {
  const { engine, folder } = setting;
  const spool = { directory: `${folder}/spool` };
  const driver = drive({ engine, targets, run: 1, end: "drain", spool, ...sizeOf(setting), ...more });
  await meanwhile?.(driver);
  const end = await driver.ended;
  if (engine !== "genspan") return { end, violations: [] };
  const noReport = end.report === undefined ? [`no report: ${end.errors}`] : [];
  return { end, violations: [...noReport, ...counterViolations(end.report?.status)] };
}
