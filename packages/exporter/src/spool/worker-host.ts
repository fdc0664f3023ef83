import type { Worker } from "node:worker_threads";
import { builtin } from "../runtime/builtin.ts";
import type { Reply, Request, WorkerSettings } from "./messages.ts";

/** What Yarn's Plug'n'Play adds to Node: it keeps packages in archives, where nothing else finds a file. */
function plugAndPlay(): string | undefined {
  if (process.versions["pnp"] === undefined) return undefined;
  return builtin("node:module")?.createRequire(`${process.cwd()}/package.json`).resolve("pnpapi");
}

/** The file of the worker: beside this one in the sources, beside the bundle in the published package. */
function besideThis(): URL | undefined {
  const here = import.meta.url as string | undefined; // bundlers that make CommonJS leave it out
  if (here === undefined) return undefined;
  // Plug'n'Play's part for CommonJS is enough for the thread; that for ES modules is a loader in a thread of its own.
  const built = plugAndPlay() === undefined ? "./spool-worker.mjs" : "./spool-worker.cjs";
  const url = new URL(here.endsWith(".ts") ? "./worker.ts" : built, here);
  return builtin("node:fs")?.existsSync(url) ? url : undefined;
}

/** Where an application is bundled, the installed package has it. */
function inPackage(): string | undefined {
  try {
    const require = builtin("node:module")?.createRequire(`${process.cwd()}/package.json`);
    return require?.resolve("@genspan/exporter/spool-worker");
  } catch {
    return undefined;
  }
}

/** @throws {Error} where the file is in neither place. */
function workerFile(): URL | string {
  const file = besideThis() ?? inPackage();
  if (file !== undefined) return file;
  throw new Error(
    "the file of the spool's thread is not there: have @genspan/exporter installed where the application runs, and " +
      "leave it out of the bundle",
  );
}

export interface WorkerHooks {
  readonly reply: (reply: Reply) => void;
  /** The thread has ended, for whatever reason but `stop`. */
  readonly died: (reason: string) => void;
}

/** The thread that owns the database. It never keeps the process alive. */
export class WorkerHost {
  readonly #worker: Worker;
  #isStopped = false;

  /** @throws {Error} where this runtime has no threads, or the worker's file is not there. */
  constructor(settings: WorkerSettings, hooks: WorkerHooks) {
    const threads = builtin("node:worker_threads");
    if (threads === undefined) throw new Error("this runtime has no worker threads");
    const pnp = plugAndPlay();
    this.#worker = new threads.Worker(workerFile(), {
      name: "genspan spool",
      workerData: settings,
      // Neither `--import genspan/register` nor any other flag or variable of the application's is meant for it.
      execArgv: pnp === undefined ? [] : ["--require", pnp],
      env: {},
      // It handles a few chunks at a time: more would only be garbage that is kept for long.
      resourceLimits: { maxYoungGenerationSizeMb: 6 },
      stdout: false,
      stderr: false,
    });
    let reason = "it ended";
    this.#worker.on("message", hooks.reply);
    this.#worker.on("error", (error: Error) => {
      reason = error.message;
    });
    this.#worker.on("exit", () => {
      if (!this.#isStopped) hooks.died(reason);
    });
    this.#worker.unref();
  }

  post(request: Request): void {
    this.#worker.postMessage(request);
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    await this.#worker.terminate();
  }
}
