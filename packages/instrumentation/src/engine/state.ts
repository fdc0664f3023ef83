import { diag } from "@opentelemetry/api";
import type { ClientAdapter } from "../adapter.ts";
import type { CopyRecord, ModuleRecord } from "./module-record.ts";
import type { Tracing } from "./tracing.ts";

/**
 * What all copies of this package in one process share. An application may load the ES module and the CommonJS build
 * (`--import` and `require`): a method must be patched once, and a client registered with one copy is known to all.
 */
export interface SharedState {
  readonly clients: WeakMap<object, Tracing>;
  readonly classes: { readonly module: string; readonly prototype: object; readonly tracing: Tracing }[];
  everyClient: Tracing | undefined;
  /** Patched functions, and prototypes of promises, streams and clients. */
  readonly patched: WeakSet<object>;
  /** Who observes a stream whose class is patched. */
  readonly streams: WeakMap<object, StreamObserver>;
  readonly modules: Map<string, ModuleRecord>;
  /** By the first patched prototype of the copy. */
  readonly copies: WeakMap<object, CopyRecord>;
  loadHookUnavailable: string | undefined;
  /** What keeps calls from being traced. */
  readonly warnings: Set<string>;
  ownErrors: number;
  lastOwnError: string | undefined;
}

/** What is known of observers here: the engine's `Observer` reports its own failures here. */
export interface StreamObserver {
  observe(iterator: AsyncIterator<unknown>): void;
  leave(): void;
}

const key = Symbol.for("genspan.instrumentation.state.1");
// Global properties by our own symbol are not in the type of `globalThis`.
const holder = globalThis as { [key]?: SharedState };

holder[key] ??= {
  clients: new WeakMap(),
  classes: [],
  everyClient: undefined,
  patched: new WeakSet(),
  streams: new WeakMap(),
  modules: new Map(),
  copies: new WeakMap(),
  loadHookUnavailable: undefined,
  warnings: new Set(),
  ownErrors: 0,
  lastOwnError: undefined,
};

export const state: SharedState = holder[key];

/** How the calls of this client are traced, or undefined if they are not. */
export function tracingOf(client: object | undefined, adapter: ClientAdapter): Tracing | undefined {
  if (client !== undefined) {
    const own = state.clients.get(client);
    if (own !== undefined) return own;
    for (const { module, prototype, tracing } of state.classes) {
      if (module !== adapter.module) continue;
      // What stands for a client does not tell the client's class: any class of the library will do.
      if (adapter.keys !== undefined || Object.prototype.isPrototypeOf.call(prototype, client)) return tracing;
    }
  }
  return state.everyClient;
}

/** Keeps our failures away from the application: counted, also for the library at hand, and told once. */
export function reportOwnError(where: string, error: unknown, record?: ModuleRecord): void {
  state.ownErrors += 1;
  if (record !== undefined) record.ownErrors += 1;
  state.lastOwnError = `${where}: ${error instanceof Error ? error.message : String(error)}`;
  if (state.ownErrors === 1) {
    diag.error(
      `@genspan/instrumentation failed (${where}); the application's calls go on. Further failures: status()`,
      error,
    );
  }
}
