import type { ClientAdapter } from "./adapter.ts";
import { clientClassesIn, isClientClass, type Root } from "./engine/find.ts";
import { install } from "./engine/install.ts";
import { isObject } from "./engine/read.ts";
import { reportOwnError, warn } from "./engine/reports.ts";
import { state } from "./engine/state.ts";
import { createTracing, type Tracing } from "./engine/tracing.ts";
import type { InstrumentationOptions } from "./options.ts";
import { adapters } from "./registry.ts";

/**
 * Traces the calls of one client, of all clients of a class, or of all clients of a module, and returns what it was given.
 * A client that is reached in several ways is traced once; its own registration decides the options.
 *
 * @param target a client (`new OpenAI()`), a client class (`OpenAI`), or the namespace of a client library.
 * @example
 * ```ts
 * const client = instrument(new OpenAI());
 * ```
 */
export function instrument<T extends object>(target: T, options: InstrumentationOptions = {}): T {
  try {
    const found = findClient(target);
    if (found === undefined) {
      warn("instrument() was given neither a client, nor a client class, nor a client library that it knows.");
      return target;
    }
    install(found.adapter, found.root, { reachedBy: "instrument" });
    const tracing = createTracing(options);
    if (found.root.kind === "client") registerClient(found.adapter, found.root.value, tracing);
    else for (const clientClass of found.classes) registerClass(found.adapter, clientClass, tracing);
  } catch (error) {
    reportOwnError("instrument", error);
  }
  return target;
}

function registerClient(adapter: ClientAdapter, client: object, tracing: Tracing): void {
  state.clients.set(client, tracing);
  adapter.baseUrl(client);
  for (const key of adapter.keys?.(client) ?? []) if (isObject(key)) state.clients.set(key, tracing);
}

function registerClass({ module }: ClientAdapter, clientClass: object, tracing: Tracing): void {
  // The prototype of a class is an object.
  const { prototype } = clientClass as { readonly prototype: object };
  const others = state.classes.filter((registered) => registered.prototype !== prototype);
  state.classes.splice(0, state.classes.length, { module, prototype, tracing }, ...others);
}

interface FoundClient {
  readonly adapter: ClientAdapter;
  readonly root: Root;
  /** Where the root is no client. */
  readonly classes: readonly object[];
}

/** Known by what it has: class names do not survive minifiers. */
function findClient(target: object): FoundClient | undefined {
  for (const adapter of adapters) {
    if (isClientClass(adapter, target)) return { adapter, root: { kind: "class", value: target }, classes: [target] };
    if (typeof target !== "function" && adapter.isClient(target)) {
      return { adapter, root: { kind: "client", value: target }, classes: [] };
    }
    const classes = clientClassesIn(adapter, target);
    if (classes.length > 0) return { adapter, root: { kind: "namespace", value: target }, classes };
  }
  return undefined;
}
