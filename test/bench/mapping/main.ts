/**
 * What it costs to make records of a span, beside the floors that physics sets.
 *
 *   npx -y pnpm@12 bench mapping --help
 */
import { parseArgs } from "node:util";
import { interleave, type Measured, pairedRatio, type Variant } from "../interleave.ts";
import { spans } from "./spans.ts";
import { FLOORS, type FormatTask, formatTasks, type OtherTask, otherTasks, type Task } from "./tasks.ts";

const HELP = `CPU time from an ended span (25 attributes, 2 KB of messages in, 1 KB out) to the bytes of its record: read, mapped, held to the
vendor's schema, written as JSON, encoded. All of it runs in turn, in short rounds in shuffled order, so that drift of the machine hits
all alike; a ratio is the median over the rounds of one to the other.

  npx -y pnpm@12 bench mapping [--rounds N] [--only NAME] [--check]

  splice       the JSON texts of the span put between others, encoded: what carries messages as they are can do no less
  restructure  both texts parsed, their messages written once as JSON, encoded: the floor of the six formats
  own record   both texts parsed, the finished record of this format written as JSON, encoded: some say content twice,
               CyberPod's holds a hash of it. Of OTLP the finished span written as JSON: it carries messages as they
               are, but as text in text

  --only       formats and tasks whose name holds this; the floors are always measured
  --check      end with 1 where something is above its bar, which is marked with !`;

/** Times the floor of a format: `restructure`, of OTLP its own record. */
const MAX_RATIO = 1.5;

const { values } = parseArgs({
  options: {
    rounds: { type: "string", default: "30" },
    only: { type: "string" },
    check: { type: "boolean", default: false },
    help: { type: "boolean", short: "h", default: false },
  },
});

const row = (cells: readonly string[]): string =>
  cells.map((cell, index) => (index === 0 ? cell.padEnd(38) : cell.padStart(14))).join("");

/** Of one span: median over the rounds, and least. */
const micros = ({ median, min }: Measured, per = 1): readonly string[] =>
  [median, min].map((all) => (all / spans.length / per).toFixed(2));

/** One call is one pass over the spans. */
function toVariant({ name, run: once }: Task): Variant {
  return {
    name,
    run: async () => {
      for (const span of spans) once(span);
    },
  };
}

class Table {
  readonly #measured: ReadonlyMap<string, Measured>;
  within = true;

  constructor(measured: readonly Measured[]) {
    this.#measured = new Map(measured.map((one) => [one.name, one]));
  }

  printFloor({ name, bytes }: FormatTask): void {
    const one = this.#measured.get(name);
    if (one !== undefined) console.log(row([`floor: ${name}`, ...micros(one), "", "", "", String(bytes())]));
  }

  printFormat({ name, floor, own, bytes }: FormatTask): void {
    const one = this.#measured.get(name);
    if (one === undefined) return;
    const ratios = [FLOORS.splice.name, FLOORS.restructure.name, own.name].map((other) => {
      const base = this.#measured.get(other);
      const ratio = base === undefined ? Number.NaN : pairedRatio(one, base);
      return (other === floor ? this.#marked(ratio <= MAX_RATIO) : "") + ratio.toFixed(2);
    });
    console.log(row([name, ...micros(one), ...ratios, String(bytes())]));
  }

  printOther({ name, per, most, against }: OtherTask): void {
    const one = this.#measured.get(name);
    if (one === undefined) return;
    const cells = micros(one, per);
    const bar = most === undefined ? "" : `${this.#marked(Number(cells[1]) <= most)}bar ${most.toFixed(1)}`;
    const sum = against.reduce((total, other) => total + (this.#measured.get(other)?.median ?? 0), 0);
    console.log(`${row([name, ...cells])}    ${sum > 0 ? `${(one.median / sum).toFixed(2)} x one by one` : bar}`);
  }

  #marked(isWithin: boolean): string {
    this.within &&= isWithin;
    return isWithin ? "" : "! ";
  }
}

async function run(): Promise<boolean> {
  const isAsked = ({ name }: Task) => values.only === undefined || name.includes(values.only);
  const rounds = Number(values.rounds);
  const floors = Object.values(FLOORS);
  const formats = formatTasks().filter(isAsked);
  const others = otherTasks().filter(isAsked);
  const tasks: readonly Task[] = [...floors, ...formats, ...formats.map(({ own }) => own), ...others];
  const table = new Table(await interleave(tasks.map(toVariant), { rounds, calls: 40, collect: false }));
  console.log(`Node ${process.version}, ${rounds} interleaved rounds, CPU microseconds a span`);
  console.log(row(["", "median", "least", "x splice", "x restructure", "x own record", "bytes"]));
  for (const floor of floors) table.printFloor(floor);
  for (const format of formats) table.printFormat(format);
  for (const other of others) table.printOther(other);
  return table.within;
}

if (values.help) console.log(HELP);
else if (!(await run()) && values.check) process.exitCode = 1;
