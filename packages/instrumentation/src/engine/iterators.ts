import type { UsageOnRequest } from "../adapter.ts";
import type { Observer } from "./observer.ts";
import { reportOwnError } from "./reports.ts";

/**
 * Observes an iterator, or through their prototype all iterators of one stream. A stream is read by the first iterator
 * that is advanced.
 */
export function observeIterators(target: AsyncIterator<unknown>, observer: Observer): void {
  const { next, return: end, throw: raise } = target;
  let reader: unknown;

  const onResult = (result: IteratorResult<unknown>): IteratorResult<unknown> => {
    try {
      if (result.done === true) observer.call.endStream();
      else observer.call.chunk(result.value);
    } catch (error) {
      reportOwnError("chunk", error);
    }
    return result;
  };
  const onError = (error: unknown): never => {
    observer.report("stream error", (call) => call.fail(error));
    throw error;
  };
  const leave = (iterator: unknown): void => {
    if (reader === undefined || reader === iterator) observer.report("stream end", (call) => call.endStream());
  };

  // The promise that is handed on is the derived one: a handler on the original would hide its rejection from the
  // process's unhandled-rejection tracking, and a second promise beside it would report it twice.
  define(target, "next", function (this: AsyncIterator<unknown>, ...args: [] | [unknown]) {
    reader ??= this;
    const result = next.apply(this, args);
    if (reader !== this) return result;
    const { hiddenUsage } = observer.call;
    const seen = result.then(onResult, onError);
    return hiddenUsage === undefined ? seen : seen.then((found) => hide(this, found, hiddenUsage));
  });
  const hide = (
    iterator: AsyncIterator<unknown>,
    result: IteratorResult<unknown>,
    hidden: UsageOnRequest,
  ): IteratorResult<unknown> | Promise<IteratorResult<unknown>> => {
    if (result.done === true) return result;
    if (!hidden.isUsageOnly(result.value)) {
      hidden.clean(result.value);
      return result;
    }
    const rest = next.call(iterator).then(onResult, onError);
    return rest.then((found) => hide(iterator, found, hidden));
  };
  if (end !== undefined) {
    define(target, "return", function (this: AsyncIterator<unknown>, value?: unknown) {
      leave(this);
      return end.call(this, value);
    });
  }
  if (raise !== undefined) {
    define(target, "throw", function (this: AsyncIterator<unknown>, error?: unknown) {
      leave(this);
      return raise.call(this, error);
    });
  }
}

/** An own property keeps its place and flags; a new one is not enumerable. */
export function define(target: object, name: PropertyKey, value: (...args: never[]) => unknown): void {
  const own = Object.getOwnPropertyDescriptor(target, name);
  const { enumerable = false } = own ?? {};
  Object.defineProperty(target, name, { value, writable: true, enumerable, configurable: true });
}
