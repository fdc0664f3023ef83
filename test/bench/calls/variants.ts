/** One client's call and stream, bare, with a span written by hand, and instrumented. */
import { instrument } from "@genspan/instrumentation";
import { type Attributes, type Span, SpanKind, type Tracer } from "@opentelemetry/api";
import { BasicTracerProvider, type Span as SdkSpan, type SpanProcessor } from "@opentelemetry/sdk-trace-base";
import type { Driver } from "../../conformance/behaviour/driver.ts";
import { chunksOf } from "../../conformance/behaviour/generic/chunks.ts";
import { memoryFetch } from "../../support/memory-fetch.ts";
import type { Variant } from "../interleave.ts";

/** Of a stream: so many that what a stream costs by itself does not count. */
export const EVENTS = 2_000;
const prompt = "Please compare the two offers below and say which is better, and why. ".repeat(25);

export interface ClientBench {
  readonly calls: readonly Variant[];
  /** Empty for a client that does not stream. */
  readonly streams: readonly Variant[];
  /** Chunks that the application is given of one stream. */
  readonly chunks: number;
}

/** What our span of a call says, so that a span written by hand can say the same. */
interface Example {
  readonly name: string;
  readonly atStart: Attributes;
  readonly later: readonly (readonly [string, Attributes[string]])[];
}

export async function benchClient(driver: Driver): Promise<ClientBench> {
  const library = (await import(driver.installed[0] ?? "")) as object; // its namespace
  const Client = driver.clientClass(library) as new (options: object) => object; // takes what the driver makes
  const fetch = memoryFetch(driver.replies, { events: EVENTS });
  const make = (): object => new Client(driver.options({ url: "http://model.test", fetch }, library));
  const spans = new LastSpan();
  const tracerProvider = new BasicTracerProvider({ spanProcessors: [spans] });
  const tracer = tracerProvider.getTracer("by-hand");
  const bare = make();
  const traced = instrument(make(), { tracerProvider, captureContent: "none" });

  const call = async (client: object): Promise<void> => readAnswer(await driver.chat(client, { prompt }));
  const calls = await variantsOf({ bare, traced, tracer, spans, call });
  if (!driver.stream) {
    spans.rest();
    return { calls, streams: [], chunks: 0 };
  }
  let chunks = 0;
  const stream = async (client: object, onFirst?: () => void): Promise<void> => {
    chunks = 0;
    for await (const _ of chunksOf(driver, await driver.stream?.(client, { prompt }))) {
      if (chunks === 0) onFirst?.();
      chunks += 1;
    }
  };
  const streams = await variantsOf({ bare, traced, tracer, spans, call: stream });
  spans.rest();
  return { calls, streams, chunks };
}

/** A client that gives an answer as bytes leaves it to the application to read them, whether or not it is traced. */
function readAnswer(answer: unknown): void {
  const { body } = answer as { readonly body?: unknown }; // an object, of any client
  if (body instanceof Uint8Array) JSON.parse(decoder.decode(body));
}

const decoder = new TextDecoder();

interface Making {
  readonly bare: object;
  readonly traced: object;
  readonly tracer: Tracer;
  readonly spans: LastSpan;
  call(client: object, onFirst?: () => void): Promise<void>;
}

async function variantsOf({ bare, traced, tracer, spans, call }: Making): Promise<readonly Variant[]> {
  const example = await exampleOf(spans, () => call(traced));
  return [
    { name: "bare", run: () => call(bare) },
    { name: "by hand", run: () => byHand(tracer, example, (onFirst) => call(bare, onFirst)) },
    { name: "genspan", run: () => call(traced) },
  ];
}

async function exampleOf(spans: LastSpan, call: () => Promise<void>): Promise<Example> {
  await call();
  await new Promise(setImmediate);
  const { span, atStart } = spans;
  if (!span?.ended || !atStart) throw new Error("the instrumented call left no span: there is nothing to compare");
  const later = Object.entries(span.attributes).filter(([name]) => !(name in atStart));
  return { name: span.name, atStart, later };
}

async function byHand(tracer: Tracer, example: Example, call: (onFirst: () => void) => Promise<void>): Promise<void> {
  const span: Span = tracer.startSpan(example.name, { kind: SpanKind.CLIENT, attributes: example.atStart });
  const started = performance.now();
  let first = started;
  await call(() => {
    first = performance.now();
  });
  for (const [name, value] of example.later) {
    const isTime = name === "gen_ai.response.time_to_first_chunk";
    span.setAttribute(name, isTime ? (first - started) / 1e3 : (value ?? ""));
  }
  span.end();
}

class LastSpan implements SpanProcessor {
  span: SdkSpan | undefined;
  atStart: Attributes | undefined;
  #wanted = true;
  onStart(span: SdkSpan): void {
    if (!this.#wanted) return;
    this.span = span;
    this.atStart = { ...span.attributes };
  }
  onEnd(): void {}
  /** From here on spans pass by, as in a provider that exports nothing. */
  rest(): void {
    this.#wanted = false;
  }
  async forceFlush(): Promise<void> {}
  async shutdown(): Promise<void> {}
}
