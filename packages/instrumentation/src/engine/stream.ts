import type { Observer } from "./observer.ts";
import { isObject } from "./read.ts";
import { reportOwnError } from "./state.ts";

/** The stream of a client library: `iterator()` makes the one generator that everything else reads from. */
export interface ClientStream {
  iterator: (...args: unknown[]) => AsyncIterator<unknown>;
}

export function isClientStream(value: unknown): value is ClientStream {
  return isObject(value) && "iterator" in value && typeof value.iterator === "function";
}

/**
 * Observes the chunks of a stream on their way to whoever reads it: a loop, `tee()`, `toReadableStream()` or a helper.
 *
 * The generator function of a stream is made for that stream alone, and its `prototype` object is where the generator
 * inherits from. `next`, `return` and `throw` are put there: neither stream nor generator gets a property, and
 * `stream.iterator` stays the function it was. Where `iterator` is no generator function it is replaced in place.
 */
export function observeStream(stream: ClientStream, observer: Observer): void {
  const make = stream.iterator;
  const prototype: unknown = make.prototype;
  if (
    Object.hasOwn(stream, "iterator") &&
    isObject(prototype) &&
    "next" in prototype &&
    !Object.hasOwn(prototype, "next")
  ) {
    observeIterators(prototype as Required<AsyncIterator<unknown>>, observer);
    return;
  }
  stream.iterator = function iterator(...args: unknown[]): AsyncIterator<unknown> {
    const made = make.apply(this, args);
    try {
      observeIterators(made, observer);
    } catch (error) {
      reportOwnError("stream", error);
    }
    return made;
  };
}

/** `target` is an iterator or the prototype of iterators. A stream is read by the first iterator that is advanced. */
function observeIterators(target: AsyncIterator<unknown>, observer: Observer): void {
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
    return reader === this ? result.then(onResult, onError) : result;
  });
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

function define(target: object, name: string, value: (...args: never[]) => unknown): void {
  Object.defineProperty(target, name, { value, writable: true, enumerable: false, configurable: true });
}
