/**
 * `node --import genspan/register app.js`: everything is set up before the application loads, by environment variables.
 * A mistake in them is told in one sentence on standard error, and the application runs without telemetry.
 */
import { readEnvironment } from "./environment.ts";
import { arePlain, openPlain } from "./plain-destinations.ts";
import { registerWith } from "./register-with.ts";
import { tellMistake } from "./tell-mistake.ts";
import { warnOfVariables } from "./warn-of-variables.ts";

try {
  const { enabled, ...options } = readEnvironment(process.env);
  if (enabled) {
    const { destinations } = options;
    // The formats of vendors, and the schemas by which configuration is checked, are loaded where they are asked for.
    const { openDestinations } = arePlain(destinations)
      ? { openDestinations: openPlain }
      : await import("./destinations.ts");
    registerWith(options, () => openDestinations(destinations, process.env));
    warnOfVariables(process.env);
  }
} catch (error) {
  tellMistake(error);
}
