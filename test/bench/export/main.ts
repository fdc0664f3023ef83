/**
 * Export to a receiver in another process: spans a second, CPU time for each span (all threads), and peak memory, of
 * our processor beside the SDK's `BatchSpanProcessor` with the stock OTLP exporters, at several numbers of
 * destinations. Each run is a process of its own; pipelines take turns in shuffled order, so that drift of the machine
 * hits all alike, and warms up first: what is measured is sustained. Prints medians, and least CPU time; it judges nothing
 * and fails on nothing.
 *
 *   npx -y pnpm@12 bench export [rounds] [spans] [megabytes of the spool that is drained]
 */
import { execFile, fork } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

interface Run {
  readonly spansPerSecond: number;
  readonly cpuMicros: number;
  readonly peakMegabytes: number;
  readonly dropped: number;
}

const here = (name: string) => fileURLToPath(new URL(name, import.meta.url));

/** What is compared with each number of destinations. */
const PLAN: Readonly<Record<number, readonly string[]>> = {
  1: [
    "stock OTLP/JSON",
    "stock OTLP/protobuf",
    "genspan OTLP/JSON, memory",
    "genspan OTLP/protobuf, memory",
    "genspan OTLP/JSON, spool",
    "genspan OTLP/protobuf, spool",
  ],
  3: ["stock OTLP/JSON", "genspan OTLP/JSON, memory", "genspan OTLP/JSON, spool"],
  6: ["stock OTLP/JSON", "genspan OTLP/JSON, memory", "genspan OTLP/JSON, spool"],
};

interface AppThread {
  readonly startMillis: { readonly memory: number; readonly spool: number };
  /** Of one span: the median, and the 90th percentile, over bursts of 32. */
  readonly handOverMicros: { readonly memory: number; readonly spool: number };
  readonly handOverMicros90: { readonly memory: number; readonly spool: number };
}

interface Drain {
  readonly records: number;
  readonly megabytes: number;
  readonly recordsPerSecond: number;
  readonly peakMegabytes: number;
}

async function benchExport(rounds: number, spans: number, megabytes: number): Promise<void> {
  const sink = fork(here("./sink.ts"), { stdio: ["ignore", "pipe", "inherit", "ipc"] });
  const port = await new Promise<string>((resolve) =>
    sink.stdout?.once("data", (text) => resolve(String(text).trim())),
  );
  // Not in the temporary directory, which a spool refuses and which may be in memory.
  const folder = mkdtempSync(join(homedir(), ".genspan-bench-"));
  try {
    for (const [destinations, names] of Object.entries(PLAN)) {
      const runs = new Map<string, Run[]>(names.map((name) => [name, []]));
      for (let round = 0; round < rounds; round++) {
        for (const name of shuffled(names)) {
          const directory = join(folder, `${destinations}-${round}-${names.indexOf(name)}`);
          mkdirSync(directory, { mode: 0o700 });
          const given = [name, `http://127.0.0.1:${port}`, destinations, String(spans), directory];
          runs.get(name)?.push(await runOnce(given));
          rmSync(directory, { recursive: true });
        }
      }
      print(Number(destinations), spans, runs);
    }
    await benchAppThread(rounds, port, folder);
    if (megabytes > 0) await benchDrain(megabytes, port, folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
    sink.disconnect();
  }
}

async function benchAppThread(rounds: number, port: string, folder: string): Promise<void> {
  const runs: AppThread[] = [];
  for (let round = 0; round < rounds; round++) {
    const directory = join(folder, `app-${round}`);
    runs.push(await runOnce<AppThread>([`http://127.0.0.1:${port}`, directory], "./app-thread.ts"));
  }
  console.log("\nThe application's thread              memory        spool");
  const line = (title: string, value: (run: AppThread) => { readonly memory: number; readonly spool: number }) => {
    const cells = (["memory", "spool"] as const).map((kind) => median(runs.map((run) => value(run)[kind])).toFixed(1));
    console.log(`${title.padEnd(31)}${cells.map((cell) => cell.padStart(13)).join("")}`);
  };
  line("making the processor, ms", (run) => run.startMillis);
  line("handing a span over, us", (run) => run.handOverMicros);
  line("  the same, 90th percentile", (run) => run.handOverMicros90);
}

async function benchDrain(megabytes: number, port: string, folder: string): Promise<void> {
  const directory = join(folder, "drain");
  const nowhere = "http://127.0.0.1:1";
  await run(["fill", nowhere, directory, String(megabytes)], "./drain.mjs");
  const given = ["drain", `http://127.0.0.1:${port}`, directory];
  const { records, recordsPerSecond, peakMegabytes } = await runOnce<Drain>(given, "./drain.mjs");
  console.log(
    `\nDraining a spool of ${megabytes} MB, ${records} records: ${recordsPerSecond}/s, peak ${peakMegabytes} MB`,
  );
}

async function run(given: readonly string[], program: string): Promise<string> {
  const flags = ["--expose-gc", ...process.execArgv.filter((flag) => flag.startsWith("--conditions"))];
  const { stdout } = await promisify(execFile)(process.execPath, [...flags, here(program), ...given]);
  return stdout;
}

async function runOnce<T = Run>(given: readonly string[], program = "./child.ts"): Promise<T> {
  return JSON.parse(await run(given, program)) as T; // as the program prints it
}

function print(destinations: number, spans: number, runs: ReadonlyMap<string, readonly Run[]>): void {
  console.log(`\n${destinations} destination${destinations > 1 ? "s" : ""}, ${spans} spans of about 5 kB to each`);
  const head = ["spans/s", "x stock", "CPU us/span", "least", "x stock", "peak MB", "dropped"];
  console.log(`${"".padEnd(32)}${head.map((text) => text.padStart(13)).join("")}`);
  const stock = runs.get("stock OTLP/JSON") ?? [];
  for (const [name, own] of runs) {
    const cells = [
      median(own.map((run) => run.spansPerSecond)),
      ratio(own, stock, (run) => run.spansPerSecond),
      median(own.map((run) => run.cpuMicros)).toFixed(1),
      Math.min(...own.map((run) => run.cpuMicros)).toFixed(1),
      ratio(own, stock, (run) => run.cpuMicros),
      median(own.map((run) => run.peakMegabytes)),
      own.reduce((sum, run) => sum + run.dropped, 0),
    ];
    console.log(`${name.padEnd(32)}${cells.map((cell) => String(cell).padStart(13)).join("")}`);
  }
}

/** Median over the rounds of one to the other, round by round. */
function ratio(own: readonly Run[], stock: readonly Run[], value: (run: Run) => number): string {
  return median(own.map((run, round) => value(run) / value(stock[round] ?? run))).toFixed(2);
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? 0;
}

function shuffled<T>(items: readonly T[]): readonly T[] {
  return items
    .map((item) => ({ item, order: Math.random() }))
    .sort((a, b) => a.order - b.order)
    .map(({ item }) => item);
}

const [given, ...rest] = process.argv.slice(2);
if (given === "--help") console.log("npx -y pnpm@12 bench export [rounds, 5] [spans, 60000] [MB of a spool, 1000]");
else await benchExport(Number(given ?? 5), Number(rest[0] ?? 60_000), Number(rest[1] ?? 1000));
