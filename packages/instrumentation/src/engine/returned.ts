import type { MethodAdapter, Unpacked } from "../adapter.ts";
import { isApiPromise, observeApiPromise } from "./api-promise.ts";
import type { Call } from "./call.ts";
import { isIterable, observeIterable } from "./iterable.ts";
import { type AnyFunction, likeOriginal } from "./like-original.ts";
import { Observer } from "./observer.ts";
import { isPromise } from "./read.ts";
import { reportOwnError } from "./reports.ts";
import { isShellPromise } from "./shell-promise.ts";

/** Observes what the library's method returned, and returns what the application is given. */
export function observeReturned(returned: unknown, call: Call, method: MethodAdapter): unknown {
  try {
    if (isApiPromise(returned)) observeApiPromise(returned, new Observer(call));
    else if (isShellPromise(returned)) {
      returned.innerPromise = observePlainPromise(returned.innerPromise, new Observer(call), method);
    } else if (isPromise(returned)) return observePlainPromise(returned, new Observer(call), method);
    else observeValue(returned, new Observer(call), method);
  } catch (error) {
    reportOwnError("promise", error);
  }
  return returned;
}

/**
 * A promise that an async function made for this call alone. What is handed on is a derived one: a handler on the
 * original would hide its rejection from the process's unhandled-rejection tracking, and a promise beside it would
 * report the rejection twice. It is of the same class, and the original had no property to lose.
 */
function observePlainPromise(promise: Promise<unknown>, observer: Observer, method: MethodAdapter): Promise<unknown> {
  return promise.then(
    (value) => {
      observeValue(value, observer, method);
      return value;
    },
    (error: unknown) => {
      observer.report("error", (call) => call.fail(error));
      throw error;
    },
  );
}

/** What the call gave has arrived: a whole response, or a stream that is yet to be read. */
function observeValue(value: unknown, observer: Observer, method: MethodAdapter): void {
  const { call } = observer;
  try {
    const { response, stream, signal, http }: Unpacked = method.unpack?.(value) ?? { response: value, stream: value };
    if (http !== undefined) call.describeHttp(http);
    if (!call.isStreaming || !isIterable(stream)) call.respond(response);
    else {
      observer.watch();
      observeIterable(stream, observer);
      if (signal instanceof AbortSignal) endWhenStopped(signal, observer);
    }
  } catch (error) {
    reportOwnError("data", error);
    call.endAtHeaders();
  }
}

/** A stream that is being read tells itself that it was stopped. */
function endWhenStopped(signal: AbortSignal, observer: Observer): void {
  const stopped = (): void => {
    if (!observer.hasData) observer.report("stream stopped", (call) => call.endStream());
  };
  signal.addEventListener("abort", stopped, { once: true });
}

/** The arguments with the Node-style callback `(error, value)` at `index` observed. */
export function observeCallback(
  args: readonly never[],
  index: number,
  call: Call,
  method: MethodAdapter,
): readonly never[] {
  const callback: unknown = args[index];
  if (typeof callback !== "function") return args;
  const observer = new Observer(call);
  // Arguments are passed on whatever they are.
  const original = callback as AnyFunction;
  const observed = likeOriginal(function (this: unknown, ...results: never[]): unknown {
    const [error, value] = results as readonly unknown[];
    if (error === null || error === undefined) observeValue(value, observer, method);
    else observer.report("error", () => call.fail(error));
    return Reflect.apply(original, this, results);
  }, original);
  return args.with(index, observed as never);
}
