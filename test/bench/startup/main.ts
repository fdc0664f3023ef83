/**
 * What it costs to start with genspan: whole processes, in turn.
 *
 *   npx -y pnpm@12 bench startup --help
 */
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

const HELP = `Time from start to end of a process that does nothing but load: wall and CPU, least and median of all rounds, above Node alone.

  npx -y pnpm@12 bench startup [--rounds N] [--check]

  --check   end with 1 where genspan/register costs above 15 ms more than importing the OpenTelemetry SDK and its OTLP exporter,
            or the instrumentation alone above 30 ms (least CPU time, which a busy machine disturbs least)`;

const { values } = parseArgs({
  options: {
    rounds: { type: "string", default: "30" },
    check: { type: "boolean", default: false },
    help: { type: "boolean", short: "h", default: false },
  },
});

const file = (name: string): string => fileURLToPath(new URL(name, import.meta.url));
const VARIANTS: Readonly<Record<string, readonly string[]>> = {
  "Node alone": [],
  "OpenTelemetry SDK + OTLP exporter": ["--import", file("sdk-and-exporter.mjs")],
  "genspan/register": ["--import", "genspan/register"],
  "@genspan/instrumentation": ["--import", file("instrumentation.mjs")],
};
/** The last thing that the process does: CPU milliseconds that it took. */
const SCRIPT = "process.stdout.write(String((process.cpuUsage().user + process.cpuUsage().system) / 1e3))";

interface Times {
  readonly wall: number[];
  readonly cpu: number[];
}

function measure(rounds: number): ReadonlyMap<string, Times> {
  const times = new Map<string, Times>(Object.keys(VARIANTS).map((name) => [name, { wall: [], cpu: [] }]));
  for (let round = 0; round <= rounds; round++) {
    for (const [name, args] of Object.entries(VARIANTS)) {
      const before = performance.now();
      const { stdout, status, stderr } = spawnSync(process.execPath, [...args, "--eval", SCRIPT], {
        cwd: file("."),
        encoding: "utf8",
      });
      if (status !== 0) throw new Error(`${name} failed: ${stderr}`);
      if (round === 0) continue; // fills the file cache
      times.get(name)?.wall.push(performance.now() - before);
      times.get(name)?.cpu.push(Number(stdout));
    }
  }
  return times;
}

const sorted = (numbers: readonly number[]): readonly number[] => [...numbers].sort((left, right) => left - right);
const least = (numbers: readonly number[]): number => sorted(numbers)[0] ?? 0;
const median = (numbers: readonly number[]): number => sorted(numbers)[numbers.length >> 1] ?? 0;

function run(): boolean {
  const rounds = Number(values.rounds);
  const times = measure(rounds);
  const cost = (name: string, kind: keyof Times, of: (numbers: readonly number[]) => number): number =>
    of(times.get(name)?.[kind] ?? []) - of(times.get("Node alone")?.[kind] ?? []);
  console.log(`Node ${process.version}, ${rounds} rounds, milliseconds above Node alone`);
  console.log(
    `${"".padEnd(36)}${["CPU least", "median", "wall least", "median"].map((it) => it.padStart(12)).join("")}`,
  );
  for (const name of Object.keys(VARIANTS).slice(1)) {
    const cells = [
      cost(name, "cpu", least),
      cost(name, "cpu", median),
      cost(name, "wall", least),
      cost(name, "wall", median),
    ];
    console.log(`${name.padEnd(36)}${cells.map((cell) => cell.toFixed(1).padStart(12)).join("")}`);
  }
  const above = cost("genspan/register", "cpu", least) - cost("OpenTelemetry SDK + OTLP exporter", "cpu", least);
  const alone = cost("@genspan/instrumentation", "cpu", least);
  console.log(
    `genspan/register above SDK + exporter: ${above.toFixed(1)} ms (limit 15); instrumentation: ${alone.toFixed(1)} ms (limit 30)`,
  );
  return above <= 15 && alone <= 30;
}

if (values.help) console.log(HELP);
else if (!run() && values.check) process.exitCode = 1;
