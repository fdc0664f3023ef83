/** Reading what a driver's `stream` resolved to. */
import { type Description, describeDeep, describeError } from "../describe-value.ts";
import type { Driver } from "../driver.ts";

/** What an application iterates. */
export function chunksOf(driver: Driver, streamed: unknown): AsyncIterable<unknown> {
  if (driver.chunks) return driver.chunks(streamed as never); // the driver knows what it made
  return streamed as AsyncIterable<unknown>; // clients without `chunks` give the stream itself
}

export async function collect(chunks: AsyncIterable<unknown>): Promise<Description[]> {
  const collected: Description[] = [];
  for await (const chunk of chunks) collected.push(describeDeep(chunk));
  return collected;
}

/** What arrived until the end, or until the error that ended it. */
export async function collectUntilError(chunks: AsyncIterable<unknown>): Promise<Description> {
  const collected: Description[] = [];
  try {
    for await (const chunk of chunks) collected.push(describeDeep(chunk));
    return { collected };
  } catch (error) {
    return { collected, error: describeError(error) };
  }
}
