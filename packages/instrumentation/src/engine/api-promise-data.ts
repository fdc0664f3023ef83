import type { Observer } from "./observer.ts";
import { isHttpResponse } from "./read.ts";
import { reportOwnError } from "./reports.ts";
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
  /** @anthropic-ai/sdk from version 1 on: hands the HTTP exchange to another promise, which parses it. */
  _responseProps?(): ApiPromise["responsePromise"];
  /** Beside it: every parse goes through it. */
  parseResponseTraced?(props: object): Promise<unknown>;
}

/**
 * Who observes a promise stands on its parser, a function that is made for that promise alone: no property on the
 * promise, and no weak map, whose entries make garbage collection dearer.
 */
const observerKey = Symbol.for("genspan.instrumentation.observer.1");
/** The mark is optional, so that every parser may be looked at as one of these. */
type ObservedParser = ApiPromise["parseResponse"] & { [observerKey]?: Observer };

export function observerOf(promise: ApiPromise): Observer | undefined {
  return (promise.parseResponse as ObservedParser)[observerKey];
}

export function markObserved(parse: ApiPromise["parseResponse"], observer: Observer): void {
  (parse as ObservedParser)[observerKey] = observer;
}

export function observeParsed(parsed: Promise<unknown>, observer: Observer): Promise<unknown> {
  return parsed.then(
    (data: unknown) => observeData(data, observer),
    (error: unknown) => {
      observer.report("parse error", (call) => call.fail(error));
      throw error;
    },
  );
}

/** A value was parsed: the first to arrive is the model's answer, later ones are transformed copies of it. */
export function observeData(data: unknown, observer: Observer): unknown {
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
