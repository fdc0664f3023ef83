/** What the runtime offers is asked for when it is needed: nothing here is imported where it may not be there. */
export function builtin<T extends keyof BuiltinModules>(name: T): BuiltinModules[T] | undefined {
  try {
    // Node 22.3, Bun, Deno 2 and workerd with `nodejs_compat`; elsewhere there may be no `process` at all.
    return globalThis.process?.getBuiltinModule?.(name) as BuiltinModules[T] | undefined; // the name says which
  } catch {
    return undefined;
  }
}

interface BuiltinModules {
  readonly "node:fs": typeof import("node:fs");
  readonly "node:http": typeof import("node:http");
  readonly "node:https": typeof import("node:https");
  readonly "node:module": typeof import("node:module");
  readonly "node:path": typeof import("node:path");
  readonly "node:os": typeof import("node:os");
  readonly "node:sqlite": typeof import("node:sqlite");
  readonly "node:timers": typeof import("node:timers");
  readonly "node:worker_threads": typeof import("node:worker_threads");
  readonly "node:zlib": typeof import("node:zlib");
}
