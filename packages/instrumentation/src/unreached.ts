import type { ClientAdapter } from "./adapter.ts";
import { noteUnreached } from "./engine/install.ts";
import { reportOwnError, warnOnce } from "./engine/reports.ts";
import { state } from "./engine/state.ts";
import { loadedFiles } from "./loaded-before.ts";

/** Long enough for an application to import what it needs. */
const delayMillis = 2000;
let isDone = true;

/**
 * Looks once, a while after the load hook was installed, whether a client library was there before it. Not where the
 * hook was installed by `--import` or `--require`, and not where something was found to be patched.
 */
export function watchForLoadedBefore(): () => void {
  isDone = isPreloaded();
  const timer = isDone ? undefined : setTimeout(lookForLoadedBefore, delayMillis);
  timer?.unref?.();
  return () => {
    clearTimeout(timer);
    isDone = true;
  };
}

export function lookForLoadedBefore(): void {
  if (isDone) return;
  isDone = true;
  try {
    if (isAnyReached()) return;
    const found = loadedFiles();
    for (const { adapter, file } of found) noteUnreached(adapter, file, "loaded before the instrumentation");
    const modules = [...new Set(found.map(({ adapter }) => adapter.module))];
    if (modules.length === 0) return;
    warnOnce(
      `${modules.join(", ")}: loaded before the instrumentation, and so not traced. Start Node with ` +
        "`--import genspan/register`, or pass each client to instrument().",
    );
  } catch (error) {
    reportOwnError("loaded before", error);
  }
}

/** A bundle has its own copy of the classes, which only a client leads to. */
export function noteBundled(bundled: readonly ClientAdapter[], file: string): void {
  for (const adapter of bundled) {
    noteUnreached(adapter, file, "part of a bundle");
    warnOnce(
      `${adapter.module} seems to be bundled into ${file}, where no load hook finds it. Pass each client to ` +
        "instrument(), or keep the library out of the bundle.",
    );
  }
}

function isAnyReached(): boolean {
  return [...state.modules.values()].some(({ copies }) => copies.some(({ reachedBy }) => reachedBy.size > 0));
}

/** By our own flag or by a file of the application's; other packages, such as `tsx`, set nothing of ours up. */
function isPreloaded(): boolean {
  const flags = `${process.execArgv.join(" ")} ${process.env["NODE_OPTIONS"] ?? ""}`;
  return /(^|\s)(--import|--require|-r)[\s=]+["']?(genspan\/|[./]|file:)/.test(flags);
}
