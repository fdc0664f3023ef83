import { context, trace } from "@opentelemetry/api";
import { AsyncLocalStorageContextManager } from "@opentelemetry/context-async-hooks";
import { BasicTracerProvider, InMemorySpanExporter, SimpleSpanProcessor } from "@opentelemetry/sdk-trace-base";

/** A real SDK that keeps finished spans in memory, registered globally. For tests only. */
export function registerMemorySpans(): InMemorySpanExporter {
  const exporter = new InMemorySpanExporter();
  trace.disable();
  trace.setGlobalTracerProvider(new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] }));
  context.disable();
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  return exporter;
}
