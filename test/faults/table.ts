import type { CaseRun } from "./run-case.ts";

type Align = "left" | "right";

interface Column {
  readonly title: string;
  readonly align: Align;
  readonly cell: (run: CaseRun, against: CaseRun | undefined) => string;
}

const count =
  (pick: (run: CaseRun) => number): Column["cell"] =>
  (run) =>
    String(pick(run));
const other =
  (pick: (run: CaseRun) => number): Column["cell"] =>
  (_run, against) =>
    against === undefined ? "" : String(Math.round(pick(against)));

const OURS: readonly Column[] = [
  { title: "#", align: "right", cell: (run) => String(run.case.number) },
  { title: "case", align: "left", cell: (run) => run.case.name },
  { title: "spans", align: "right", cell: count(({ tally }) => tally.produced) },
  { title: "arrived", align: "right", cell: count(({ tally }) => tally.delivered) },
  { title: "dead", align: "right", cell: count(({ tally }) => tally.dead) },
  { title: "queued", align: "right", cell: count(({ tally }) => tally.queued) },
  { title: "dropped", align: "right", cell: count(({ tally }) => tally.dropped) },
  { title: "LOST", align: "right", cell: count(({ tally }) => tally.lost) },
  { title: "twice", align: "right", cell: count(({ tally }) => tally.duplicates) },
  { title: "stall ms", align: "right", cell: count(({ tally }) => Math.round(tally.stallMillis)) },
  { title: "turn ms", align: "right", cell: count(({ tally }) => Math.round(tally.turnMillis)) },
];

const THEIRS: readonly Column[] = [
  { title: "| batch: LOST", align: "right", cell: other(({ tally }) => tally.lost) },
  { title: "twice", align: "right", cell: other(({ tally }) => tally.duplicates) },
  { title: "stall ms", align: "right", cell: other(({ tally }) => tally.stallMillis) },
  { title: "turn ms", align: "right", cell: other(({ tally }) => tally.turnMillis) },
];

const RESULT: Column = { title: "", align: "left", cell: (run) => verdictOf(run) };

export function verdictOf({ violations }: CaseRun): string {
  return violations.length === 0 ? "ok" : "VIOLATED";
}

/** One line for each case; what does not hold, and what there is to say, is below. */
export function faultTable(runs: readonly CaseRun[], against: readonly CaseRun[]): string {
  const columns = [...OURS, ...(against.length > 0 ? THEIRS : []), RESULT];
  const rows = runs.map((run) => {
    const same = against.find((one) => one.case === run.case);
    return columns.map(({ cell }) => cell(run, same));
  });
  const titles = columns.map(({ title }) => title);
  const widths = titles.map((title, index) => Math.max(title.length, ...rows.map((row) => row[index]?.length ?? 0)));
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, index) => {
        const width = widths[index] ?? 0;
        return columns[index]?.align === "left" ? cell.padEnd(width) : cell.padStart(width);
      })
      .join("  ")
      .trimEnd();
  return [line(titles), ...rows.map(line), "", LEGEND, "", ...remarks(runs)].join("\n").trimEnd();
}

const LEGEND = `LOST: neither arrived nor counted. twice: copies that came again, with the id of the first. stall: the longest time
between two turns of the event loop, other processes included. turn: the most processor time of one turn.`;

function remarks(runs: readonly CaseRun[]): readonly string[] {
  return runs.flatMap(({ case: { number, name, expected }, violations, note }) => [
    ...(note === undefined ? [] : [`${number} ${name}: ${note}`]),
    ...(violations.length === 0 ? [] : [`${number} ${name} VIOLATED: ${expected}`]),
    ...violations.map((violation) => `    ${violation}`),
  ]);
}
