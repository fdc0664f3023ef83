import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { FaultCase, Outcome, Setting } from "./case.ts";
import { watchLoop } from "./driver/loop-watch.ts";
import type { Engine } from "./plan.ts";
import { tallyOf } from "./tally.ts";

export interface CaseRun extends Outcome {
  readonly case: FaultCase;
  readonly engine: Engine;
  readonly seconds: number;
}

/** Runs one case in a directory of its own. A case that throws is one that failed. */
export async function runCase(
  one: FaultCase,
  { engine, long, kills }: Omit<Setting, "folder" | "lateMillis">,
): Promise<CaseRun> {
  // A spool refuses to be put into the shared temporary directory itself.
  const folder = join(mkdtempSync(join(tmpdir(), "genspan-fault-")), "case");
  mkdirSync(folder);
  const watch = watchLoop();
  const began = performance.now();
  const seconds = (): number => (performance.now() - began) / 1000;
  try {
    const outcome = await one.run({ engine, long, kills, folder, lateMillis: () => watch.lateMillis });
    return { ...outcome, case: one, engine, seconds: seconds() };
  } catch (error) {
    const tally = tallyOf(0, { delivered: 0, duplicates: 0 }, undefined, "");
    const reason = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return { tally, violations: [reason], case: one, engine, seconds: seconds() };
  } finally {
    watch.stop();
    rmSync(join(folder, ".."), { recursive: true, force: true });
  }
}
