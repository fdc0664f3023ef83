import { define, observeIterators } from "./iterators.ts";
import type { Observer } from "./observer.ts";
import { isObject } from "./read.ts";

/**
 * Observes one iterator. That of a native generator function gets no property: all iterators of one function inherit
 * from the function's `prototype` object, and that is given methods, once, which look up who observes the iterator.
 */
export function observeIterator(iterator: AsyncIterator<unknown>, observer: Observer): void {
  const prototype = generatorPrototype(iterator);
  if (prototype === undefined) {
    observeIterators(iterator, observer);
    return;
  }
  const inherited = originals.get(prototype) ?? patchPrototype(prototype);
  const standIn = {
    next: (...args: [] | [unknown]) => inherited.next.apply(iterator, args),
    return: (value?: unknown) => inherited.return.call(iterator, value),
    throw: (error?: unknown) => inherited.throw.call(iterator, error),
  };
  observeIterators(standIn, observer);
  standIns.set(iterator, standIn);
}

type Methods = Required<AsyncIterator<unknown>>;

const standIns = new WeakMap<object, Methods>();
/** By the prototype that was given methods: what it inherits. */
const originals = new WeakMap<object, Methods>();

/** The object between an iterator and what has its methods: of generators there is one for each function. */
function generatorPrototype(iterator: object): object | undefined {
  if (Object.hasOwn(iterator, "next")) return undefined;
  const prototype: unknown = Object.getPrototypeOf(iterator);
  if (!isObject(prototype) || originals.has(prototype)) return isObject(prototype) ? prototype : undefined;
  const shared: unknown = Object.getPrototypeOf(prototype);
  const hasMethods = isObject(shared) && ["next", "return", "throw"].every((name) => Object.hasOwn(shared, name));
  return hasMethods && !Object.hasOwn(prototype, "next") && Object.isExtensible(prototype) ? prototype : undefined;
}

function patchPrototype(prototype: object): Methods {
  const shared = Object.getPrototypeOf(prototype) as Methods; // has all three, as was checked
  const inherited: Methods = { next: shared.next, return: shared.return, throw: shared.throw };
  originals.set(prototype, inherited);
  define(prototype, "next", function (this: Methods, ...args: [] | [unknown]) {
    return (standIns.get(this)?.next ?? inherited.next).apply(this, args);
  });
  define(prototype, "return", function (this: Methods, value?: unknown) {
    return (standIns.get(this)?.return ?? inherited.return).call(this, value);
  });
  define(prototype, "throw", function (this: Methods, error?: unknown) {
    return (standIns.get(this)?.throw ?? inherited.throw).call(this, error);
  });
  return inherited;
}
