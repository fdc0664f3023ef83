import { context, trace } from "@opentelemetry/api";
import { AsyncLocalStorageContextManager } from "@opentelemetry/context-async-hooks";
import { BasicTracerProvider, InMemorySpanExporter, SimpleSpanProcessor } from "@opentelemetry/sdk-trace-base";
import { beforeEach } from "vitest";

/** The finished spans of the test that runs: each has a real SDK of its own, registered globally. For tests only. */
export function memorySpans(): Pick<InMemorySpanExporter, "getFinishedSpans" | "reset"> {
  let exporter = registerMemorySpans();
  beforeEach(() => {
    exporter = registerMemorySpans();
  });
  return { getFinishedSpans: () => exporter.getFinishedSpans(), reset: () => exporter.reset() };
}

function registerMemorySpans(): InMemorySpanExporter {
  const exporter = new InMemorySpanExporter();
  trace.disable();
  trace.setGlobalTracerProvider(new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] }));
  context.disable();
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  return exporter;
}
