/** Runs one pipeline once and prints what it took as JSON. Arguments: name, URL, destinations, spans, spool directory. */
import { resourceFromAttributes } from "@opentelemetry/resources";
import { BasicTracerProvider } from "@opentelemetry/sdk-trace-base";
import { PIPELINES } from "./pipelines.ts";
import { endSpan } from "./spans.ts";

const [name = "", url = "", destinations = "1", spans = "1000", directory = ""] = process.argv.slice(2);
const open = PIPELINES[name];
if (open === undefined) throw new Error(`no pipeline "${name}"`);

/** Spans in a row before the event loop turns, and most that may be on their way. */
const BURST = 32;
const MAX_OPEN = 4096;
/** Spans before the measurement: it is of what goes on for long, not of the compiling of it. */
const WARM_UP = 20_000;

const pipeline = open({ url, destinations: Number(destinations), directory });
const resource = resourceFromAttributes({ "service.name": "bench", "service.version": "1", "host.name": "bench" });
const provider = new BasicTracerProvider({ resource, spanProcessors: [...pipeline.processors] });
const tracer = provider.getTracer("bench", "1");
const turn = () => new Promise((resolve) => setImmediate(resolve));

async function produce(count: number): Promise<void> {
  const before = Math.min(pipeline.delivered(), Number.MAX_SAFE_INTEGER);
  for (let index = 0; index < count; index++) {
    endSpan(tracer, index);
    if (index % BURST !== BURST - 1) continue;
    await turn();
    while (index + 1 - (pipeline.delivered() - before) > MAX_OPEN) await turn();
  }
  await provider.forceFlush();
}

await produce(WARM_UP);
globalThis.gc?.();
const cpu = process.cpuUsage();
const mainBefore = process.threadCpuUsage?.();
const begin = performance.now();
await produce(Number(spans));
const millis = performance.now() - begin;
const { user, system } = process.cpuUsage(cpu);
const main = process.threadCpuUsage?.(mainBefore);
console.log(
  JSON.stringify({
    spansPerSecond: Math.round((Number(spans) / millis) * 1000),
    cpuMicros: (user + system) / Number(spans),
    mainMicros: main === undefined ? undefined : (main.user + main.system) / Number(spans),
    peakMegabytes: Math.round(process.resourceUsage().maxRSS / 1024),
    dropped: pipeline.dropped(),
  }),
);
await provider.shutdown();
