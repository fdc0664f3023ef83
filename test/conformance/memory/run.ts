/** Measures memory in a process of its own. */
import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { MemoryReport, MemoryRun } from "./measure.ts";

/** Rejects where the process dies before it has reported. */
export function runMemory(run: MemoryRun): Promise<MemoryReport> {
  const child = fork(fileURLToPath(new URL("child.ts", import.meta.url)), [JSON.stringify(run)], {
    execArgv: ["--conditions=@genspan/source", "--no-warnings", "--expose-gc"],
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("message", (report) => resolve(report as MemoryReport)); // the child sends nothing else
    child.once("exit", (code) => reject(new Error(`the process ended with ${code}`)));
  });
}
