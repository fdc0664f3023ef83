import { type ApiPromise, markObserved, observeParsed, observerOf } from "./api-promise-data.ts";
import { likeOriginal } from "./like-original.ts";
import type { Observer } from "./observer.ts";
import { isObject } from "./read.ts";
import { state } from "./state.ts";

/** Exchanges that helpers took from the promise of one call to parse them in another promise. */
const handedOver = new WeakMap<object, Observer>();

/** Methods that are only visible on the prototype; awaiting goes through `parse`. */
export function patchPrototype(promise: ApiPromise): void {
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
          if (observer !== undefined) markObserved(made.parseResponse, observer);
          return made;
        },
      })._thenUnwrap,
  );
  replace(
    prototype,
    "_responseProps",
    (original) =>
      ({
        _responseProps(this: ApiPromise, ...args: []): ApiPromise["responsePromise"] {
          const observer = observerOf(this);
          const exchange = original.apply(this, args);
          if (observer === undefined) return exchange;
          return exchange.then((props) => {
            handedOver.set(props, observer);
            return props;
          });
        },
      })._responseProps,
  );
  replace(
    prototype,
    "parseResponseTraced",
    (original) =>
      ({
        parseResponseTraced(this: ApiPromise, ...args: [props: object]): Promise<unknown> {
          const parsed = original.apply(this, args);
          const observer = handedOver.get(args[0]);
          return observer === undefined ? parsed : observeParsed(parsed, observer);
        },
      }).parseResponseTraced,
  );
}

function replace<K extends "parse" | "asResponse" | "_thenUnwrap" | "_responseProps" | "parseResponseTraced">(
  prototype: ApiPromise,
  name: K,
  make: (original: Required<ApiPromise>[K]) => Required<ApiPromise>[K],
): void {
  const descriptor = Object.getOwnPropertyDescriptor(prototype, name);
  if (descriptor === undefined || typeof descriptor.value !== "function" || descriptor.writable !== true) return;
  const original: Required<ApiPromise>[K] = descriptor.value;
  Object.defineProperty(prototype, name, { ...descriptor, value: likeOriginal(make(original), original) });
}

function ownerOf(value: object, name: string): ApiPromise | undefined {
  let owner: unknown = Object.getPrototypeOf(value);
  while (isObject(owner) && !Object.hasOwn(owner, name)) owner = Object.getPrototypeOf(owner);
  // An object that owns `asResponse` is the prototype of such promises.
  return isObject(owner) ? (owner as ApiPromise) : undefined;
}
