import { type DiagLogger, diag } from "@opentelemetry/api";

/** For tests: what OpenTelemetry's `diag` is warned of from now on, until `diag.disable()`. */
export function listenToWarnings(): readonly string[] {
  const told: string[] = [];
  const quiet = (): void => {};
  const logger: DiagLogger = {
    error: quiet,
    warn: (text) => told.push(text),
    info: quiet,
    debug: quiet,
    verbose: quiet,
  };
  diag.setLogger(logger);
  return told;
}
