/** Runs all cases in a process of their own: one version of the client library, one module format, one kind of instrumentation. */

import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { RunReport } from "./report.ts";

/**
 * - `bare`: no instrumentation.
 * - `instrument`: `instrument(client)` with its defaults.
 * - `global`: `GenAIInstrumentation` switched on before the client library is loaded, with content, raw bodies and stacks on.
 * - the others are the deliberately bad ones of bad-instrument.ts.
 */
export type Mode = "bare" | "instrument" | "global" | "bad-await" | "bad-tee" | "bad-forget" | "bad-nothing";

export interface ChildOptions {
  /** File that loads the client library. */
  readonly entry: string;
  readonly version: number;
  readonly mode: Mode;
  /** Address of the behaviour server with the session's name. */
  readonly url: string;
}

/** Rejects when the child dies before it has reported. */
export function runChild(options: ChildOptions): Promise<RunReport> {
  const child = fork(fileURLToPath(new URL("child.ts", import.meta.url)), [JSON.stringify(options)], {
    execArgv: ["--conditions=@genspan/source", "--no-warnings", "--expose-gc"],
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream?.on("data", (data) => (output += String(data)));
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("message", (report) => resolve(report as RunReport)); // the child sends nothing else
    child.once("exit", (code) => reject(new Error(`${options.entry} ${options.mode} exited with ${code}: ${output}`)));
  });
}
