import type { ExporterStatus } from "@genspan/exporter";
import type { Tally } from "./tally.ts";

/** A number that must be met, or `some` for more than none, or `any`. */
export type Amount = number | "some" | "any";

/** What a tally must be. Nothing may be lost, ever. */
export interface Expectation {
  /** Default: all. */
  readonly delivered?: Amount | "all";
  /** Default: 0. */
  readonly dead?: Amount;
  /** Default: 0. */
  readonly queued?: Amount;
  /** Default: 0. */
  readonly dropped?: Amount;
  /** Default: 0. */
  readonly duplicates?: Amount;
  /** Default: 0. */
  readonly twice?: Amount;
  /** Most processor time of one turn of the event loop. Default: not looked at. */
  readonly mostTurnMillis?: number;
}

export function violationsOf(tally: Tally, expected: Expectation): readonly string[] {
  const { delivered = "all", dead = 0, queued = 0, dropped = 0, duplicates = 0, twice = 0 } = expected;
  const { mostTurnMillis = Number.POSITIVE_INFINITY } = expected;
  const wanted = {
    dead,
    queued,
    dropped,
    duplicates,
    twice,
    delivered: delivered === "all" ? tally.produced : delivered,
  };
  const violations = Object.entries(wanted).flatMap(([name, amount]) => {
    const actual = tally[name as keyof typeof wanted]; // its own keys
    return isMet(actual, amount) ? [] : [`${name}: ${actual} instead of ${amount}`];
  });
  if (tally.lost > 0) violations.push(`${tally.lost} of ${tally.produced} lost`);
  if (tally.turnMillis > mostTurnMillis) {
    violations.push(`a turn of ${tally.turnMillis.toFixed(0)} ms of processor time, at most ${mostTurnMillis}`);
  }
  return violations;
}

/**
 * A bound on time is one on what we take: while a process of the case waits for a processor that others have, our time
 * does not run.
 */
export function takesAtMost(what: string, millis: number, bound: number, waitedMillis: number): readonly string[] {
  if (millis <= bound + waitedMillis) return [];
  return [`${what} took ${millis.toFixed(0)} ms, at most ${bound}, and ${waitedMillis.toFixed(0)} of waiting`];
}

function isMet(actual: number, amount: Amount): boolean {
  if (amount === "any") return true;
  return amount === "some" ? actual > 0 : actual === amount;
}

const sum = (counts: Readonly<Record<string, number>>): number =>
  Object.values(counts).reduce((total, count) => total + count, 0);

/** The counters of the processor and of each destination must add up by themselves. */
export function counterViolations(status: ExporterStatus | undefined): readonly string[] {
  if (status === undefined) return ["no status was told"];
  const { ended, pending, dropped, filtered, unreadable, routed, destinations } = status;
  const violations: string[] = [];
  if (ended !== pending + dropped + filtered + unreadable + routed)
    violations.push("the processor's counters do not add up");
  for (const one of destinations) {
    const parts = one.sent + sum(one.deadLettered) + sum(one.dropped) + one.queued;
    if (one.accepted + one.recovered !== parts) {
      violations.push(`${one.name}: ${one.accepted} accepted + ${one.recovered} recovered, but ${parts} accounted for`);
    }
  }
  return violations;
}
