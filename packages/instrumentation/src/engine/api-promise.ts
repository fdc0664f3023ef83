import { likeOriginal } from "./like-original.ts";
import type { Observer } from "./observer.ts";
import { isHttpResponse, isObject, isPromise } from "./read.ts";
import { reportOwnError, state } from "./state.ts";
import { isClientStream, observeStream } from "./stream.ts";

/**
 * The lazy promise of Stainless-made client libraries (openai 4-7 and others): the HTTP exchange runs in
 * `responsePromise`; the body is read by `parseResponse`, once somebody awaits. `then()` on it would read the body.
 */
export interface ApiPromise extends Promise<unknown> {
  responsePromise: Promise<{ readonly response?: unknown }>;
  parseResponse: (...args: unknown[]) => unknown;
  _thenUnwrap(transform: (data: unknown, ...rest: unknown[]) => unknown): ApiPromise;
  parse(): Promise<unknown>;
  asResponse(): Promise<unknown>;
}

export function isApiPromise(value: unknown): value is ApiPromise {
  return (
    isPromise(value) &&
    "responsePromise" in value &&
    isPromise(value.responsePromise) &&
    "parseResponse" in value &&
    typeof value.parseResponse === "function"
  );
}

/**
 * Who observes a promise stands on its parser, a function that is made for that promise alone: no property on the
 * promise, and no weak map, whose entries make garbage collection dearer.
 */
const observerKey = Symbol.for("genspan.instrumentation.observer.1");
/** The mark is optional, so that every parser may be looked at as one of these. */
type ObservedParser = ApiPromise["parseResponse"] & { [observerKey]?: Observer };

function observerOf(promise: ApiPromise): Observer | undefined {
  return (promise.parseResponse as ObservedParser)[observerKey];
}

/** Observes without adding a property to the promise, without reading a body, and without a promise beside it. */
export function observeApiPromise(promise: ApiPromise, observer: Observer): void {
  patchPrototype(promise);
  const derived = promise.responsePromise.then(
    (props) => {
      observer.report("headers", (call) => {
        observer.hasHeaders = true;
        call.headers(props.response);
        if (observer.isParsed) return;
        if (observer.isRaw) call.endAtHeaders();
        else observer.watch();
      });
      return props;
    },
    // Rethrown: whoever was to see this rejection, or nobody, still does.
    (error: unknown) => {
      observer.report("error", (call) => call.fail(error));
      throw error;
    },
  );
  adopt(promise, derived, observer);
}

function adopt(promise: ApiPromise, responsePromise: ApiPromise["responsePromise"], observer: Observer): void {
  promise.responsePromise = responsePromise;
  const parse = promise.parseResponse;
  const observed: ObservedParser = function parseResponse(this: unknown, ...args: unknown[]): unknown {
    const parsed = parse.apply(this, args);
    if (!isPromise(parsed)) return observeData(parsed, observer);
    return parsed.then(
      (data: unknown) => observeData(data, observer),
      (error: unknown) => {
        observer.report("parse error", (call) => call.fail(error));
        throw error;
      },
    );
  };
  observed[observerKey] = observer;
  promise.parseResponse = observed;
  // openai 7: an own function that closes over parser and HTTP exchange, and so would pass by both replacements.
  if (Object.hasOwn(promise, "_thenUnwrap")) {
    const unwrap = promise._thenUnwrap;
    promise._thenUnwrap = function (this: unknown, transform): ApiPromise {
      const made: ApiPromise = unwrap.call(this as ApiPromise, (data, ...rest) =>
        transform(observeData(data, observer), ...rest),
      );
      adopt(made, responsePromise, observer);
      return made;
    };
  }
}

/** A value was parsed: the first to arrive is the model's answer, later ones are transformed copies of it. */
function observeData(data: unknown, observer: Observer): unknown {
  try {
    if (observer.call.ended || observer.hasData) return data;
    observer.hasData = true;
    if (isClientStream(data)) {
      observer.watch();
      observeStream(data, observer);
    } else if (isHttpResponse(data)) observer.call.endAtHeaders();
    else observer.call.respond(data);
  } catch (error) {
    reportOwnError("data", error);
  }
  return data;
}

/** `parse` and `asResponse` are only visible on the prototype; awaiting goes through `parse`. */
function patchPrototype(promise: ApiPromise): void {
  const prototype = ownerOf(promise, "asResponse");
  if (prototype === undefined || state.patched.has(prototype)) return;
  state.patched.add(prototype);
  replace(
    prototype,
    "parse",
    (original) =>
      ({
        parse(this: ApiPromise, ...args: []): Promise<unknown> {
          const observer = observerOf(this);
          if (observer !== undefined) observer.isParsed = true;
          return original.apply(this, args);
        },
      }).parse,
  );
  replace(
    prototype,
    "asResponse",
    (original) =>
      ({
        asResponse(this: ApiPromise, ...args: []): Promise<unknown> {
          const observer = observerOf(this);
          if (observer !== undefined) {
            observer.isRaw = true;
            if (observer.hasHeaders && !observer.isParsed) observer.report("headers", (call) => call.endAtHeaders());
          }
          return original.apply(this, args);
        },
      }).asResponse,
  );
  replace(
    prototype,
    "_thenUnwrap",
    (original) =>
      ({
        _thenUnwrap(this: ApiPromise, ...args: Parameters<ApiPromise["_thenUnwrap"]>): ApiPromise {
          const made = original.apply(this, args);
          const observer = observerOf(this);
          if (observer !== undefined) (made.parseResponse as ObservedParser)[observerKey] = observer;
          return made;
        },
      })._thenUnwrap,
  );
}

function replace<K extends "parse" | "asResponse" | "_thenUnwrap">(
  prototype: ApiPromise,
  name: K,
  make: (original: ApiPromise[K]) => ApiPromise[K],
): void {
  const descriptor = Object.getOwnPropertyDescriptor(prototype, name);
  if (descriptor === undefined || typeof descriptor.value !== "function" || descriptor.writable !== true) return;
  const original: ApiPromise[K] = descriptor.value;
  Object.defineProperty(prototype, name, { ...descriptor, value: likeOriginal(make(original), original) });
}

function ownerOf(value: object, name: string): ApiPromise | undefined {
  let owner: unknown = Object.getPrototypeOf(value);
  while (isObject(owner) && !Object.hasOwn(owner, name)) owner = Object.getPrototypeOf(owner);
  // An object that owns `asResponse` is the prototype of such promises.
  return isObject(owner) ? (owner as ApiPromise) : undefined;
}
