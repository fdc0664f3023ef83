import { context } from "@opentelemetry/api";
import type { Body, ClientAdapter, MethodAdapter } from "../adapter.ts";
import { isApiPromise, observeApiPromise } from "./api-promise.ts";
import { Call } from "./call.ts";
import { type AnyFunction, likeOriginal } from "./like-original.ts";
import type { ModuleRecord } from "./module-record.ts";
import { Observer } from "./observer.ts";
import { isObject, isPromise } from "./read.ts";
import { reportOwnError, state, tracingOf } from "./state.ts";

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
  const descriptor = Object.getOwnPropertyDescriptor(owner, name);
  if (descriptor === undefined || typeof descriptor.value !== "function") return "not a method of its prototype";
  const original: AnyFunction = descriptor.value;
  if (state.patched.has(original)) return undefined;
  if (descriptor.configurable !== true && descriptor.writable !== true) return "the prototype is frozen";
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

interface Invocation {
  readonly adapter: ClientAdapter;
  readonly method: MethodAdapter;
  readonly record: ModuleRecord;
  readonly original: AnyFunction;
  readonly resource: object;
  readonly args: readonly never[];
  readonly callee: AnyFunction;
}

function runCall(invocation: Invocation): unknown {
  const { original, resource, args } = invocation;
  const call = beginCall(invocation);
  if (call === undefined) return Reflect.apply(original, resource, args);
  let returned: unknown;
  try {
    returned = context.with(call.context, () => Reflect.apply(original, resource, args));
  } catch (error) {
    failCall(call, error);
    throw error;
  }
  return call.isObserved ? observeReturned(returned, call) : returned;
}

function failCall(call: Call, error: unknown): void {
  try {
    if (call.isObserved) call.fail(error);
  } catch (ownError) {
    reportOwnError("error", ownError);
  }
}

function beginCall({ adapter, method, record, resource, args, callee }: Invocation): Call | undefined {
  try {
    const client = adapter.client(resource);
    const tracing = tracingOf(client);
    const body: unknown = args[0];
    if (client === undefined || tracing === undefined || !isObject(body)) return undefined;
    // An object is a body of named fields, whatever the application's type for it is.
    return new Call({ adapter, method, record, tracing, client, body: body as Body, callee });
  } catch (error) {
    reportOwnError("call", error);
    return undefined;
  }
}

function observeReturned(returned: unknown, call: Call): unknown {
  try {
    if (isApiPromise(returned)) observeApiPromise(returned, new Observer(call));
    else if (isPromise(returned)) return observePlainPromise(returned, call);
    else call.respond(returned);
  } catch (error) {
    reportOwnError("promise", error);
  }
  return returned;
}

/** A promise of the application's own (a stub, a cache in front of the client): derived, so that its rejection is seen once. */
function observePlainPromise(promise: Promise<unknown>, call: Call): Promise<unknown> {
  const observer = new Observer(call);
  observer.watch();
  return promise.then(
    (value) => {
      observer.report("data", () => call.respond(value));
      return value;
    },
    (error: unknown) => {
      observer.report("error", () => call.fail(error));
      throw error;
    },
  );
}
