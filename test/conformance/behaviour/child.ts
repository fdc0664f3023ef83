/** The child process of run-child.ts: an application that makes the calls of every case and reports what it saw. */
import { createRequire } from "node:module";
import { setTimeout as sleep } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { context, type Tracer, trace } from "@opentelemetry/api";
import type OpenAI from "openai";
import { startTracing, type Tracing } from "../../support/tracing.ts";
import { badInstrumentations } from "../bad-instrument.ts";
import { CASES } from "../cases.ts";
import type { BehaviourCase, CaseContext } from "./case.ts";
import { type Description, describeError } from "./describe-value.ts";
import type { CaseReport, RunReport, SeenSpan } from "./report.ts";
import type { ChildOptions } from "./run-child.ts";

type Library = typeof import("openai");
type Instrument = (client: OpenAI) => OpenAI;

/** The span of the application, under which each case runs. */
const APPLICATION = "application";

async function main(options: ChildOptions): Promise<RunReport> {
  const tracing = startTracing({ register: true });
  const instrument = await instrumentation(options);
  const library = await load(options.entry);
  const rejections: unknown[] = [];
  process.on("unhandledRejection", (reason) => rejections.push(reason));
  const cases: CaseReport[] = [];
  for (const behaviourCase of CASES.filter(({ since = 0 }) => since <= options.version)) {
    rejections.length = 0;
    cases.push(await runCase(behaviourCase, { options, library, tracing, rejections, instrument }));
  }
  await sleep(50);
  const late = tracing.spans.started.filter((span) => span.instrumentationScope.name !== APPLICATION);
  const { ownErrors, lastOwnError } = await ownFailures(options);
  return { cases, late: late.map((span) => span.name), ownErrors, lastOwnError };
}

async function load(entry: string): Promise<Library> {
  if (entry.endsWith(".cjs")) return createRequire(entry)(entry) as Library; // the entry exports the library
  return (await import(pathToFileURL(entry).href)) as Library; // the entry exports the library
}

async function instrumentation({ mode }: ChildOptions): Promise<Instrument> {
  if (mode === "bare") return (client) => client;
  if (mode !== "instrument" && mode !== "global") return badInstrumentations[mode];
  const { GenAIInstrumentation, instrument } = await import("@genspan/instrumentation");
  if (mode === "instrument") return (client) => instrument(client);
  new GenAIInstrumentation({ captureContent: "span", captureRaw: true, captureStacktrace: true }).enable();
  return (client) => client;
}

async function ownFailures({ mode }: ChildOptions): Promise<Pick<RunReport, "ownErrors" | "lastOwnError">> {
  if (mode !== "instrument" && mode !== "global") return { ownErrors: 0, lastOwnError: undefined };
  const { status } = await import("@genspan/instrumentation");
  return status();
}

interface Surroundings {
  readonly options: ChildOptions;
  readonly library: Library;
  readonly tracing: Tracing;
  readonly rejections: readonly unknown[];
  readonly instrument: Instrument;
}

/** Makes clients of a case's server; each is instrumented. */
function clientFactory(name: string, { options, library, instrument }: Surroundings): CaseContext["create"] {
  const server = `${options.url}/${name}`;
  class Subclass extends library.OpenAI {}
  const defaults = { apiKey: "key", baseURL: `${server}/v1`, maxRetries: 0 };
  const azure = { apiKey: "key", endpoint: server, apiVersion: "2024-10-21", deployment: "gpt", maxRetries: 0 };
  return (clientOptions = {}, kind = "OpenAI") => {
    if (kind === "AzureOpenAI") return instrument(new library.AzureOpenAI(azure)); // takes no options of its sibling
    const Client = kind === "subclass" ? Subclass : library.OpenAI;
    return instrument(new Client({ ...defaults, ...clientOptions }));
  };
}

async function collectGarbage(): Promise<void> {
  await sleep(60);
  for (let round = 0; round < 5; round++) {
    globalThis.gc?.();
    await sleep(5);
  }
}

async function runCase(behaviourCase: BehaviourCase, surroundings: Surroundings): Promise<CaseReport> {
  const { options, library, tracing, rejections } = surroundings;
  const create = clientFactory(behaviourCase.name, surroundings);
  const client = create();
  // Version 4 has these helpers on `beta` only; the methods are the same.
  const beta = client.beta as unknown as OpenAI;
  const chatHelpers = options.version === 4 ? beta.chat.completions : client.chat.completions;
  const tracer: Tracer = tracing.provider.getTracer(APPLICATION);
  const active = tracer.startSpan(APPLICATION);
  const outcome = await context.with(trace.setSpan(context.active(), active), async (): Promise<Description> => {
    try {
      return await behaviourCase.run({ client, library, chatHelpers, create, collectGarbage });
    } catch (error) {
      return { threw: describeError(error) };
    }
  });
  active.end();
  if (options.mode !== "bare") await tracing.spans.settle(behaviourCase.spans + 1);
  // Long enough for the server to send the rest of a stream that nobody reads.
  await sleep(/break|abort|throw|byHand/i.test(behaviourCase.name) ? 120 : 10);
  const isOurs = (span: { readonly instrumentationScope: { readonly name: string } }): boolean =>
    span.instrumentationScope.name !== APPLICATION;
  const report = {
    name: behaviourCase.name,
    outcome,
    unhandled: rejections.length,
    ended: tracing.spans.ended.filter(isOurs).map(
      (span): SeenSpan => ({
        name: span.name,
        kind: span.kind,
        attributes: span.attributes,
        status: { code: span.status.code },
        underActive: span.parentSpanContext?.spanId === active.spanContext().spanId,
      }),
    ),
    open: tracing.spans.open.filter(isOurs).map((span) => span.name),
  };
  tracing.spans.clear();
  return report;
}

main(JSON.parse(process.argv[2] ?? "") as ChildOptions).then(
  (report) => process.send?.(report, () => process.exit(0)),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
