/** Runs the cases of many clients: each copy in each module format and each Node, bare and with each instrumentation. */
import { fileURLToPath } from "node:url";
import { startBehaviourServer } from "../../support/behaviour-server.ts";
import type { Scale } from "./case.ts";
import { casesOf } from "./cases.ts";
import { type ClientCopy, createClientCopies, majorOf, readCopy } from "./client-copies.ts";
import type { Driver, Format } from "./driver.ts";
import { type InstrumentFunction, loadInstrument } from "./instrument.ts";
import { isWithin, type NodeBinary } from "./nodes.ts";
import { type CaseVerdict, judge, judgeProcess, type RunReport } from "./report.ts";
import { runChild } from "./run-child.ts";

/** An application: one client library in one version, one module format, one Node. */
export interface Application {
  readonly driver: Driver;
  readonly copy: ClientCopy;
  readonly format: Format;
  readonly node: NodeBinary;
}

/** A kind of instrumentation. */
export interface Way {
  readonly name: string;
  /** As `loadInstrument` takes it. */
  readonly instrument: string;
}

export interface Column {
  readonly application: Application;
  readonly way: string;
  readonly verdicts: readonly CaseVerdict[];
  /** Why it could not be run at all. */
  readonly unsupported?: string;
  /** The process did not come to its end. */
  readonly crashed?: string;
}

export interface MatrixOptions {
  readonly applications: readonly Application[];
  readonly ways: readonly Way[];
  readonly cases?: readonly string[] | undefined;
  readonly scale: Scale;
  /** Processes at a time. They wait most of the time: four for each processor are right. */
  readonly jobs: number;
  onColumn?(column: Column, done: number, all: number): void;
}

const own = (file: string): string => fileURLToPath(new URL(`../instruments/${file}`, import.meta.url));

/** The two ways into genspan that have different mechanisms. */
export const OWN_WAYS: readonly Way[] = [
  { name: "instrument", instrument: own("genspan-instrument.ts") },
  { name: "global", instrument: own("genspan-global.ts") },
];

/** A way for `--instrument`. Rejects where the module does not keep the contract. */
export async function wayOf(reference: string): Promise<Way> {
  const found: InstrumentFunction = await loadInstrument(reference);
  const name = found.name === "instrument" ? (reference.split("/").at(-1) ?? reference) : found.name;
  return { name, instrument: reference };
}

export const FORMATS: readonly Format[] = ["cjs", "esm"];

export function applicationsOf(
  drivers: readonly Driver[],
  formats: readonly Format[],
  nodes: readonly NodeBinary[],
): readonly Application[] {
  return drivers.flatMap((driver) =>
    driver.installed
      .map((installed) => readCopy(driver.module, installed))
      .flatMap((copy) =>
        (driver.formats ?? FORMATS)
          .filter((format) => formats.includes(format))
          .flatMap((format) => nodes.map((node): Application => ({ driver, copy, format, node }))),
      ),
  );
}

const nameOf = ({ driver, copy, format, node }: Application): string =>
  [driver.name, copy.version, format, node.version].join("-");

export async function runMatrix(options: MatrixOptions): Promise<readonly Column[]> {
  const { applications, ways, cases, scale, jobs } = options;
  const server = await startBehaviourServer();
  const copies = createClientCopies();
  const limited = limiter(jobs);
  let done = 0;

  async function run(application: Application, way: Way | undefined): Promise<RunReport | string> {
    const { driver, copy, format, node } = application;
    const url = server.open(sessionOf(application, way), driver.replies);
    const entry = copies.entry(copy, format);
    const instrument = way?.instrument;
    const child = { client: driver.name, entry, major: majorOf(copy), instrument, url, cases, scale };
    return limited(() => runChild(child, node.path).catch((error: unknown) => String(error)));
  }

  async function column(application: Application, way: Way, bare: Promise<RunReport | string>): Promise<Column> {
    const about = { application, way: way.name };
    const { engines } = application.copy;
    const { version } = application.node;
    const made = await (engines === undefined || isWithin(engines, version)
      ? verdicts(application, way, bare)
      : { verdicts: [], unsupported: `Node ${version} is not ${engines}` });
    const finished = { ...about, ...made };
    done += 1;
    options.onColumn?.(finished, done, applications.length * ways.length);
    return finished;
  }

  async function verdicts(
    application: Application,
    way: Way,
    bare: Promise<RunReport | string>,
  ): Promise<Pick<Column, "verdicts" | "crashed">> {
    const [without, traced] = await Promise.all([bare, run(application, way)]);
    if (typeof without === "string") return { verdicts: [], crashed: `bare: ${without}` };
    if (typeof traced === "string") return { verdicts: [], crashed: traced };
    const { driver, copy } = application;
    const observed = (report: RunReport, ranAs: Way | undefined, name: string) => {
      const found = report.cases.find((candidate) => candidate.name === name);
      if (!found) throw new Error(`case ${name} did not run`);
      return { report: found, server: server.seen(sessionOf(application, ranAs), name) };
    };
    const judging = { driver, scale, conventions: traced.conventions };
    const judged = casesOf(driver, { major: majorOf(copy), cases }).map((behaviourCase) => {
      const { name } = behaviourCase;
      return judge(behaviourCase, observed(without, undefined, name), observed(traced, way, name), judging);
    });
    return { verdicts: [...judged, judgeProcess(without, traced)] };
  }

  const sessionOf = (application: Application, way: Way | undefined): string =>
    `${nameOf(application)}-${way?.name ?? "bare"}`;

  try {
    return await Promise.all(
      applications.flatMap((application) => {
        const { engines } = application.copy;
        const isSupported = engines === undefined || isWithin(engines, application.node.version);
        const bare = isSupported ? run(application, undefined) : Promise.resolve("not supported");
        return ways.map((way) => column(application, way, bare));
      }),
    );
  } finally {
    copies.remove();
    await server.close();
  }
}

/** Lets so many tasks run at a time, in the order in which they were given. */
function limiter(jobs: number): <T>(task: () => Promise<T>) => Promise<T> {
  const waiting: (() => void)[] = [];
  let running = 0;
  return async (task) => {
    if (running >= jobs) await new Promise<void>((resolve) => waiting.push(resolve));
    else running += 1;
    try {
      return await task();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else running -= 1;
    }
  };
}
