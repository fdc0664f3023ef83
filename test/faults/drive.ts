/** Starts drivers and listens to what they tell. */
import { type ChildProcess, spawn } from "node:child_process";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import type { Command, Message, Plan, Report } from "./plan.ts";

export interface DriverEnd {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** What the driver told at its end; undefined where it did not come to it. */
  readonly report: Report | undefined;
  /** The first so many spans were told to be on disk or delivered. */
  readonly stored: number;
  /** Told when the last span was ended; 0 where it did not come to it. */
  readonly produced: number;
  /** Time that it waited for a processor, as it told last. */
  readonly waitedMillis: number;
  readonly errors: string;
}

export interface Driver {
  readonly child: ChildProcess;
  /** Resolves when its pipeline stands, which is when spans begin. */
  readonly ready: Promise<void>;
  /** Resolves when it has ended its last span. */
  readonly produced: Promise<void>;
  readonly ended: Promise<DriverEnd>;
  /** Resolves when so many spans were acknowledged, or ended where nothing is; at the end of the process at the latest. */
  reached(spans: number): Promise<void>;
  command(command: Command): void;
  /** Of the process, as it told last. */
  rssMegabytes(): number;
}

export interface DriveOptions {
  /** Put before the driver's own command, such as `unshare -rm`. `node` and its arguments follow. */
  readonly wrapper?: readonly string[];
}

/** No plan takes so long; a driver that does hangs. */
const MAX_MILLIS = 240_000;
/** Whoever has nothing on disk by then never will. */
const REACHING_MILLIS = 60_000;
const MAIN = fileURLToPath(new URL("./driver/main.ts", import.meta.url));
const NODE = [process.execPath, "--conditions=@genspan/source", "--no-warnings", MAIN];

export function drive(plan: Plan, { wrapper = [] }: DriveOptions = {}): Driver {
  const [program = "", ...args] = [...wrapper, ...NODE, JSON.stringify(plan)];
  const child = spawn(program, args, {
    env: { PATH: process.env["PATH"], NODE_COMPILE_CACHE: join(tmpdir(), "genspan-faults-cache") },
    stdio: ["ignore", "ignore", "pipe", "ipc"],
  });
  const { mayTakeMillis = MAX_MILLIS } = plan;
  const kill = (millis: number): void => {
    state.errors += `killed after ${millis} ms`;
    child.kill("SIGKILL");
  };
  const overdue = Number.isFinite(mayTakeMillis) ? setTimeout(() => kill(mayTakeMillis), mayTakeMillis) : undefined;
  const ready = Promise.withResolvers<void>();
  const produced = Promise.withResolvers<void>();
  const ended = Promise.withResolvers<DriverEnd>();
  const state = {
    stored: 0,
    produced: 0,
    errors: "",
    rssMegabytes: 0,
    waitedMillis: 0,
    report: undefined as Report | undefined,
  };
  child.stderr?.setEncoding("utf8").on("data", (text: string) => {
    state.errors = (state.errors + text).slice(-4000);
  });
  child.on("message", (message: Message) => {
    if (message.kind === "ready") ready.resolve();
    if (message.kind === "stored") state.stored = message.spans;
    if (message.kind === "done") {
      state.report = message.report;
      state.waitedMillis = message.report.waitedMillis;
    }
    if (message.kind !== "produced") return;
    state.produced = message.spans;
    state.rssMegabytes = message.rssMegabytes;
    state.waitedMillis = message.waitedMillis;
    if (message.spans >= plan.spans) produced.resolve();
  });
  child.once("error", (error) => {
    for (const one of [ready, produced, ended]) one.reject(error);
  });
  child.once("close", (code, signal) => {
    clearTimeout(overdue);
    // Nobody is to wait for what a dead process was about to tell.
    ready.resolve();
    produced.resolve();
    ended.resolve({ code, signal, ...state });
  });
  return {
    child,
    ready: ready.promise,
    produced: produced.promise,
    ended: ended.promise,
    async reached(spans) {
      const count = plan.engine === "genspan" ? "stored" : "produced";
      const overdue = setTimeout(() => kill(REACHING_MILLIS), REACHING_MILLIS);
      while (state[count] < spans && child.exitCode === null && child.signalCode === null) await sleep(5);
      clearTimeout(overdue);
    },
    rssMegabytes: () => state.rssMegabytes,
    command: (command) => void child.send(command),
  };
}
