import Module from "node:module";
import { diag } from "@opentelemetry/api";
import type { ClientAdapter } from "./adapter.ts";
import { install } from "./engine/install.ts";
import { isObject } from "./engine/read.ts";
import { reportOwnError, state } from "./engine/state.ts";
import { adapters } from "./registry.ts";

/** Where the line that is appended to a client's file hands the client class over. */
const receiverKey = Symbol.for("genspan.instrumentation.client-loaded.1");
// Global properties by our own symbol are not in the type of `globalThis`.
const receiver = globalThis as { [receiverKey]?: (module: string, clientClass: object, url: string) => void };

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
    state.loadHookUnavailable = "node:module has no registerHooks in this runtime";
    diag.warn(`Clients are not found on loading: ${state.loadHookUnavailable}. Use instrument(client).`);
    return () => {};
  }
  const hooks = registerHooks({
    load(url, context, nextLoad) {
      const result = nextLoad(url, context);
      return withHandOver(url, result);
    },
  });
  return () => hooks.deregister();
}

function clientLoaded(module: string, clientClass: object, url: string): void {
  try {
    const adapter = adapters.find((candidate) => candidate.module === module);
    if (adapter !== undefined) install(adapter, clientClass, { reachedBy: "load-hook", file: url });
  } catch (error) {
    reportOwnError("load hook", error);
  }
}

/**
 * Appends one line to the file that defines the client class. It stands after everything, so that line numbers and
 * source maps stay true, and it runs when the class is complete. `typeof` makes it harmless where the name is not there.
 */
function withHandOver(url: string, result: LoadResult): LoadResult {
  const adapter = adapterOfFile(url);
  const { source } = result;
  if (adapter === undefined || source === undefined || source === null) return result;
  try {
    const code = typeof source === "string" ? source : new TextDecoder().decode(source);
    const name = adapter.clientClass;
    const key = JSON.stringify(Symbol.keyFor(receiverKey));
    const args = `${JSON.stringify(adapter.module)}, ${name}, ${JSON.stringify(url)}`;
    return {
      ...result,
      source: `${code}\n;typeof ${name} === "function" && globalThis[Symbol.for(${key})]?.(${args});\n`,
    };
  } catch (error) {
    reportOwnError("load hook", error);
    return result;
  }
}

function adapterOfFile(url: string): ClientAdapter | undefined {
  const file = url.replaceAll("\\", "/");
  return adapters.find(({ module, entryFiles }) =>
    entryFiles.some((entry) => file.endsWith(`/node_modules/${module}/${entry}`)),
  );
}

function patchRequired(cache: NonNullable<HookableModule["_cache"]>): void {
  for (const [file, loaded] of Object.entries(cache)) {
    const adapter = adapterOfFile(file);
    const exported: unknown = loaded?.exports;
    if (adapter === undefined || !isObject(exported)) continue;
    const clientClass = (exported as Readonly<Record<string, unknown>>)[adapter.clientClass];
    if (typeof clientClass !== "function" || !adapter.isClient(clientClass.prototype)) continue;
    install(adapter, clientClass, { reachedBy: "require-cache", file });
  }
}
