import { execFileSync } from "node:child_process";

/**
 * What a program of this folder prints as JSON, run in a process of its own as an application would be: what other clients
 * left compiled does not weigh on it.
 */
export function inOwnProcess(program: string, ...args: readonly string[]): unknown {
  const flags = ["--expose-gc", "--no-warnings", ...process.execArgv.filter((flag) => flag.startsWith("--conditions"))];
  return JSON.parse(execFileSync(process.execPath, [...flags, program, ...args], { encoding: "utf8" }));
}
