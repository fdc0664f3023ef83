import type { Engine } from "./plan.ts";
import type { Tally } from "./tally.ts";

/** One of the 48 cases; numbers and names are those of the list that they were taken from. */
export interface FaultCase {
  readonly number: number;
  readonly name: string;
  /** What must hold, in a few words. */
  readonly expected: string;
  /** Takes long, or needs more than a process: only with `--long`. */
  readonly isLong?: boolean;
  /** For the plain batch processor as well; not for what is about a spool. Default: true. */
  readonly compares?: boolean;
  readonly run: (setting: Setting) => Promise<Outcome>;
}

/** Where and how thoroughly a case runs. */
export interface Setting {
  readonly engine: Engine;
  /** Long windows, as in production: 20,000 spans in 40 s and a fault of 30 s. */
  readonly long: boolean;
  /** Processes that the case of random kills kills. */
  readonly kills: number;
  /** By how much turns of this process came late since the case began: its mocks answered later by as much. */
  readonly lateMillis: () => number;
  /** An empty directory of the case's own. */
  readonly folder: string;
}

export interface Outcome {
  readonly tally: Tally;
  /** What does not hold, one sentence each. */
  readonly violations: readonly string[];
  /** How it was done where that is not plain. */
  readonly note?: string;
}
