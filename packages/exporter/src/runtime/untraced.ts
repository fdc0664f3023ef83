import { context, createContextKey, ROOT_CONTEXT } from "@opentelemetry/api";

/** The key that OpenTelemetry's own instrumentations look at; `@opentelemetry/core` makes it of the same text. */
const SUPPRESS_TRACING = createContextKey("OpenTelemetry SDK Context Key SUPPRESS_TRACING");

const UNTRACED = ROOT_CONTEXT.setValue(SUPPRESS_TRACING, true);

/** Runs our own I/O where HTTP instrumentations make no spans of it, and apart from whatever request ended the span. */
export function untraced<T>(run: () => T): T {
  return context.with(UNTRACED, run);
}
