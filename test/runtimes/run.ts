/** Runs a program in another JavaScript runtime, each the real one, and gives back what it reports as JSON. */
import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { build } from "esbuild";
import { Miniflare } from "miniflare";

const file = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const bin = (name: string): string => file(`../node_modules/.bin/${name}`);
const CONDITION = "--conditions=@genspan/source";

/** How a program with arguments is started. */
const COMMANDS = {
  Node: [process.execPath, CONDITION],
  Bun: [bin("bun"), CONDITION],
  Deno: [bin("deno"), "run", "--allow-all", "--no-check", CONDITION, "--node-modules-dir=manual"],
} as const;

export type Runtime = keyof typeof COMMANDS;

/** @returns what the last line of its output says. */
export async function runProgram<T>(runtime: Runtime, path: string, args: readonly string[]): Promise<T> {
  const [command, ...options] = COMMANDS[runtime];
  const { stdout } = await promisify(execFile)(command, [...options, file(path), ...args], { timeout: 60_000 });
  return JSON.parse(stdout.trim().split("\n").at(-1) ?? "") as T; // what the program prints
}

/** Answers one request in workerd, from a bundle with the conditions that bundlers for it set. */
export async function runWorker<T>(path: string, query: Readonly<Record<string, string>>): Promise<T> {
  const bundle = await build({
    entryPoints: [file(path)],
    bundle: true,
    write: false,
    format: "esm",
    target: "es2022",
    conditions: ["@genspan/source", "workerd", "worker", "browser"],
    external: ["node:*"],
    keepNames: true,
  });
  const flare = new Miniflare({
    modules: true,
    script: bundle.outputFiles[0]?.text ?? "",
    compatibilityDate: "2026-06-01",
    compatibilityFlags: ["nodejs_compat"],
  });
  try {
    const response = await flare.dispatchFetch(`http://worker.test/?${new URLSearchParams(query)}`);
    if (!response.ok) throw new Error(await response.text());
    return (await response.json()) as T; // what the worker answers
  } finally {
    await flare.dispose();
  }
}
