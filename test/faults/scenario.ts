/** The plain form of a case: one receiver, one driver, faults while spans are made, and the oracle over what became of them. */
import { type Fault, type FaultWindow, type Mock, type MockName, type MockOptions, startMock } from "@genspan/mocks";
import type { FaultCase, Outcome, Setting } from "./case.ts";
import { type Driver, type DriverEnd, drive } from "./drive.ts";
import { counterViolations, type Expectation, violationsOf } from "./expect.ts";
import type { Plan, Target } from "./plan.ts";
import { receivedBy, type Tally, tallyOf } from "./tally.ts";

export interface Scenario {
  readonly number: number;
  readonly name: string;
  readonly expected: string;
  /** Default: `otlp`. */
  readonly receiver?: MockName;
  readonly mock?: MockOptions;
  /** Default: `spool`. */
  readonly storage?: "spool" | "memory";
  /** Played from a little after the first span on, for as long as `windowOf` says, unless a window says otherwise. */
  readonly faults?: (setting: Setting) => readonly PlannedFault[];
  readonly plan?: (setting: Setting) => Partial<Plan>;
  readonly target?: Partial<Target>;
  /** What the parent does meanwhile. */
  readonly meanwhile?: (stage: Stage) => Promise<void>;
  readonly expects?: Expectation;
  /** Further sentences about what does not hold. */
  readonly verify?: (result: Result) => readonly string[];
  readonly compares?: boolean;
  readonly note?: string;
}

export type PlannedFault = readonly [fault: Fault, window?: FaultWindow];

export interface Stage {
  readonly mock: Mock;
  readonly driver: Driver;
  readonly setting: Setting;
}

export interface Result extends Stage {
  readonly end: DriverEnd;
  readonly tally: Tally;
  /** How long its processes had to wait for a processor. */
  readonly waitedMillis: number;
}

/** When a fault begins and how long it lasts. Short ones are for every day, long ones are those of an outage. */
export function windowOf({ long }: Pick<Setting, "long">): {
  readonly afterMillis: number;
  readonly forMillis: number;
  readonly atLeast: number;
} {
  // On a busy machine the program may come to it late.
  const atLeast = 2;
  return long ? { afterMillis: 5000, forMillis: 30_000, atLeast } : { afterMillis: 300, forMillis: 2000, atLeast };
}

export function sizeOf({ long }: Pick<Setting, "long">): Pick<Plan, "spans" | "perSecond" | "drainMillis"> {
  return long
    ? { spans: 20_000, perSecond: 500, drainMillis: 120_000 }
    : { spans: 2000, perSecond: 1000, drainMillis: 60_000 };
}

export function scenario(given: Scenario): FaultCase {
  const { number, name, expected, compares = given.receiver === undefined } = given;
  return { number, name, expected, compares, run: (setting) => play(given, setting) };
}

async function play(given: Scenario, setting: Setting): Promise<Outcome> {
  const { receiver = "otlp", target = {}, faults = () => [], meanwhile, verify } = given;
  const mock = await startMock(receiver, { keepContent: false, ...given.mock });
  try {
    const run = Math.floor(Math.random() * 2 ** 24);
    const plan: Plan = {
      engine: setting.engine,
      targets: [{ name: "receiver", format: receiver, url: mock.url, ...target }],
      run,
      end: "drain",
      ...sizeOf(setting),
      ...((given.storage ?? "spool") === "spool" && { spool: { directory: `${setting.folder}/spool` } }),
      ...given.plan?.(setting),
    };
    const driver = drive(plan);
    await driver.ready;
    for (const [fault, window] of faults(setting)) mock.fail(fault, window ?? windowOf(setting));
    await meanwhile?.({ mock, driver, setting });
    const end = await driver.ended;
    const tally = tallyFor(mock, receiver, plan, end);
    const waitedMillis = end.waitedMillis + setting.lateMillis();
    return judge(given, { mock, driver, setting, end, tally, waitedMillis }, verify);
  } finally {
    await mock.close();
  }
}

function tallyFor(mock: Mock, receiver: MockName, plan: Plan, { report }: DriverEnd): Tally {
  const produced = report?.produced ?? plan.spans;
  const { size: delivered, duplicates } = mock;
  const received = receiver === "otlp" ? receivedBy(mock, plan.run, produced) : { delivered, duplicates };
  return tallyOf(produced, received, report?.status, "receiver", report);
}

function judge(given: Scenario, result: Result, verify: Scenario["verify"]): Outcome {
  const { tally, end, setting } = result;
  const note = given.note === undefined ? {} : { note: given.note };
  if (setting.engine !== "genspan") return { tally, violations: [] };
  const violations = [...violationsOf(tally, given.expects ?? {}), ...counterViolations(end.report?.status)];
  if (end.report === undefined)
    violations.push(`the driver ended without a report: ${end.code ?? end.signal} ${end.errors}`);
  for (const thrown of end.report?.thrown ?? []) violations.push(`thrown into the application: ${thrown}`);
  return { tally, violations: [...violations, ...(verify?.(result) ?? [])], ...note };
}
