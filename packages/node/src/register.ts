import { checkOptions } from "./check-options.ts";
import { openDestinations } from "./destinations.ts";
import { isEnabled } from "./environment.ts";
import { type Genspan, type RegisterOptions, registerWith } from "./register-with.ts";
import { withoutEffect } from "./without-effect.ts";

/**
 * Sets everything up: a tracer provider of its own, the span processor with its destinations, and the instrumentation of
 * every supported client library that is loaded from now on. The process's natural end delivers what is left, and waits
 * for it no longer than one and a quarter of `shutdownTimeoutMillis`. What a spool holds by then stays there for the next
 * process. With `GENSPAN_DISABLED` or `OTEL_SDK_DISABLED` nothing of all that happens.
 *
 * @throws {ConfigError} with a sentence that says what to do, before anything was changed.
 * @example
 * const genspan = register({ destinations: ["otlp:http://localhost:4318"], captureContent: "span" });
 */
export function register(options: RegisterOptions): Genspan {
  if (!isEnabled(process.env)) return withoutEffect(options);
  checkOptions(options);
  return registerWith(options, () => openDestinations(options.destinations, process.env));
}
