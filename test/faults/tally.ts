import type { DestinationStatus, ExporterStatus } from "@genspan/exporter";
import type { Mock } from "@genspan/mocks";
import { idOf } from "./driver/spans.ts";
import type { Report } from "./plan.ts";

/** Where the spans of a run are: the parts add up to `produced` where nothing is lost and nothing counted twice. */
export interface Tally {
  readonly produced: number;
  /** Different ones that the receiver has. */
  readonly delivered: number;
  readonly dead: number;
  readonly queued: number;
  /** Given up and counted: by a queue's bound, by a filter, as unreadable. */
  readonly dropped: number;
  /** In none of these. */
  readonly lost: number;
  /** Counted as given up or queued, and received all the same: the receiver took them without saying so. */
  readonly twice: number;
  /** Copies beyond the first that the receiver got; their ids are equal. */
  readonly duplicates: number;
  readonly stallMillis: number;
  readonly turnMillis: number;
}

const sum = (counts: Readonly<Record<string, number>>): number =>
  Object.values(counts).reduce((total, count) => total + count, 0);

export interface Received {
  readonly delivered: number;
  readonly duplicates: number;
}

/** What a mock has of so many spans of a run. */
export function receivedBy(mock: Mock, run: number, produced: number): Received & { readonly foreign: number } {
  let delivered = 0;
  for (let index = 0; index < produced; index++) {
    const { traceId, spanId } = idOf(run, index);
    if (mock.has(`${traceId}-${spanId}`)) delivered++;
  }
  return { delivered, duplicates: mock.duplicates, foreign: mock.size - delivered };
}

type Loop = Pick<Report, "stallMillis" | "turnMillis">;
const NO_LOOP: Loop = { stallMillis: 0, turnMillis: 0 };

/**
 * The oracle: produced = delivered + dead-lettered + queued + counted drops.
 * @param name of the destination; undefined where nothing was counted.
 */
export function tallyOf(
  produced: number,
  received: Received,
  status: ExporterStatus | undefined,
  name: string,
  loop: Loop = NO_LOOP,
): Tally {
  const destination = status?.destinations.find((one) => one.name === name);
  const { dead, queued, dropped } = countsOf(status, destination);
  const rest = produced - received.delivered - dead - queued - dropped;
  return {
    produced,
    ...received,
    dead,
    queued,
    dropped,
    lost: Math.max(0, rest),
    twice: Math.max(0, -rest),
    stallMillis: loop.stallMillis,
    turnMillis: loop.turnMillis,
  };
}

function countsOf(
  status: ExporterStatus | undefined,
  destination: DestinationStatus | undefined,
): Pick<Tally, "dead" | "queued" | "dropped"> {
  if (status === undefined || destination === undefined) return { dead: 0, queued: 0, dropped: 0 };
  return {
    dead: sum(destination.deadLettered),
    queued: destination.queued + status.pending,
    dropped: sum(destination.dropped) + status.dropped + status.filtered + status.unreadable + destination.filtered,
  };
}

/** The sum of several runs or destinations; of stalls the longest. */
export function totalOf(tallies: readonly Tally[]): Tally {
  const add = (key: keyof Tally): number => tallies.reduce((total, tally) => total + tally[key], 0);
  const most = (key: keyof Tally): number => Math.max(0, ...tallies.map((tally) => tally[key]));
  return {
    produced: add("produced"),
    delivered: add("delivered"),
    dead: add("dead"),
    queued: add("queued"),
    dropped: add("dropped"),
    lost: add("lost"),
    twice: add("twice"),
    duplicates: add("duplicates"),
    stallMillis: most("stallMillis"),
    turnMillis: most("turnMillis"),
  };
}
