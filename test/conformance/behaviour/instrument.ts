/** The contract of an instrumentation under test: ours, a deliberately bad one, or anybody's (`--instrument ./other.mjs`). */
import { pathToFileURL } from "node:url";
import type { TracerProvider } from "@opentelemetry/api";

/**
 * A module exports `instrument(setup)`. It is called once in each process, before the client library is loaded, and may be
 * asynchronous. `setup.tracerProvider` is the global one already; spans that end anywhere else are not seen.
 */
export type InstrumentFunction = (setup: InstrumentSetup) => MaybePromise<Instrumented | undefined>;

export interface InstrumentSetup {
  readonly tracerProvider: TracerProvider;
  /** npm name of the client library that the application is going to load. */
  readonly module: string;
}

export interface Instrumented {
  /** Is given each client that the application makes, and returns the client that the application is to use. */
  client?<T extends object>(client: T): T;
  /** Failures of its own so far, which no application sees. */
  failures?(): { readonly count: number; readonly last: string | undefined };
  /** Holds its spans against the GenAI conventions as well; `content` says whether it records content. */
  readonly conventions?: { readonly content: boolean };
}

type MaybePromise<T> = T | Promise<T>;

/** `reference` is a file or a URL, with `#name` where the export is not named `instrument`. */
export async function loadInstrument(reference: string): Promise<InstrumentFunction> {
  const [path = "", name = "instrument"] = reference.split("#");
  const url = path.startsWith("file:") ? path : pathToFileURL(path).href;
  const { [name]: found } = (await import(url)) as Readonly<Record<string, unknown>>;
  if (typeof found !== "function") throw new Error(`${path} has no export \`${name}\` that is a function.`);
  return found as InstrumentFunction; // the contract
}
