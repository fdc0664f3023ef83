import type { ClientAdapter, MethodAdapter } from "../adapter.ts";
import { type AnyFunction, likeOriginal } from "./like-original.ts";
import type { ModuleRecord } from "./module-record.ts";
import { runCall } from "./run.ts";
import { state } from "./state.ts";

/**
 * Puts our function in the place of a prototype's method, once. Returns why not, or undefined.
 * Whether a call is traced is decided at the call: a patched method of an unregistered client only looks that up.
 */
export function patchMethod(
  owner: object,
  name: string,
  adapter: ClientAdapter,
  method: MethodAdapter,
  record: ModuleRecord,
): string | undefined {
  const descriptor = Object.getOwnPropertyDescriptor(owner, name) ?? inheritedDescriptor(owner, name);
  if (descriptor === undefined || typeof descriptor.value !== "function") return "not a method of its prototype";
  const original: AnyFunction = descriptor.value;
  if (state.patched.has(original)) return undefined;
  if (descriptor.configurable !== true && descriptor.writable !== true) return "the prototype is frozen";
  if (!Object.hasOwn(owner, name) && !Object.isExtensible(owner)) return "the prototype is frozen";
  // Method shorthand: like the original it is no constructor and has no `prototype`.
  const { patched } = {
    patched(this: object, ...args: never[]): unknown {
      return runCall({ adapter, method, record, original, resource: this, args, callee: patched });
    },
  };
  Object.defineProperty(owner, name, { ...descriptor, value: likeOriginal(patched, original) });
  state.patched.add(patched);
  return undefined;
}

/** Of a method that the owner inherits; who calls the inherited one is looked up at the call, others may patch it too. */
function inheritedDescriptor(owner: object, name: string): PropertyDescriptor | undefined {
  const { [name]: inherited } = owner as Readonly<Record<string, unknown>>;
  if (typeof inherited !== "function") return undefined;
  const { forward } = {
    forward(this: object, ...args: never[]): unknown {
      const { [name]: current } = Object.getPrototypeOf(owner) as Readonly<Record<string, AnyFunction>>;
      return Reflect.apply(current ?? inherited, this, args);
    },
  };
  return {
    value: likeOriginal(forward, inherited as AnyFunction),
    writable: true,
    enumerable: false,
    configurable: true,
  };
}
