/** The child process of run-child.ts: an application that makes the calls of every case and reports what it saw. */
import { get } from "node:http";
import { createRequire } from "node:module";
import { setTimeout as sleep } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { context, trace } from "@opentelemetry/api";
import { DONE, IDLE } from "../../support/behaviour-server.ts";
import { startTracing, type Tracing } from "../../support/tracing.ts";
import { type BehaviourCase, type CaseContext, spansOf } from "./case.ts";
import { casesOf } from "./cases.ts";
import { type Description, describeError } from "./describe-value.ts";
import type { Driver } from "./driver.ts";
import { driverOf } from "./drivers.ts";
import { type Instrumented, loadInstrument } from "./instrument.ts";
import type { CaseReport, RunReport, SeenSpan } from "./report.ts";
import type { ChildOptions } from "./run-child.ts";

/** The span of the application, under which each case runs. */
const APPLICATION = "application";

/** Turns of 10 ms in which a rejection has to come. */
const REJECTION_WAITS = 200;

interface Surroundings {
  readonly options: ChildOptions;
  readonly driver: Driver;
  readonly library: object;
  readonly tracing: Tracing;
  readonly rejections: readonly unknown[];
  readonly instrumented: Instrumented;
}

async function main(options: ChildOptions): Promise<RunReport> {
  const driver = driverOf(options.client);
  const tracing = startTracing({ register: true });
  const instrumented = await instrumentation(options, driver, tracing);
  const library = await load(options.entry);
  const rejections: unknown[] = [];
  process.on("unhandledRejection", (reason) => rejections.push(reason));
  const surroundings = { options, driver, library, tracing, rejections, instrumented };
  const cases: CaseReport[] = [];
  for (const behaviourCase of casesOf(driver, options)) {
    rejections.length = 0;
    cases.push(await runCase(behaviourCase, surroundings));
  }
  await sleep(50);
  const late = tracing.spans.started.filter(isOfCall(driver)).map((span) => span.name);
  const failures = instrumented.failures?.() ?? { count: 0, last: undefined };
  return { cases, late, listeners: listeners(), failures, conventions: instrumented.conventions };
}

async function instrumentation({ instrument }: ChildOptions, driver: Driver, tracing: Tracing): Promise<Instrumented> {
  if (instrument === undefined) return {};
  const start = await loadInstrument(instrument);
  return (await start({ tracerProvider: tracing.provider, module: driver.module })) ?? {};
}

async function load(entry: string): Promise<object> {
  if (entry.endsWith(".cjs")) return createRequire(entry)(entry) as object; // what the library exports
  return (await import(pathToFileURL(entry).href)) as object; // its namespace
}

/** Listeners on the process itself, which would keep what they close over for good. */
const listeners = (): Readonly<Record<string, number>> =>
  Object.fromEntries(process.eventNames().map((name) => [String(name), process.listenerCount(String(name))]));

/** By plain HTTP: `fetch` is the application's, and may be instrumented. */
async function control(url: string): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    get(url, { agent: false }, (response) => response.resume().on("end", resolve)).on("error", reject);
  });
}

async function collectGarbage(url: string): Promise<void> {
  await sleep(10); // a request that was just made reaches the server
  await control(`${url}/${IDLE}`);
  await sleep(20);
  for (let round = 0; round < 5; round++) {
    globalThis.gc?.();
    await sleep(5);
  }
}

function contextOf(name: string, surroundings: Surroundings): CaseContext {
  const { options, driver, library, instrumented, rejections } = surroundings;
  const url = `${options.url}/${name}`;
  const Client = driver.clientClass(library) as new (given: object) => object; // takes what the driver makes
  class Subclass extends Client {}
  const instrument = <T extends object>(client: T): T => instrumented.client?.(client) ?? client;
  const create: CaseContext["create"] = (asked = {}, kind = "own") => {
    const given = driver.options({ url, ...asked }, library);
    const client = kind === "subclass" ? new Subclass(given) : new Client(given);
    return instrument(kind === "frozen" ? Object.freeze(client) : client);
  };
  const { major, scale } = options;
  const unhandledRejection = async (): Promise<void> => {
    for (let wait = 0; wait < REJECTION_WAITS && rejections.length === 0; wait++) await sleep(10);
  };
  return {
    client: create(),
    library,
    url,
    major,
    scale,
    create,
    instrument,
    unhandledRejection,
    collectGarbage: () => collectGarbage(url),
  };
}

async function runCase(behaviourCase: BehaviourCase, surroundings: Surroundings): Promise<CaseReport> {
  const { options, tracing, rejections } = surroundings;
  const active = tracing.provider.getTracer(APPLICATION).startSpan(APPLICATION);
  const outcome = await context.with(trace.setSpan(context.active(), active), async (): Promise<Description> => {
    try {
      return await behaviourCase.run(contextOf(behaviourCase.name, surroundings));
    } catch (error) {
      return { threw: describeError(error) };
    }
  });
  active.end();
  // Now the server sends the rest of a stream that the application has left, if anybody still reads it.
  await control(`${options.url}/${behaviourCase.name}/${DONE}`);
  await control(`${options.url}/${behaviourCase.name}/${IDLE}`);
  await sleep(10);
  if (options.instrument !== undefined) await tracing.spans.settle(spansOf(behaviourCase, options.scale) + 1);
  const { started, ended, open, endedTwice } = tracing.spans;
  const isCall = isOfCall(surroundings.driver);
  const parents = new Set(started.filter((span) => !isCall(span)).map((span) => span.spanContext().spanId));
  const report: CaseReport = {
    name: behaviourCase.name,
    outcome: comparable(outcome, surroundings),
    unhandled: rejections.length,
    started: started.filter(isCall).length,
    ended: ended.filter(isCall).map(
      (span): SeenSpan => ({
        name: span.name,
        kind: span.kind,
        attributes: span.attributes,
        status: { code: span.status.code },
        underActive: parents.has(span.parentSpanContext?.spanId ?? ""),
      }),
    ),
    open: open.filter(isCall).map((span) => span.name),
    endedTwice: endedTwice.filter(isCall).map((span) => span.name),
  };
  tracing.spans.clear();
  return report;
}

/** Without what differs from run to run: the address of the session, and fields that the driver names. */
function comparable(outcome: Description, { options, driver }: Surroundings): Description {
  const text = JSON.stringify(outcome, (key, value: unknown) =>
    driver.volatileFields?.includes(key.split(" ")[0] ?? "") ? "<volatile>" : value,
  );
  return JSON.parse(text.replaceAll(options.url, "<url>")) as Description; // a description has none but JSON values
}

type Named = { readonly name: string; readonly instrumentationScope: { readonly name: string } };

/** Whether a span is neither the application's nor one that the library makes for its own steps. */
function isOfCall({ ownSpans }: Driver): (span: Named) => boolean {
  return ({ name, instrumentationScope }) => instrumentationScope.name !== APPLICATION && !ownSpans?.test(name);
}

// Nobody is left to report to.
process.on("disconnect", () => process.exit(1));

main(JSON.parse(process.argv[2] ?? "") as ChildOptions).then(
  (report) => process.send?.(report, () => process.exit(0)),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
