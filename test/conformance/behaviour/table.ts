/** The results of a matrix as text. */
import type { Column } from "./matrix.ts";
import type { Verdict } from "./report.ts";

export interface Failure {
  readonly client: string;
  readonly version: string;
  readonly format: string;
  readonly node: string;
  readonly way: string;
  readonly case: string;
  readonly verdict: Verdict | "crashed";
  readonly why: string;
}

const WORST: readonly Verdict[] = ["breaks", "leaks", "silent", "extra", "wrong", "ok"];

const about = ({
  application: { driver, copy, format, node },
  way,
}: Column): Omit<Failure, "case" | "verdict" | "why"> => ({
  client: driver.name,
  version: copy.version,
  format,
  node: node.label,
  way,
});

/** Everything, one entry for each case of each column, for `--json`. */
export function entriesOf(columns: readonly Column[]): readonly object[] {
  return columns.flatMap((column) => {
    if (column.unsupported) return [{ ...about(column), verdict: "not supported", why: column.unsupported }];
    if (column.crashed) return [{ ...about(column), verdict: "crashed", why: column.crashed }];
    return column.verdicts.map(({ name, verdict, why }) => ({ ...about(column), case: name, verdict, why }));
  });
}

export function failuresOf(columns: readonly Column[]): readonly Failure[] {
  return columns.flatMap((column): readonly Failure[] => {
    if (column.crashed) return [{ ...about(column), case: "-", verdict: "crashed", why: column.crashed }];
    return column.verdicts
      .filter(({ verdict }) => verdict !== "ok")
      .map(({ name, verdict, why }) => ({ ...about(column), case: name, verdict, why }));
  });
}

/** One table for each client: a row for each case, a column for each version, module format and Node; the worst of all ways. */
export function printTables(columns: readonly Column[]): string {
  const clients = [...new Set(columns.map(({ application }) => application.driver.name))];
  return clients
    .map((client) =>
      printTable(
        client,
        columns.filter(({ application }) => application.driver.name === client),
      ),
    )
    .join("\n\n");
}

function printTable(client: string, columns: readonly Column[]): string {
  const groups = Map.groupBy(columns, ({ application: { copy, format, node } }) =>
    [copy.version, format, node.label].join(" "),
  );
  const names = [...new Set(columns.flatMap(({ verdicts }) => verdicts.map(({ name }) => name)))];
  const heads = [...groups.keys()].map((key) => key.split(" "));
  const rows = [
    ...["version", "format", "Node"].map((title, line) => [
      line === 0 ? client : title,
      ...heads.map((it) => it[line] ?? ""),
    ]),
    ...names.map((name) => [name, ...[...groups.values()].map((ways) => cellOf(ways, name))]),
    ...(names.length === 0 ? [["", ...[...groups.values()].map((ways) => cellOf(ways, ""))]] : []),
  ];
  const widths = heads.map((_, column) => Math.max(...rows.map((row) => row[column + 1]?.length ?? 0)));
  const first = Math.max(...rows.map(([name = ""]) => name.length));
  return rows
    .map(([name = "", ...cells]) =>
      [name.padEnd(first), ...cells.map((cell, column) => cell.padEnd(widths[column] ?? 0))].join("  ").trimEnd(),
    )
    .join("\n");
}

function cellOf(ways: readonly Column[], name: string): string {
  if (ways.some(({ unsupported }) => unsupported !== undefined)) return "not supported";
  if (ways.some(({ crashed }) => crashed !== undefined)) return "crashed";
  const verdicts = ways.flatMap(({ verdicts }) => verdicts.filter((candidate) => candidate.name === name));
  return WORST.find((worst) => verdicts.some(({ verdict }) => verdict === worst)) ?? "-";
}

export function printFailures(failures: readonly Failure[]): string {
  return failures
    .map(({ client, version, format, node, way, case: name, verdict, why }) =>
      `${client} ${version} ${format} Node ${node} ${way} ${name}: ${verdict}, ${why}`.slice(0, 2_000),
    )
    .join("\n");
}
