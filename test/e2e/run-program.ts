/** Runs a program from the sources, as a process of its own in its own folder, as a user runs it. */
import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

export interface ProgramRun {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * `folder` is one of this repository and `args` follow `node`. Of this process's environment the program gets `PATH`
 * alone, so that nothing else decides.
 */
export async function runProgram(
  folder: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
): Promise<ProgramRun> {
  const child = spawn(process.execPath, ["--conditions=@genspan/source", ...args], {
    cwd: fileURLToPath(new URL(`../../${folder}/`, import.meta.url)),
    env: { PATH: process.env["PATH"], ...environment },
    stdio: ["ignore", "pipe", "pipe"],
    timeout: 25_000,
  });
  const output = { stdout: "", stderr: "" };
  for (const stream of ["stdout", "stderr"] as const) {
    child[stream].setEncoding("utf8").on("data", (text: string) => {
      output[stream] += text;
    });
  }
  const exitCode = await new Promise<number | null>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  });
  return { exitCode, ...output };
}
