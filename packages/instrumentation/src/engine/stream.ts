import { observeIterators } from "./iterators.ts";
import type { Observer } from "./observer.ts";
import { isObject } from "./read.ts";
import { reportOwnError } from "./reports.ts";

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
