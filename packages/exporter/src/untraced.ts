import { context, createContextKey } from "@opentelemetry/api";

/** The key that OpenTelemetry's own instrumentations look at; `@opentelemetry/core` makes it of the same text. */
const SUPPRESS_TRACING = createContextKey("OpenTelemetry SDK Context Key SUPPRESS_TRACING");

/** Runs our own I/O where HTTP instrumentations make no spans of it. */
export function untraced<T>(run: () => T): T {
  return context.with(context.active().setValue(SUPPRESS_TRACING, true), run);
}
