/**
 * Export to a receiver in another process: spans a second, CPU time for each span (all threads), and peak memory, of
 * our processor beside the SDK's `BatchSpanProcessor` with the stock OTLP exporters, at several numbers of
 * destinations. Each run is a process of its own; pipelines take turns in shuffled order, so that drift of the machine
 * hits all alike. Prints medians, and least CPU time; it judges nothing and fails on nothing.
 *
 *   npx -y pnpm@12 bench export [rounds] [spans]
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

async function benchExport(rounds = 5, spans = 30_000): Promise<void> {
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
  } finally {
    rmSync(folder, { recursive: true, force: true });
    sink.disconnect();
  }
}

async function runOnce(given: readonly string[]): Promise<Run> {
  const flags = ["--expose-gc", ...process.execArgv.filter((flag) => flag.startsWith("--conditions"))];
  const { stdout } = await promisify(execFile)(process.execPath, [...flags, here("./child.ts"), ...given]);
  return JSON.parse(stdout) as Run; // as the child prints it
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
if (given === "--help") console.log("npx -y pnpm@12 bench export [rounds, 5] [spans, 30000]");
else await benchExport(Number(given ?? 5), Number(rest[0] ?? 30_000));
