import type { Trace } from "../engine/trace.ts";

/** A function of a trace that every span of it asks for: computed once, and forgotten with the trace. */
export function oncePerTrace<T>(compute: (trace: Trace) => T): (trace: Trace) => T {
  const known = new WeakMap<Trace, { readonly value: T }>();
  return (trace) => {
    let entry = known.get(trace);
    if (entry === undefined) {
      entry = { value: compute(trace) };
      known.set(trace, entry);
    }
    return entry.value;
  };
}
