/**
 * What the producers have in common. Each is a process of its own, so that it patches its own copy of a client library:
 * it plays the recordings it is told of and prints, as JSON, the spans that the real package made of each.
 */
import { context, trace } from "@opentelemetry/api";
import { AsyncLocalStorageContextManager } from "@opentelemetry/context-async-hooks";
import { BasicTracerProvider, InMemorySpanExporter, SimpleSpanProcessor } from "@opentelemetry/sdk-trace-base";
import { type Producer, plain, run } from "./run.ts";

/** Takes the spans that are printed. */
export const exporter: InMemorySpanExporter = new InMemorySpanExporter();
context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());

/** The provider that the package under test writes to; also the global one. */
export const provider: BasicTracerProvider = new BasicTracerProvider({
  spanProcessors: [new SimpleSpanProcessor(exporter)],
});
trace.setGlobalTracerProvider(provider);

/** Plays each recording with `producer` and prints the spans. */
export function produce(producer: Producer): Promise<void> {
  return run(producer, async () => {
    await provider.forceFlush();
    const spans = exporter.getFinishedSpans().map(plain);
    exporter.reset();
    return spans;
  });
}
