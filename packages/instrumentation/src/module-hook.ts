import { readFileSync } from "node:fs";
import Module from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { install } from "./engine/install.ts";
import { isObject, record, text } from "./engine/read.ts";
import { reportOwnError, warn } from "./engine/reports.ts";
import { state } from "./engine/state.ts";
import { bundledIn, entryOfFile } from "./entry-file.ts";
import { adapters } from "./registry.ts";
import { noteBundled, noteReached, watchForUnreached } from "./unreached.ts";

/** Where the line that is appended to a client's file hands the client class over. */
const receiverKey = Symbol.for("genspan.instrumentation.client-loaded.1");
// Global properties by our own symbol are not in the type of `globalThis`.
const receiver = globalThis as { [receiverKey]?: (module: string, classes: object, url: string) => void };

/** The parts of `node:module` that are used; `registerHooks` is missing in Bun and before Node 22.15. */
interface HookableModule {
  readonly registerHooks?: (hooks: { load: LoadHook }) => { deregister(): void };
  readonly _cache?: Readonly<Record<string, { readonly exports: unknown } | undefined>>;
}
type LoadHook = (url: string, context: object, nextLoad: (url: string, context: object) => LoadResult) => LoadResult;
interface LoadResult {
  readonly format?: string | null | undefined;
  readonly source?: string | ArrayBuffer | NodeJS.TypedArray | undefined;
}

/**
 * Patches clients as they are loaded, by ES module import or by require, and those that were required before.
 * Returns how to stop. ES modules that were imported before, and bundled ones, are out of reach: `instrument()` is for
 * them.
 */
export function hookModules(): () => void {
  const { registerHooks, _cache: cache } = Module as HookableModule;
  receiver[receiverKey] = clientLoaded;
  patchRequired(cache ?? {});
  if (registerHooks === undefined) {
    return withoutHooks("node:module has no registerHooks in this runtime (Node 22.15 and later have it)");
  }
  let hooks: ReturnType<typeof registerHooks>;
  try {
    hooks = registerHooks({ load: (url, context, nextLoad) => withHandOver(url, nextLoad(url, context)) });
  } catch (error) {
    // Where someone else loads modules, such as Jest, whose errors are of another realm.
    return withoutHooks(text(record(error)["message"]) ?? String(error));
  }
  const unwatch = watchForUnreached();
  return () => {
    unwatch();
    hooks.deregister();
  };
}

function withoutHooks(reason: string): () => void {
  state.loadHookUnavailable = reason;
  warn(`clients are not found on loading: ${reason.replace(/\.$/, "")}. Pass each client to instrument().`);
  return () => {};
}

function clientLoaded(module: string, classes: object, url: string): void {
  try {
    const adapter = adapters.find((candidate) => candidate.module === module);
    if (adapter === undefined || Object.values(classes).every((handed) => handed === undefined)) return;
    const root = { kind: "namespace", value: classes } as const;
    install(adapter, root, { reachedBy: "load-hook", file: url, version: versionOfPackage(url, module) });
    noteReached();
  } catch (error) {
    reportOwnError("load hook", error);
  }
}

/**
 * Appends one line to a file that defines client classes. It stands after everything, so that line numbers and source
 * maps stay true, and it runs when the classes are complete. `typeof` makes it harmless where a name is not there.
 */
function withHandOver(url: string, result: LoadResult): LoadResult {
  const { source } = result;
  if (source === undefined || source === null) return result;
  try {
    const entry = entryOfFile(url);
    if (entry === undefined) {
      noteBundled(bundledIn(url, source), url);
      return result;
    }
    const code = typeof source === "string" ? source : new TextDecoder().decode(source);
    const key = JSON.stringify(Symbol.keyFor(receiverKey));
    const classes = entry.classes.map((name) => `${nameOf(name)}: typeof ${name} === "function" ? ${name} : undefined`);
    const args = `${JSON.stringify(entry.adapter.module)}, { ${classes.join(", ")} }, ${JSON.stringify(url)}`;
    return { ...result, source: `${code}\n;globalThis[Symbol.for(${key})]?.(${args});\n` };
  } catch (error) {
    reportOwnError("load hook", error);
    return result;
  }
}

/** `Ollama$1` is how a bundler calls the class that the file exports as `Ollama`. */
function nameOf(local: string): string {
  return local.replace(/\$\d+$/, "");
}

function versionOfPackage(file: string, module: string): string | undefined {
  const path = file.startsWith("file:") ? fileURLToPath(file) : file;
  const folder = join("node_modules", module);
  const end = path.lastIndexOf(folder) + folder.length;
  try {
    const description: unknown = JSON.parse(readFileSync(join(path.slice(0, end), "package.json"), "utf8"));
    return text(record(description)["version"]);
  } catch {
    return undefined;
  }
}

function patchRequired(cache: NonNullable<HookableModule["_cache"]>): void {
  for (const [file, loaded] of Object.entries(cache)) {
    const entry = entryOfFile(file);
    const exported: unknown = loaded?.exports;
    if (entry === undefined || !isObject(exported)) continue;
    const { adapter, classes } = entry;
    const found = classes.flatMap((local): [string, unknown][] => {
      const value: unknown = (exported as Readonly<Record<string, unknown>>)[nameOf(local)];
      return typeof value === "function" ? [[nameOf(local), value]] : [];
    });
    if (found.length === 0) continue;
    const root = { kind: "namespace", value: Object.fromEntries(found) } as const;
    install(adapter, root, { reachedBy: "require-cache", file, version: versionOfPackage(file, adapter.module) });
  }
}
