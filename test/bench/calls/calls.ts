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

/** @param rounds of each process. */
export function callCost(client: string, processes: number, rounds: number): CallCost {
  const runs = Array.from(
    { length: processes },
    () => inOwnProcess(fileURLToPath(import.meta.url), client, String(rounds)) as readonly Measured[], // printed below
  );
  const all = (name: string): readonly number[] =>
    runs.flatMap((run) => run.flatMap((measured) => (measured.name === name ? measured.rounds : [])));
  const [bare, byHand, ours] = [all("bare"), all("by hand"), all("genspan")];
  const ratio = pairedRatio({ rounds: ours }, { rounds: byHand });
  return { bare: Math.min(...bare), byHand: Math.min(...byHand), ours: Math.min(...ours), ratio };
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
