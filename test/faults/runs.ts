/** Several drivers on one spool, one after the other or beside each other, and what all of them together delivered. */
import { type Mock, type MockOptions, startMock } from "@genspan/mocks";
import { type DriveOptions, type Driver, type DriverEnd, drive } from "./drive.ts";
import type { Plan } from "./plan.ts";
import { receivedBy, type Tally, tallyOf } from "./tally.ts";

export interface Runs {
  readonly mock: Mock;
  /** Starts a driver whose spans have ids of their own; resolves when its pipeline stands. */
  start(plan: Partial<Plan>, options?: DriveOptions): Promise<Driver>;
  /** A driver that makes no spans, and delivers what others left. */
  drain(plan?: Partial<Plan>): Promise<DriverEnd>;
  /** What the receiver has of the first so many spans of a driver. */
  received(driver: Driver, spans: number): number;
  /** What became of so many spans of each driver, by what the last one that ended counts. */
  tally(parts: readonly (readonly [Driver, number])[], last?: DriverEnd): Tally;
}

/** Runs `act` with a receiver of OTLP and drivers that share what `base` says. */
export async function withRuns<T>(
  base: Omit<Plan, "targets" | "run">,
  act: (runs: Runs) => Promise<T>,
  options: MockOptions = {},
): Promise<T> {
  const mock = await startMock("otlp", { keepContent: false, ...options });
  const first = Math.floor(Math.random() * 2 ** 24);
  const numbers = new Map<Driver, number>();
  const children: Driver[] = [];
  const start: Runs["start"] = async (plan, driveOptions) => {
    const run = first + numbers.size;
    const targets = [{ name: "receiver", format: "otlp", url: mock.url }];
    const driver = drive({ ...base, targets, run, ...plan }, driveOptions);
    numbers.set(driver, run);
    children.push(driver);
    await driver.ready;
    return driver;
  };
  const received: Runs["received"] = (driver, spans) => receivedBy(mock, numbers.get(driver) ?? 0, spans).delivered;
  try {
    return await act({
      mock,
      start,
      drain: async (plan) => (await start({ spans: 0, end: "drain", emptiesSpool: true, ...plan })).ended,
      received,
      tally(parts, last) {
        const produced = parts.reduce((sum, [, spans]) => sum + spans, 0);
        const delivered = parts.reduce((sum, [driver, spans]) => sum + received(driver, spans), 0);
        const status = last?.report?.status;
        return tallyOf(produced, { delivered, duplicates: mock.duplicates }, status, "receiver", last?.report);
      },
    });
  } finally {
    for (const { child } of children) child.kill("SIGKILL");
    await mock.close();
  }
}
