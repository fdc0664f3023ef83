/**
 * `node --import genspan/register app.js`: everything is set up before the application loads, by environment variables.
 * A mistake in them is told in one sentence on standard error, and the application runs without telemetry.
 */
import { readEnvironment } from "./environment.ts";
import { openPlain } from "./plain-destinations.ts";
import { registerWith } from "./register-with.ts";
import { tellMistake } from "./tell-mistake.ts";

try {
  const { enabled, ...options } = readEnvironment(process.env);
  if (enabled) {
    const plain = openPlain(options.destinations, process.env);
    // The formats of vendors, and the schemas by which configuration is checked, are loaded where they are asked for.
    const { openDestinations } = plain === undefined ? await import("./destinations.ts") : {};
    registerWith(options, plain ?? openDestinations?.(options.destinations, process.env) ?? []);
  }
} catch (error) {
  tellMistake(error);
}
