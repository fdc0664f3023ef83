import { diag } from "@opentelemetry/api";
import { state } from "./state.ts";

/** Tells what keeps calls from being traced, or from being traced as asked: each once to `diag`, and all of them in `status()`. */
export function warnOnce(text: string): void {
  if (state.warnings.has(text)) return;
  state.warnings.add(text);
  warn(text);
}

/** Says who says it: an application's standard error is shared by many. */
export function warn(text: string): void {
  diag.warn(`genspan: ${text}`);
}
