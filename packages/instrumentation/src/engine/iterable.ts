import { observeIterator } from "./generators.ts";
import { define } from "./iterators.ts";
import { likeOriginal } from "./like-original.ts";
import type { Observer } from "./observer.ts";
import { isObject } from "./read.ts";
import { isReadable, observedReader, relay } from "./readable.ts";
import { reportOwnError } from "./reports.ts";
import { type StreamObserver, state } from "./state.ts";
import { isClientStream, observeStream } from "./stream.ts";

type Iterable = Partial<AsyncIterable<unknown>> & Partial<AsyncIterator<unknown>>;

/** Anything that `for await` takes: a stream of a client library, an async generator, a `ReadableStream`. */
export function isIterable(value: unknown): value is Iterable & object {
  return isObject(value) && Symbol.asyncIterator in value && typeof value[Symbol.asyncIterator] === "function";
}

/**
 * Observes a stream in place: the application keeps the object, nothing is read that it does not read, and nothing is
 * read ahead. Methods of a class are replaced on the class, once for all its streams, so that a stream gets no
 * properties; who observes which stream is in a weak map. Own methods (generator objects of older language targets have
 * them) are replaced where they are.
 */
export function observeIterable(stream: Iterable & object, observer: Observer): void {
  if (isClientStream(stream)) observeStream(stream, observer);
  else if (isIterator(stream)) observeIterator(stream, observer);
  else {
    state.streams.set(receiverOf(stream), streamObserver(observer));
    for (const [name, make] of isReadable(stream) ? readableMethods : iterableMethods) replace(stream, name, make);
  }
}

function isIterator(value: Iterable): value is AsyncIterator<unknown> {
  return typeof value.next === "function";
}

function streamObserver(observer: Observer): StreamObserver {
  return {
    observe: (iterator) => {
      observer.hasData = true;
      observeIterator(iterator, observer);
    },
    leave: () => observer.report("stream end", (call) => call.endStream()),
  };
}

type Method = (this: object, ...args: unknown[]) => unknown;
/** Makes what a method of an observed stream does from what it did. */
type Make = (original: Method, stream: object, observer: StreamObserver, args: unknown[]) => unknown;

const observeMade: Make = (original, stream, observer, args) => {
  const made = original.apply(stream, args);
  observer.observe(made as AsyncIterator<unknown>); // the method is an iterator method
  return made;
};

const iterableMethods: readonly (readonly [PropertyKey, Make])[] = [[Symbol.asyncIterator, observeMade]];

/**
 * `tee` and the pipes read a stream from within: they are given a stream that stands in between and reads on demand only.
 */
const overRelay: Make = (original, stream, _observer, args) => original.apply(relay(stream), args);

const readableMethods: readonly (readonly [PropertyKey, Make])[] = [
  [Symbol.asyncIterator, observeMade],
  ["values", observeMade],
  ["getReader", (original, stream, observer, args) => observedReader(original.apply(stream, args), observer)],
  ["tee", overRelay],
  ["pipeTo", overRelay],
  ["pipeThrough", overRelay],
  [
    "cancel",
    (original, stream, observer, args) => {
      // Of a stream that is being read it is refused, and the reader goes on.
      if ((stream as ReadableStream).locked !== true) observer.leave();
      return original.apply(stream, args);
    },
  ],
];

const markedMethods = new WeakSet<object>();

function replace(stream: object, name: PropertyKey, make: Make): void {
  const holder = holderOf(stream, name);
  const original: unknown = Reflect.get(holder, name);
  if (typeof original !== "function" || markedMethods.has(original)) return;
  const patched = likeOriginal(
    {
      method(this: object, ...args: unknown[]): unknown {
        const observer = state.streams.get(this);
        if (observer === undefined) return Reflect.apply(original, this, args);
        return guarded(original as Method, this, observer, args, make);
      },
    }.method,
    original as Method,
  );
  markedMethods.add(patched);
  define(holder, name, patched);
}

function guarded(original: Method, stream: object, observer: StreamObserver, args: unknown[], make: Make): unknown {
  let hasRun = false;
  let returned: unknown;
  const once: Method = function (...given) {
    hasRun = true;
    returned = original.apply(this, given);
    return returned;
  };
  try {
    return make(once, stream, observer, args);
  } catch (error) {
    // Of the library itself, or of ours after the library was done.
    if (hasRun && returned === undefined) throw error;
    reportOwnError("stream", error);
    return hasRun ? returned : original.apply(stream, args);
  }
}

/** The stream's class; the stream itself where the class is the platform's, or where it has a method of its own. */
function holderOf(stream: object, name: PropertyKey): object {
  const prototype: unknown = Object.getPrototypeOf(stream);
  if (Object.hasOwn(stream, name) || !isObject(prototype) || isOfPlatform(prototype)) return stream;
  return prototype;
}

/**
 * What the stream's methods are called with. A client library may hand out a proxy whose methods are those of the object behind
 * it (the interactions of @google/genai): such a proxy has another iterator method than its class.
 */
function receiverOf(stream: Iterable & object): object {
  const holder = holderOf(stream, Symbol.asyncIterator);
  if (stream[Symbol.asyncIterator] === Reflect.get(holder, Symbol.asyncIterator)) return stream;
  const self = Symbol("self");
  const value = function (this: object): object {
    return this;
  };
  Object.defineProperty(holder, self, { value, configurable: true });
  try {
    const called: unknown = Reflect.get(stream, self);
    const receiver: unknown = typeof called === "function" ? Reflect.apply(called, stream, []) : undefined;
    return isObject(receiver) ? receiver : stream;
  } finally {
    Reflect.deleteProperty(holder, self);
  }
}

function isOfPlatform(prototype: object): boolean {
  return prototype === Object.prototype || prototype === globalThis.ReadableStream?.prototype;
}
