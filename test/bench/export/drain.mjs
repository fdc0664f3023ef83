/**
 * Peak memory of delivering a large spool that another process left. Arguments: mode, URL, directory, megabytes. `fill`
 * fills the spool first, in a process of its own; `drain` delivers it. JavaScript, since Node's own TypeScript compiler
 * would count for some 18 MB; without the vendors' formats, as a program loads it that has collectors alone.
 */
import { GenAISpanProcessor, otlp } from "@genspan/exporter/core";
import { BasicTracerProvider } from "@opentelemetry/sdk-trace-base";

const [mode = "", url = "", directory = "", megabytes = "1000"] = process.argv.slice(2);
const bytes = Number(megabytes) * 1e6;
const processor = new GenAISpanProcessor({
  destinations: [otlp({ url: `${url}/v1/traces`, protocol: "http/json" })],
  spool: { directory, maxBytes: bytes * 2 },
});
const status = () => processor.status().destinations[0];
const turn = (millis) => new Promise((resolve) => setTimeout(resolve, millis));

if (mode === "fill") {
  const { endSpan } = await import("./spans.ts");
  const tracer = new BasicTracerProvider({ spanProcessors: [processor] }).getTracer("bench");
  for (let index = 0; (status()?.queuedBytes ?? 0) < bytes; ) {
    for (const end = index + 500; index < end; index++) endSpan(tracer, index);
    await processor.store({ timeoutMillis: 10_000 });
  }
  process.exit(0);
}
const begin = performance.now();
await processor.store({ timeoutMillis: 10_000 });
const ready = performance.now();
const { recovered = 0, queuedBytes = 0 } = status() ?? {};
while ((status()?.queued ?? 0) > 0) await turn(50);
const seconds = (performance.now() - ready) / 1000;
console.log(
  JSON.stringify({
    startMillis: Math.round(ready - begin),
    records: recovered,
    megabytes: Math.round(queuedBytes / 1e6),
    recordsPerSecond: Math.round(recovered / seconds),
    peakMegabytes: Math.round(process.resourceUsage().maxRSS / 1024),
  }),
);
process.exit(0);
