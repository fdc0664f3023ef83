import { GenAISpanProcessor } from "@genspan/exporter/core";
import { GenAIInstrumentation, status } from "@genspan/instrumentation";
import { BasicTracerProvider } from "@opentelemetry/sdk-trace-base";
import type { Genspan, RegisterOptions } from "./register-with.ts";

/** What `register` returns where it is told to do nothing: nothing is patched, opened, stored or sent. */
export function withoutEffect(options: RegisterOptions): Genspan {
  const processor = new GenAISpanProcessor({ destinations: [] });
  const tracerProvider = new BasicTracerProvider();
  return {
    tracerProvider,
    processor,
    instrumentation: new GenAIInstrumentation({ ...options, tracerProvider, enabled: false }),
    instrument: (target) => target,
    status: () => ({ instrumentation: status(), exporter: processor.status() }),
    flush: (flushOptions) => processor.flush(flushOptions),
    forceFlush: () => processor.forceFlush(),
    shutdown: () => processor.shutdown(),
  };
}
