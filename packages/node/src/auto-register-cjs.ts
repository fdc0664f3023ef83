/** `node --require genspan/register app.js`: as `auto-register.ts`; a CommonJS file cannot wait for what it loads. */
import { readEnvironment } from "./environment.ts";
import { register } from "./register.ts";
import { tellMistake } from "./tell-mistake.ts";
import { warnOfVariables } from "./warn-of-variables.ts";

try {
  const { enabled, ...options } = readEnvironment(process.env);
  if (enabled) {
    register(options);
    warnOfVariables(process.env);
  }
} catch (error) {
  tellMistake(error);
}
