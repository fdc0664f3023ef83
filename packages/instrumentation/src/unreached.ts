import { createRequire } from "node:module";
import type { ClientAdapter } from "./adapter.ts";
import { noteUnreached } from "./engine/copies.ts";
import { record, text } from "./engine/read.ts";
import { reportOwnError, warnOnce } from "./engine/reports.ts";
import { state } from "./engine/state.ts";
import { loadedFiles } from "./loaded-before.ts";
import { adapters } from "./registry.ts";

/** Long enough for an application to import what it needs, and to hand over its clients. */
const delayMillis = 2000;
let isDone = true;
let timer: ReturnType<typeof setTimeout> | undefined;
const bundles = new Map<string, readonly ClientAdapter[]>();

/**
 * Looks once, a while after the load hook was installed or when the process ends before, whether a client library was
 * there before it. Not where the hook was installed by `--import` or `--require`, and not where something was found to be
 * patched.
 */
export function watchForUnreached(): () => void {
  isDone = isPreloaded();
  if (!isDone) lookLater();
  return () => {
    lookAtEnd();
    isDone = true;
    stopLooking();
  };
}

/** The load hook found a client library: no other is looked for, and nothing stays on the process. */
export function noteReached(): void {
  isDone = true;
  if (bundles.size === 0) stopLooking();
}

export function lookForUnreached(): void {
  try {
    tellBundled();
    if (!isDone) lookForLoadedBefore();
  } catch (error) {
    reportOwnError("what is not reached", error);
  }
}

/** A bundle has its own copy of the classes, which only a client leads to: whether it does is seen when the bundle has run. */
export function noteBundled(bundled: readonly ClientAdapter[], file: string): void {
  if (bundled.length === 0) return;
  for (const adapter of bundled) noteUnreached(adapter, file, "part of a bundle");
  bundles.set(file, bundled);
  lookLater();
}

/** Some 30 ms at its end are only for a program that has a client library. */
function lookAtEnd(): void {
  isDone ||= !adapters.some(({ module }) => isInstalled(module));
  lookForUnreached();
}

function isInstalled(module: string): boolean {
  try {
    createRequire(process.argv[1] ?? `${process.cwd()}/package.json`).resolve(module);
    return true;
  } catch (error) {
    return text(record(error)["code"]) !== "MODULE_NOT_FOUND"; // one without a form for CommonJS is there
  }
}

function lookLater(): void {
  timer ??= setTimeout(() => {
    stopLooking();
    lookForUnreached();
  }, delayMillis);
  timer.unref?.();
  process.off("exit", lookAtEnd).on("exit", lookAtEnd); // once, however many instrumentations there are
}

function stopLooking(): void {
  process.off("exit", lookAtEnd);
  clearTimeout(timer);
  timer = undefined;
}

function tellBundled(): void {
  const noted = [...bundles];
  bundles.clear();
  for (const [file, bundled] of noted) {
    for (const { module } of bundled.filter((adapter) => !isReached(adapter.module))) {
      warnOnce(
        `${module} seems to be bundled into ${file}, where no load hook finds it: only clients that are passed to ` +
          "instrument() are traced. Or keep the library out of the bundle.",
      );
    }
  }
}

function lookForLoadedBefore(): void {
  isDone = true;
  if ([...state.modules.keys()].some(isReached)) return;
  const found = loadedFiles();
  for (const { adapter, file } of found) noteUnreached(adapter, file, "loaded before the instrumentation");
  const modules = [...new Set(found.map(({ adapter }) => adapter.module))];
  if (modules.length === 0) return;
  warnOnce(
    `${modules.join(", ")}: loaded before the instrumentation, and so not traced. Start Node with ` +
      "`--import genspan/register`, or pass each client to instrument().",
  );
}

function isReached(module: string): boolean {
  return state.modules.get(module)?.copies.some(({ reachedBy }) => reachedBy.size > 0) ?? false;
}

/** By our own flag or by a file of the application's; other packages, such as `tsx`, set nothing of ours up. */
function isPreloaded(): boolean {
  const flags = `${process.execArgv.join(" ")} ${process.env["NODE_OPTIONS"] ?? ""}`;
  const loaded = flags.matchAll(/(?:^|\s)(?:--import|--require|-r)[\s=]+["']?(\S+)/g);
  return [...loaded].some(([, file = ""]) => /^genspan\/|^(?!.*\/node_modules\/)(?:[./]|file:)/.test(file));
}
