/** One sentence on standard error: there is no logger yet, and telemetry must not keep an application from starting. */
export function tellMistake(error: unknown): void {
  const sentence = error instanceof Error ? error.message : String(error);
  process.stderr.write(`${sentence} The application runs without genspan.\n`);
}
