/** What a call costs, bare, with a span written by hand, and instrumented: the three in turn in one process, and several such. */
import { fileURLToPath } from "node:url";
import { driverOf } from "../../conformance/behaviour/drivers.ts";
import { interleave, type Measured, pairedRatio } from "../interleave.ts";
import { inOwnProcess } from "./own-process.ts";
import { benchClient } from "./variants.ts";

/** CPU time of a round: short, so that what disturbs the machine hits few, and long enough that each collects some garbage. */
const ROUND_MICROS = 5_000;
/** Of each variant, three times over: after so many all of it is compiled. */
const WARM_UP_CALLS = 2_000;

export interface CallCost {
  /** CPU microseconds of a call, the least of all rounds. */
  readonly bare: number;
  readonly byHand: number;
  readonly ours: number;
  /** Ours over by hand, the median of all rounds of all processes. */
  readonly ratio: number;
}

export interface CallBench {
  readonly processes: number;
  /** Where the ratio is above that, there are more processes, up to `most`: the median of all is nearer to the truth. */
  readonly limit: number;
  readonly most: number;
  /** Of each process. */
  readonly rounds: number;
}

export function callCost(client: string, { processes, limit, most, rounds }: CallBench): CallCost {
  const runs: (readonly Measured[])[] = [];
  let cost: CallCost | undefined;
  while (cost === undefined || runs.length < processes || (cost.ratio > limit && runs.length < most)) {
    runs.push(inOwnProcess(fileURLToPath(import.meta.url), client, String(rounds)) as readonly Measured[]); // printed below
    cost = costOf(runs);
  }
  return cost;
}

function costOf(runs: readonly (readonly Measured[])[]): CallCost {
  const all = (name: string): Measured => {
    const own = runs.flatMap((run) => run.filter((measured) => measured.name === name));
    const sorted = own.flatMap((measured) => measured.rounds).sort((a, b) => a - b);
    const [min = 0, median = 0] = [sorted[0], sorted[sorted.length >> 1]];
    return { name, min, median, rounds: own.flatMap((measured) => measured.rounds) };
  };
  const [bare, byHand, ours] = [all("bare"), all("by hand"), all("genspan")];
  return { bare: bare.min, byHand: byHand.min, ours: ours.min, ratio: pairedRatio(ours, byHand) };
}

async function measured(client: string, rounds: number): Promise<readonly Measured[]> {
  const { calls } = await benchClient(driverOf(client));
  const [warm] = await interleave(calls, { rounds: 1, calls: WARM_UP_CALLS, collect: false });
  const perRound = Math.ceil(ROUND_MICROS / (warm?.min ?? ROUND_MICROS));
  return await interleave(calls, { rounds, calls: perRound, collect: false });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [, , client = "", rounds = ""] = process.argv;
  console.log(JSON.stringify(await measured(client, Number(rounds))));
}
