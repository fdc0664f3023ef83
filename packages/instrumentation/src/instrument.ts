import { diag } from "@opentelemetry/api";
import type { ClientAdapter } from "./adapter.ts";
import { install } from "./engine/install.ts";
import { reportOwnError, state } from "./engine/state.ts";
import { createTracing } from "./engine/tracing.ts";
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
      diag.warn("instrument() was given neither a client, nor a client class, nor a client library that it knows.");
      return target;
    }
    install(found.adapter, found.root, { reachedBy: "instrument" });
    const tracing = createTracing(options);
    if (typeof found.root !== "function") state.clients.set(found.root, tracing);
    else {
      // The prototype of a class is an object.
      const prototype = found.root.prototype as object;
      const others = state.classes.filter((registered) => registered.prototype !== prototype);
      state.classes.splice(0, state.classes.length, { prototype, tracing }, ...others);
    }
  } catch (error) {
    reportOwnError("instrument", error);
  }
  return target;
}

interface FoundClient {
  readonly adapter: ClientAdapter;
  /** The client or the client class. */
  readonly root: object;
}

function findClient(target: object): FoundClient | undefined {
  for (const adapter of adapters) {
    if (isClientLike(adapter, target)) return { adapter, root: target };
    const { [adapter.clientClass]: named, default: byDefault } = target as Readonly<Record<string, unknown>>;
    for (const candidate of [named, byDefault]) {
      if (typeof candidate === "function" && isClientLike(adapter, candidate)) return { adapter, root: candidate };
    }
  }
  return undefined;
}

/** Known by what it has: class names do not survive minifiers. */
function isClientLike(adapter: ClientAdapter, value: object): boolean {
  return adapter.isClient(typeof value === "function" ? (value.prototype as unknown) : value);
}
