import { openDestinations } from "./destinations.ts";
import { type Genspan, type RegisterOptions, registerWith } from "./register-with.ts";

/**
 * Sets everything up: a tracer provider of its own, the span processor with its destinations, and the instrumentation of
 * every supported client library that is loaded from now on. The process's natural end delivers what is left, and waits
 * for it no longer than one and a quarter of `shutdownTimeoutMillis`. What a spool
 * holds by then stays there for the next process.
 *
 * @throws {ConfigError} with a sentence that says what to do, before anything was changed.
 * @example
 * const genspan = register({ destinations: ["otlp:http://localhost:4318"], captureContent: "span" });
 */
export function register(options: RegisterOptions): Genspan {
  return registerWith(options, openDestinations(options.destinations, process.env));
}
