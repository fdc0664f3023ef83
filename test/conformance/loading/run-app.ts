/** Runs an application file as its own process, with the preload before it. */
import { fork } from "node:child_process";
import type { AppReport } from "./preload.ts";

export interface AppOptions {
  /** Base URL that the application reads from the environment. */
  readonly url: string;
  /** `first`: clients are instrumented before the application starts; `never`: the application does it itself, or not. */
  readonly enable: "first" | "never";
}

/** Rejects when the application fails or reports nothing. */
export function runApp(file: string, { url, enable }: AppOptions): Promise<AppReport> {
  const preload = new URL("preload.ts", import.meta.url).href;
  const child = fork(file, {
    execArgv: ["--conditions=@genspan/source", "--no-warnings", "--import", preload],
    env: { ...process.env, GENSPAN_TEST_URL: url, GENSPAN_TEST_ENABLE: enable },
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on("data", (data) => {
      output += String(data);
    });
  }
  return new Promise((resolve, reject) => {
    let report: AppReport | undefined;
    child.once("error", reject);
    child.once("message", (message) => {
      report = message as AppReport; // the preload sends nothing else
    });
    child.once("exit", (code) => {
      if (report && code === 0) resolve(report);
      else reject(new Error(`${file} exited with ${code}: ${output}`));
    });
  });
}
