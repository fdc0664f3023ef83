/** `npx -y pnpm@12 faults`: the 48 faults that a delivery must live with, and what became of every span. */
import { parseArgs } from "node:util";
import type { FaultCase } from "./case.ts";
import { faultCases } from "./registry.ts";
import { type CaseRun, runCase } from "./run-case.ts";
import { soak } from "./soak.ts";
import { faultTable, verdictOf } from "./table.ts";

const HELP = `Has programs of their own end spans while the receiver fails, or they are killed, and counts what became of each span:
produced = delivered + dead-lettered + still queued + counted drops, or a span is LOST.

  npx -y pnpm@12 faults [options]

  --case N[,N]                    only these cases (--cases prints them)
  --long                          windows as in an outage: 20,000 spans in 40 s and a fault of 30 s, instead of 2 s of 2 s
  --against batch-span-processor  the same driver with the plain BatchSpanProcessor and OTLP exporter beside it
  --parallel N                    cases at a time (default: 3; 1 for stalls that say something)
  --kills N                       processes that case 31 kills (default: 20)
  --json                          the results as JSON, instead of the table
  --soak                          faults, restarts and kills by chance for --minutes N (default: 30), two destinations
  --help

Progress goes to stderr. Ends with 1 where anything is violated, with 2 for a wrong usage.`;

class UsageError extends Error {}

async function main(): Promise<number> {
  const text = { type: "string" } as const;
  const flag = { type: "boolean", default: false } as const;
  const { values } = parseArgs({
    options: {
      case: text,
      against: text,
      parallel: text,
      kills: text,
      minutes: text,
      long: flag,
      json: flag,
      soak: flag,
      cases: flag,
      help: flag,
    },
  });
  if (values.help) return print(HELP);
  if (values.cases)
    return print(faultCases.map(({ number, name, expected }) => `${number}\t${name}\t${expected}`).join("\n"));
  if (values.soak) return soak({ minutes: numberOf(values.minutes, 30) });
  if (values.against !== undefined && values.against !== "batch-span-processor") {
    throw new UsageError("--against must be batch-span-processor");
  }
  const options = {
    long: values.long,
    parallel: numberOf(values.parallel, 3),
    kills: numberOf(values.kills, 20),
    against: values.against !== undefined,
  };
  const { runs, against } = await runAll(chosen(values.case), options);
  print(values.json ? JSON.stringify([...runs, ...against].map(plainOf), undefined, 2) : faultTable(runs, against));
  return runs.some(({ violations }) => violations.length > 0) ? 1 : 0;
}

function print(text: string): number {
  process.stdout.write(`${text}\n`);
  return 0;
}

function numberOf(text: string | undefined, otherwise: number): number {
  if (text === undefined) return otherwise;
  const value = Number(text);
  if (!(value > 0)) throw new UsageError(`"${text}" is no number above 0`);
  return value;
}

function chosen(numbers: string | undefined): readonly FaultCase[] {
  if (numbers === undefined) return faultCases;
  return numbers.split(",").map((number) => {
    const found = faultCases.find((one) => String(one.number) === number.trim());
    if (found === undefined) throw new UsageError(`there is no case ${number}: --cases prints them`);
    return found;
  });
}

interface RunOptions {
  readonly long: boolean;
  readonly parallel: number;
  readonly kills: number;
  readonly against: boolean;
}

async function runAll(
  cases: readonly FaultCase[],
  { long, parallel, kills, against }: RunOptions,
): Promise<{ readonly runs: readonly CaseRun[]; readonly against: readonly CaseRun[] }> {
  const waiting = cases.flatMap((one) => [
    { one, engine: "genspan" as const },
    ...(against && one.compares !== false ? [{ one, engine: "batch-span-processor" as const }] : []),
  ]);
  const total = waiting.length;
  const done: CaseRun[] = [];
  const work = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const run = await runCase(next.one, { engine: next.engine, long, kills });
      done.push(run);
      const verdict = run.engine === "genspan" ? verdictOf(run) : `${run.tally.lost} lost`;
      const { number, name } = run.case;
      process.stderr.write(
        `[${done.length}/${total}] ${number} ${name}, ${run.engine}: ${verdict}, ${run.seconds.toFixed(1)} s\n`,
      );
    }
  };
  await Promise.all(Array.from({ length: parallel }, work));
  const sorted = done.sort((one, other) => one.case.number - other.case.number);
  return {
    runs: sorted.filter(({ engine }) => engine === "genspan"),
    against: sorted.filter(({ engine }) => engine !== "genspan"),
  };
}

function plainOf({ case: { number, name, expected }, ...rest }: CaseRun): object {
  return { number, name, expected, ...rest };
}

try {
  process.exitCode = await main();
} catch (error) {
  const isUsage = error instanceof UsageError || (error instanceof TypeError && "code" in error);
  process.stderr.write(
    `${isUsage && error instanceof Error ? error.message : String(error instanceof Error ? error.stack : error)}\n`,
  );
  process.exitCode = isUsage ? 2 : 1;
}
