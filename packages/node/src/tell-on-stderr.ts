import { type DiagLogger, DiagLogLevel, diag } from "@opentelemetry/api";

/** Where the API keeps what is registered with it; it has no method that says whether somebody listens. */
const REGISTERED = Symbol.for("opentelemetry.js.api.1");

const LEVELS: ReadonlyMap<string, DiagLogLevel> = new Map([
  ["none", DiagLogLevel.NONE],
  ["error", DiagLogLevel.ERROR],
  ["warn", DiagLogLevel.WARN],
  ["info", DiagLogLevel.INFO],
  ["debug", DiagLogLevel.DEBUG],
  ["verbose", DiagLogLevel.VERBOSE],
  ["all", DiagLogLevel.ALL],
]);

/**
 * What OpenTelemetry's `diag` is told goes to standard error where no logger is registered: otherwise nobody would read that
 * calls are not traced, or that spans were given up. `OTEL_LOG_LEVEL` says how much; default: `warn`.
 *
 * @returns takes it back, unless another logger has taken its place.
 */
export function tellOnStandardError(environment: Readonly<Record<string, string | undefined>>): () => void {
  if (registered() !== undefined) return () => {};
  const logLevel = LEVELS.get(environment["OTEL_LOG_LEVEL"]?.trim().toLowerCase() ?? "") ?? DiagLogLevel.WARN;
  diag.setLogger(logger, { logLevel, suppressOverrideMessage: true });
  const own = registered();
  return () => {
    if (registered() === own) diag.disable();
  };
}

function registered(): unknown {
  const api = (globalThis as { readonly [REGISTERED]?: { readonly diag?: unknown } })[REGISTERED];
  return api?.diag;
}

const write = (message: string, ...rest: readonly unknown[]): void => {
  // An application that registers a logger of its own takes over from this one, which is as it should be.
  if (message.startsWith("Current logger will be overwritten")) return;
  process.stderr.write(`${[message, ...rest.map(String)].join(" ")}\n`);
};

const logger: DiagLogger = { error: write, warn: write, info: write, debug: write, verbose: write };
