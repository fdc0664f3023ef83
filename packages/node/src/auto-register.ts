/**
 * `node --import genspan/register app.js`: everything is set up before the application loads, by environment variables.
 * A mistake in them is told in one sentence on standard error, and the application runs without telemetry.
 */
import { readEnvironment } from "./environment.ts";
import { register } from "./register.ts";

try {
  const { enabled, ...options } = readEnvironment(process.env);
  if (enabled) register(options);
} catch (error) {
  process.stderr.write(
    `${error instanceof Error ? error.message : String(error)} The application runs without genspan.\n`,
  );
}
