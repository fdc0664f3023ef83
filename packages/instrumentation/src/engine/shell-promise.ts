import { isObject, isPromise } from "./read.ts";

/**
 * The promise of clients that Fern makes (`HttpResponsePromise`): a shell around the promise of response and HTTP answer,
 * with `withRawResponse()`. The inner one is replaced in place: whatever way the application takes to the response, it
 * comes from there.
 */
export interface ShellPromise {
  innerPromise: Promise<unknown>;
}

export function isShellPromise(value: unknown): value is ShellPromise {
  return isObject(value) && "withRawResponse" in value && "innerPromise" in value && isPromise(value.innerPromise);
}
