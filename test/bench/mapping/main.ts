/**
 * What it costs to make records of a span, beside the floors that physics sets.
 *
 *   npx -y pnpm@12 bench mapping --help
 */
import { parseArgs } from "node:util";
import { interleave, type Measured, pairedRatio } from "../interleave.ts";
import { spans } from "./spans.ts";
import { FLOORS, type Floor, formatTasks, otherTasks, type Task } from "./tasks.ts";

const HELP = `CPU time from an ended span (25 attributes, 2 KB of messages in, 1 KB out) to the bytes of its record: read, mapped, checked by the
vendor's schema, written as JSON, encoded. Everything runs in turn in short rounds, so that drift of the machine hits all alike; the
ratio is the median over the rounds of one to the other.

  npx -y pnpm@12 bench mapping [--rounds N] [--only NAME] [--check]

  splice       floor of what carries messages as they are: the JSON texts of the span put between others, encoded
  restructure  floor of what turns messages into others: both texts parsed, one stringify of the messages, encoded
  own record   parse both texts, stringify the finished record of this format, encode: some records say content twice

  --check      end with 1 where something is above its bar`;

/** Times its floor; microseconds. */
const MOST_RATIO = 1.5;
const BARS: Readonly<Record<string, number>> = {
  "normalise, current form": 1,
  "normalise, flattened OpenInference": 15,
  "redact a span, a KB": 1.5,
};

const { values } = parseArgs({
  options: {
    rounds: { type: "string", default: "30" },
    only: { type: "string" },
    check: { type: "boolean", default: false },
    help: { type: "boolean", short: "h", default: false },
  },
});

const row = (cells: readonly string[]): string =>
  cells.map((cell, index) => (index === 0 ? cell.padEnd(38) : cell.padStart(13))).join("");

async function run(): Promise<boolean> {
  const isAsked = ({ name }: Task) => values.only === undefined || name.includes(values.only);
  const formats = formatTasks();
  const tasks = [...Object.values(FLOORS), ...formats, ...formats.flatMap(({ own = [] }) => own), ...otherTasks()];
  const floors: readonly Task[] = Object.values(FLOORS);
  const rounds = Number(values.rounds);
  const asked = tasks.filter((task) => isAsked(task) || floors.includes(task));
  const measured = await interleave(asked.map(toVariant), { rounds, calls: 40, collect: false });
  const byName = new Map(measured.map((one) => [one.name, one]));
  const of = (name: string): Measured | undefined => byName.get(name);
  let within = true;

  console.log(
    `Node ${process.version}, ${rounds} interleaved rounds; CPU microseconds a span: median over the rounds, and least`,
  );
  console.log(row(["", "us", "least", "x splice", "x restructure", "x own record", "bytes"]));
  for (const { name, bytes } of floors) {
    const floor = of(name);
    if (floor !== undefined)
      console.log(row([`floor: ${name}`, ...micros(floor), "", "", "", String(bytes?.() ?? "")]));
  }
  for (const { name, floor, own, bytes } of formats) {
    const one = of(name);
    if (one === undefined) continue;
    const [self] = own ?? [];
    const ownFloor = self && of(self.name);
    const ratios = (Object.keys(FLOORS) as Floor[]).map((kind) => {
      const base = of(FLOORS[kind].name);
      const ratio = base === undefined ? 0 : pairedRatio(one, base);
      if (kind !== floor) return ratio.toFixed(2);
      within &&= ratio <= MOST_RATIO;
      return `${ratio <= MOST_RATIO ? "" : "! "}${ratio.toFixed(2)}`;
    });
    console.log(
      row([
        name,
        ...micros(one),
        ...ratios,
        ownFloor ? pairedRatio(one, ownFloor).toFixed(2) : "",
        String(bytes?.() ?? ""),
      ]),
    );
  }
  for (const { name, per = 1, against } of otherTasks()) {
    const one = of(name);
    if (one === undefined) continue;
    const bar = BARS[name];
    const least = one.min / spans.length / per;
    if (bar !== undefined) within &&= least <= bar;
    const sum = against?.reduce((total, other) => total + (of(other)?.median ?? 0), 0);
    const note = bar !== undefined ? `bar ${bar}` : sum ? `${(one.median / sum).toFixed(2)} of one by one` : "";
    console.log(
      row([name, (one.median / spans.length / per).toFixed(2), least.toFixed(2)]) +
        `  ${bar !== undefined && least > bar ? "! " : ""}${note}`,
    );
  }
  return within;
}

/** One call is one pass over the spans. */
function toVariant({ name, run: once }: Task) {
  return {
    name,
    run: async () => {
      for (const span of spans) once(span);
    },
  };
}

function micros({ median, min }: Measured): readonly string[] {
  return [(median / spans.length).toFixed(2), (min / spans.length).toFixed(2)];
}

if (values.help) console.log(HELP);
else if (!(await run()) && values.check) process.exitCode = 1;
