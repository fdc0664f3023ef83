import { soon } from "./runtime.ts";

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
