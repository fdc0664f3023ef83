import { type ApiPromise, markObserved, observeData, observeParsed } from "./api-promise-data.ts";
import { patchPrototype } from "./api-promise-methods.ts";
import type { Observer } from "./observer.ts";
import { isPromise } from "./read.ts";

export function isApiPromise(value: unknown): value is ApiPromise {
  return (
    isPromise(value) &&
    "responsePromise" in value &&
    isPromise(value.responsePromise) &&
    "parseResponse" in value &&
    typeof value.parseResponse === "function"
  );
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
  const observed = function parseResponse(this: unknown, ...args: unknown[]): unknown {
    const parsed = parse.apply(this, args);
    return isPromise(parsed) ? observeParsed(parsed, observer) : observeData(parsed, observer);
  };
  markObserved(observed, observer);
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
