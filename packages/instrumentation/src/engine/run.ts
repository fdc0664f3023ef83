import { context, trace } from "@opentelemetry/api";
import type { Body, ClientAdapter, MethodAdapter } from "../adapter.ts";
import { Call } from "./call.ts";
import type { AnyFunction } from "./like-original.ts";
import type { ModuleRecord } from "./module-record.ts";
import { isObject } from "./read.ts";
import { reportOwnError } from "./reports.ts";
import { observeCallback, observeReturned } from "./returned.ts";
import { tracingOf } from "./state.ts";

export interface Invocation {
  readonly adapter: ClientAdapter;
  readonly method: MethodAdapter;
  readonly record: ModuleRecord;
  readonly original: AnyFunction;
  readonly resource: object;
  readonly args: readonly never[];
  /** The patched function. */
  readonly callee: AnyFunction;
}

/** The client whose patched method is on the stack: patched methods that it calls at once are the same call. */
let running: object | undefined;

export function runCall(invocation: Invocation): unknown {
  const { adapter, original, resource, args } = invocation;
  if (invocation.method.isHelper === true) return runHelper(invocation);
  const begun = beginCall(invocation);
  if (begun === undefined) return Reflect.apply(original, resource, args);
  const { call, client, method } = begun;
  const callback = call.isObserved ? method.callback?.(args) : undefined;
  const passed = callback === undefined ? begun.args : observeCallback(args, callback, call, method);
  const run = (given: readonly unknown[]): unknown => Reflect.apply(original, resource, given);
  const outer = running;
  running = client;
  let returned: unknown;
  try {
    returned = context.with(
      call.context,
      adapter.withoutNativeTelemetry === undefined
        ? () => run(passed)
        : () => adapter.withoutNativeTelemetry?.({ client, args: passed, run, span: trace.getSpan(call.context) }),
    );
  } catch (error) {
    failCall(call, error);
    throw error;
  } finally {
    running = outer;
  }
  return call.isObserved && callback === undefined ? observeReturned(returned, call, method) : returned;
}

/** Not a call, but leads to one that is traced. */
function runHelper({ adapter, original, resource, args }: Invocation): unknown {
  const run = (given: readonly unknown[]): unknown => Reflect.apply(original, resource, given);
  const client = tracedClient(adapter, resource);
  return client === undefined || adapter.withoutNativeTelemetry === undefined
    ? run(args)
    : adapter.withoutNativeTelemetry({ client, args, run, span: undefined });
}

function tracedClient(adapter: ClientAdapter, resource: object): object | undefined {
  try {
    const client = adapter.client(resource);
    return tracingOf(client, adapter) === undefined ? undefined : client;
  } catch (error) {
    reportOwnError("helper", error);
    return undefined;
  }
}

function failCall(call: Call, error: unknown): void {
  try {
    if (call.isObserved) call.fail(error);
  } catch (ownError) {
    reportOwnError("error", ownError);
  }
}

interface Begun {
  readonly call: Call;
  readonly client: object;
  readonly method: MethodAdapter;
  /** What the library's method is given. */
  readonly args: readonly never[];
}

function beginCall({ adapter, method: patched, record, resource, args, callee }: Invocation): Begun | undefined {
  try {
    const client = adapter.client(resource);
    const tracing = tracingOf(client, adapter);
    if (client === undefined || tracing === undefined || client === running) return undefined;
    const method = patched.select === undefined ? patched : patched.select(args);
    if (method === undefined) return undefined;
    const body: unknown = method.body === undefined ? args[0] : method.body(args);
    if (!isObject(body)) return undefined;
    // An object is a body of named fields, whatever the application's type for it is.
    const call = new Call({ adapter, method, record, tracing, client, body: body as Body, callee });
    const asking = call.isObserved ? call.askForUsage(body as Body) : undefined;
    return { call, client, method, args: asking === undefined ? args : args.with(0, asking as never) };
  } catch (error) {
    reportOwnError("call", error);
    return undefined;
  }
}
