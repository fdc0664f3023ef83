import { diag } from "@opentelemetry/api";
import type { ModuleRecord } from "./module-record.ts";
import { shared } from "./shared.ts";

/** What was told to `diag`: `status()` tells it again. */
export interface Reports {
  /** What keeps calls from being traced. */
  readonly warnings: Set<string>;
  ownErrors: number;
  lastOwnError: string | undefined;
}

export const reports: Reports = shared("genspan.instrumentation.reports.1", () => ({
  warnings: new Set<string>(),
  ownErrors: 0,
  lastOwnError: undefined,
}));

/** Keeps our failures away from the application: counted, also for the library at hand, and told once. */
export function reportOwnError(where: string, error: unknown, record?: ModuleRecord): void {
  reports.ownErrors += 1;
  if (record !== undefined) record.ownErrors += 1;
  reports.lastOwnError = `${where}: ${error instanceof Error ? error.message : String(error)}`;
  if (reports.ownErrors === 1) {
    diag.error(
      `@genspan/instrumentation failed (${where}); the application's calls go on. Further failures: status()`,
      error,
    );
  }
}

/** Tells what keeps calls from being traced, or from being traced as asked: each once to `diag`, and all of them in `status()`. */
export function warnOnce(text: string): void {
  if (reports.warnings.has(text)) return;
  reports.warnings.add(text);
  warn(text);
}

/** Says who says it: an application's standard error is shared by many. */
export function warn(text: string): void {
  diag.warn(`genspan: ${text}`);
}
