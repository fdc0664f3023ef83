/** Runs cases in a process of their own: one copy of a client library, one module format, one Node, bare or instrumented. */

import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { Scale } from "./case.ts";
import type { RunReport } from "./report.ts";

export interface ChildOptions {
  /** Name of the driver. */
  readonly client: string;
  /** File that loads the client library. */
  readonly entry: string;
  readonly major: number;
  /** The instrumentation, as `loadInstrument` takes it; undefined: none. */
  readonly instrument: string | undefined;
  /** Address of the behaviour server with the session's name. */
  readonly url: string;
  /** Undefined: all that the client can make. */
  readonly cases: readonly string[] | undefined;
  readonly scale: Scale;
}

const TIMEOUT_MILLIS = 120_000;

/** Rejects when the child dies before it has reported, or does not report in two minutes. */
export function runChild(options: ChildOptions, node: string = process.execPath): Promise<RunReport> {
  const child = fork(fileURLToPath(new URL("child.ts", import.meta.url)), [JSON.stringify(options)], {
    execPath: node,
    execArgv: ["--conditions=@genspan/source", "--no-warnings", "--expose-gc"],
    stdio: ["ignore", "pipe", "pipe", "ipc"],
    timeout: TIMEOUT_MILLIS,
    killSignal: "SIGKILL",
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream?.on("data", (data) => (output += String(data)));
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("message", (report) => resolve(report as RunReport)); // the child sends nothing else
    child.once("exit", (code, signal) => reject(new Error(`the process ended with ${code ?? signal}: ${output}`)));
  });
}
