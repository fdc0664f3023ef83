import type { ClientAdapter } from "../adapter.ts";
import type { CopyRecord, ModuleRecord } from "./module-record.ts";
import { shared } from "./shared.ts";
import type { Tracing } from "./tracing.ts";

/** A method must be patched once, and a client that is registered with one copy of this package is known to all. */
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
}

/** What is known of observers here: the engine's `Observer` reports its own failures here. */
export interface StreamObserver {
  observe(iterator: AsyncIterator<unknown>): void;
  leave(): void;
}

export const state: SharedState = shared("genspan.instrumentation.state.1", () => ({
  clients: new WeakMap(),
  classes: [],
  everyClient: undefined,
  patched: new WeakSet(),
  streams: new WeakMap(),
  modules: new Map(),
  copies: new WeakMap(),
  loadHookUnavailable: undefined,
}));

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
