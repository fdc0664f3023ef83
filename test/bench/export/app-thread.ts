/**
 * What the application's own thread pays: making the processor, and handing over spans that have ended. Prints it as JSON.
 * Arguments: URL, spool directory.
 */
import { GenAISpanProcessor, otlp } from "@genspan/exporter/core";
import { BasicTracerProvider, type ReadableSpan, type SpanProcessor } from "@opentelemetry/sdk-trace-base";
import { endSpan } from "./spans.ts";

const [url = "", directory = ""] = process.argv.slice(2);
const SPANS = 6400;
/** Between two turns of the event loop. */
const BURST = 32;

function timed<T>(run: () => T): { readonly value: T; readonly millis: number } {
  const begin = performance.now();
  const value = run();
  return { value, millis: performance.now() - begin };
}

const destinations = () => [otlp({ url: `${url}/v1/traces`, protocol: "http/json" })];
const spooled = timed(() => new GenAISpanProcessor({ destinations: destinations(), spool: { directory } }));
const inMemory = timed(() => new GenAISpanProcessor({ destinations: destinations() }));

const spans: ReadableSpan[] = [];
const keeper: SpanProcessor = {
  onStart() {},
  onEnd: (span) => spans.push(span),
  forceFlush: () => Promise.resolve(),
  shutdown: () => Promise.resolve(),
};
const tracer = new BasicTracerProvider({ spanProcessors: [keeper] }).getTracer("bench");
for (let index = 0; index < SPANS; index++) endSpan(tracer, index);

/** Of each burst: the mean of its spans. */
async function handOver(processor: GenAISpanProcessor): Promise<readonly number[]> {
  const means: number[] = [];
  for (let from = 0; from < SPANS; from += BURST) {
    const burst = spans.slice(from, from + BURST);
    const { millis } = timed(() => {
      for (const span of burst) processor.onEnd(span);
    });
    means.push((millis * 1000) / BURST);
    await new Promise((resolve) => setImmediate(resolve));
  }
  await processor.shutdown();
  return means.sort((one, other) => one - other);
}

const costs = { memory: await handOver(inMemory.value), spool: await handOver(spooled.value) };
const at = (means: readonly number[], part: number) => means[Math.floor(means.length * part)] ?? 0;
console.log(
  JSON.stringify({
    startMillis: { memory: inMemory.millis, spool: spooled.millis },
    handOverMicros: { memory: at(costs.memory, 0.5), spool: at(costs.spool, 0.5) },
    handOverMicros90: { memory: at(costs.memory, 0.9), spool: at(costs.spool, 0.9) },
  }),
);
