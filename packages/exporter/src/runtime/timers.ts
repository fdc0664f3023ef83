import { builtin } from "./builtin.ts";

interface Unrefable {
  unref?: () => unknown;
}

/**
 * Node's own, as they are when this is loaded: tests of applications put clocks in the place of the global ones that stand
 * still, and flushing would hang.
 */
const { setTimeout: begin, clearTimeout: end, setImmediate: next } = builtin("node:timers") ?? globalThis;

export type Timer = ReturnType<typeof globalThis.setTimeout>;

/** A timer that does not keep the process alive, where the runtime has a notion of that. */
export function unrefTimer(run: () => void, millis: number): Timer {
  const timer = begin(run, Math.min(millis, 2 ** 31 - 1));
  (timer as Unrefable).unref?.(); // a number on runtimes that are no Node
  return timer;
}

export function stopTimer(timer: Timer | undefined): void {
  end(timer);
}

/** In a later turn of the event loop, which is `setImmediate` where there is one. */
export function soon(run: () => void): void {
  if (typeof next === "function") next(run);
  else begin(run, 0);
}

let last: Promise<void> = Promise.resolve();

/**
 * Resolves in a turn of the event loop of its own: of several callers, in whatever destination, each gets another one.
 * Making a batch into bytes takes milliseconds, and four of them in one turn would be felt.
 */
export function ownTurn(): Promise<void> {
  last = last.then(nextTurn);
  return last;
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    soon(resolve);
  });
}

/** Waits for a promise, but no longer than that. @returns whether it settled in time, either way; never rejects. */
export async function settlesWithin(millis: number, promise: Promise<unknown>): Promise<boolean> {
  let timer: Timer | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = begin(() => resolve(false), millis);
  });
  const settled = promise.then(
    () => true,
    () => true,
  );
  try {
    return await Promise.race([settled, late]);
  } finally {
    stopTimer(timer);
  }
}
