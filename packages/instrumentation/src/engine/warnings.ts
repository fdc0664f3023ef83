import { diag } from "@opentelemetry/api";
import { state } from "./state.ts";

/** Tells what keeps calls from being traced: each once to `diag`, and all of them in `status()`. */
export function warnOnce(text: string): void {
  if (state.warnings.has(text)) return;
  state.warnings.add(text);
  diag.warn(text);
}
