/** `npx -y pnpm@12 conformance`: whether an application can tell that its client library is instrumented. */
import { availableParallelism } from "node:os";
import { parseArgs } from "node:util";
import { allCasesOf } from "./behaviour/cases.ts";
import type { Driver, Format } from "./behaviour/driver.ts";
import { DRIVERS, driverOf } from "./behaviour/drivers.ts";
import { applicationsOf, FORMATS, OWN_WAYS, runMatrix, wayOf } from "./behaviour/matrix.ts";
import { NODES, nodeOf } from "./behaviour/nodes.ts";
import { entriesOf, failuresOf, printFailures, printTables } from "./behaviour/table.ts";
import { memoryCommand } from "./memory/command.ts";

const HELP = `Makes every client library call a local model server, bare and instrumented, and compares all that the application
and the server can see: values, types, prototypes, own properties, errors, order, chunks sent, connections, unhandled rejections.

  npx -y pnpm@12 conformance [options]
  npx -y pnpm@12 conformance memory --help

  --client NAME[,NAME]   only these of ${DRIVERS.map(({ name }) => name).join(", ")}
  --current              only the current version of each client
  --node N[,N]           only these of ${NODES.join(", ")}, or the path of a node
  --format cjs|esm       only this module format
  --case NAME[,NAME]     only these cases (--cases prints their names)
  --instrument MODULE    another instrumentation in the place of genspan: a module that exports instrument(setup), see
                         test/conformance/README.md; MODULE#name for another export
  --calls N              calls at once in chat_manyAtOnce (default 500)
  --clients N            clients in client_perRequest (default 1000)
  --jobs N               processes at a time (default: four for each processor)
  --json                 every verdict as JSON, instead of the tables

A cell is the worst of all ways of instrumenting:
  ok       no difference, and one complete span for each model call
  breaks   the application or the server can tell the difference
  leaks    a span never ended or ended twice, or something stays on the process
  silent   fewer spans than model calls
  extra    more spans than model calls          } only for instrumentations that
  wrong    a span contradicts the conventions   } are held against the conventions
  -        the client cannot do this
Ends with 1 where any cell is neither ok nor -.`;

const LIST = (text: string | undefined): readonly string[] | undefined => text?.split(",").filter(Boolean);

async function main(): Promise<number> {
  const [subcommand, ...rest] = process.argv.slice(2);
  return subcommand === "memory" ? memoryCommand(rest) : conformance();
}

async function conformance(): Promise<number> {
  const text = { type: "string" } as const;
  const flag = { type: "boolean", default: false } as const;
  const { values } = parseArgs({
    options: {
      client: text,
      node: text,
      format: text,
      case: text,
      instrument: text,
      calls: text,
      clients: text,
      jobs: text,
      current: flag,
      cases: flag,
      json: flag,
      help: { ...flag, short: "h" },
    },
  });
  if (values.help) return print(HELP);
  const drivers = (LIST(values.client)?.map(driverOf) ?? DRIVERS).map((driver) => versionsOf(driver, values.current));
  if (values.cases) return print(caseNames(drivers).join("\n"));
  const cases = LIST(values.case);
  const unknown = cases?.filter((name) => !caseNames(drivers).includes(name)) ?? [];
  if (unknown.length > 0) throw new Error(`No case is called ${unknown.join(", ")}: --cases prints the names.`);
  const formats = LIST(values.format)?.map(formatOf) ?? FORMATS;
  const columns = await runMatrix({
    applications: applicationsOf(drivers, formats, (LIST(values.node) ?? NODES).map(nodeOf)),
    ways: values.instrument === undefined ? OWN_WAYS : [await wayOf(values.instrument)],
    cases,
    scale: { callsAtOnce: numberOf(values.calls, 500), clients: numberOf(values.clients, 1_000) },
    jobs: numberOf(values.jobs, availableParallelism() * 4),
    onColumn: (_, done, all) => progress(`${done} of ${all} runs`),
  });
  progress("");
  const failures = failuresOf(columns);
  if (values.json) print(JSON.stringify(entriesOf(columns), null, 2));
  else {
    print(printTables(columns));
    const held = columns.flatMap(({ verdicts }) => verdicts).filter(({ verdict }) => verdict === "ok").length;
    if (failures.length > 0) print(`\n${printFailures(failures)}`);
    print(`\n${held} ok, ${failures.length} not`);
  }
  return failures.length > 0 || columns.every(({ unsupported }) => unsupported !== undefined) ? 1 : 0;
}

function print(text: string): 0 {
  process.stdout.write(`${text}\n`);
  return 0;
}

/** On a terminal only, and never in the output. */
function progress(text: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${text}`);
}

const versionsOf = (driver: Driver, current: boolean): Driver =>
  current ? { ...driver, installed: driver.installed.slice(0, 1) } : driver;

const caseNames = (drivers: readonly Driver[]): readonly string[] => [
  ...new Set(drivers.flatMap((driver) => allCasesOf(driver).map(({ name }) => name))),
];

function formatOf(text: string): Format {
  const found = FORMATS.find((format) => format === text);
  if (!found) throw new Error(`There is no module format ${text}: cjs or esm.`);
  return found;
}

function numberOf(text: string | undefined, otherwise: number): number {
  const number = Number(text ?? otherwise);
  if (!Number.isInteger(number) || number < 1) throw new Error(`${text} is no whole number above 0.`);
  return number;
}

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 2;
  },
);
