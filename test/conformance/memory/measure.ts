/** How much the heap of one process grows over many streamed calls, some of which the application abandons. */
import { setImmediate as turn } from "node:timers/promises";
import { type Span as ApiSpan, trace } from "@opentelemetry/api";
import { BasicTracerProvider, type ReadableSpan, type SpanProcessor } from "@opentelemetry/sdk-trace-base";
import { memoryFetch } from "../../support/memory-fetch.ts";
import { PROMPT } from "../behaviour/case.ts";
import type { Driver } from "../behaviour/driver.ts";
import { driverOf } from "../behaviour/drivers.ts";
import { chunksOf } from "../behaviour/generic/chunks.ts";
import { loadInstrument } from "../behaviour/instrument.ts";

export interface MemoryRun {
  readonly client: string;
  readonly calls: number;
  /** A new client for each call, unstreamed, instead of one client with streams. */
  readonly newClients: boolean;
  /** As `loadInstrument` takes it; undefined: bare, to see what the client itself keeps. */
  readonly instrument: string | undefined;
}

export interface MemoryReport {
  /** Bytes that the heap grew by, each time after garbage collection. */
  readonly growth: number;
  readonly spansStarted: number;
  /** Never more than started; less where a span leaked. */
  readonly spansEnded: number;
}

/** The first calls make what stays for good: compiled code, shapes, caches, tables as large as what is alive at a time. */
const WARM_UP_CALLS = 3_000;

/** Calls after which an application has a client forget streams that it left. */
const FORGET_EVERY = 2_000;

export async function measureMemory(run: MemoryRun): Promise<MemoryReport> {
  const counting = new CountingProcessor();
  const provider = new BasicTracerProvider({ spanProcessors: [counting] });
  trace.setGlobalTracerProvider(provider);
  const driver = driverOf(run.client);
  const start = run.instrument === undefined ? undefined : await loadInstrument(run.instrument);
  const instrumented = await start?.({ tracerProvider: provider, module: driver.module });
  const library = (await import(driver.installed[0] ?? "")) as object; // its namespace
  const make = clientMaker(driver, library, (client) => instrumented?.client?.(client) ?? client);
  const shared = make();
  const call = (index: number): Promise<void> =>
    run.newClients ? answered(driver, make()) : streamed(driver, shared, index);

  const makeCalls = async (calls: number): Promise<void> => {
    for (let index = 0; index < calls; index++) {
      await call(index);
      await breathe(index);
      if (index % FORGET_EVERY === 0) driver.forget?.(shared);
    }
    driver.forget?.(shared);
  };
  await makeCalls(WARM_UP_CALLS);
  const before = await heapAfterCollection();
  await makeCalls(run.calls);
  const growth = (await heapAfterCollection()) - before;
  return { growth, spansStarted: counting.started, spansEnded: counting.ended };
}

function clientMaker(driver: Driver, library: object, instrument: (client: object) => object): () => object {
  const Client = driver.clientClass(library) as new (options: object) => object; // takes what the driver makes
  const fetch = memoryFetch(driver.replies);
  return () => instrument(new Client(driver.options({ url: "http://model.test", fetch }, library)));
}

/** Of four streams one is abandoned: unread, or left after its first chunk. */
async function streamed(driver: Driver, client: object, index: number): Promise<void> {
  if (!driver.stream) return answered(driver, client);
  const chunks = chunksOf(driver, await driver.stream(client, { prompt: PROMPT }));
  if (index % 8 === 3) return;
  for await (const _ of chunks) if (index % 8 === 7) break;
}

async function answered(driver: Driver, client: object): Promise<void> {
  await driver.chat(client, { prompt: PROMPT });
}

/** An application waits for its network, and collects garbage now and then; calls from memory would do neither. */
async function breathe(index: number): Promise<void> {
  if (index % 20 === 0) await turn();
  if (index % 2_000 === 0) globalThis.gc?.();
}

async function heapAfterCollection(): Promise<number> {
  // What is found dead in one round lets go of more, some of it only in a later turn.
  for (let round = 0; round < 8; round++) {
    globalThis.gc?.();
    for (let turns = 0; turns < 20; turns++) await turn();
  }
  return process.memoryUsage().heapUsed;
}

class CountingProcessor implements SpanProcessor {
  started = 0;
  ended = 0;
  onStart(_span: ApiSpan): void {
    this.started += 1;
  }
  onEnd(_span: ReadableSpan): void {
    this.ended += 1;
  }
  async forceFlush(): Promise<void> {}
  async shutdown(): Promise<void> {}
}
