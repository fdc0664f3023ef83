/** How a copy of a client library came to be instrumented. */
export type ReachedBy = "instrument" | "load-hook" | "require-cache";

/** One copy of a client library: CommonJS and ES module builds are separate copies. */
export interface ModuleCopyStatus {
  /** As the library says, or undefined where it does not. */
  readonly version: string | undefined;
  /** Whether recordings of this version were tested. */
  readonly supported: boolean;
  readonly reachedBy: readonly ReachedBy[];
  /** Path or URL of the patched file, where known. */
  readonly file: string | undefined;
  readonly patched: readonly string[];
  /** Why nothing is patched in this copy: it was loaded before the instrumentation, or is part of a bundle. */
  readonly unreached: string | undefined;
  readonly missing: readonly { readonly method: string; readonly reason: string }[];
}

export interface ModuleStatus {
  /** npm name of the client library. */
  readonly module: string;
  readonly supportedVersions: readonly string[];
  readonly copies: readonly ModuleCopyStatus[];
  /** Model calls of the library that are not traced in any version, and why. */
  readonly untraced: Readonly<Record<string, string>>;
  /** Calls of patched methods that were to be traced. */
  readonly callsSeen: number;
  /** Ended spans: with `notRecorded` equal to `callsSeen` once every call is over. */
  readonly spansEnded: number;
  /** Calls without a recording span: not sampled, or no tracer provider is registered. */
  readonly notRecorded: number;
  /** Failures of our own while a call of this library was described. */
  readonly ownErrors: number;
  /** Calls whose promise or stream the application dropped unread; their spans were ended at garbage collection. */
  readonly abandoned: number;
}

/** What the instrumentation did in this process. */
export interface InstrumentationStatus {
  /** Whether every client is traced (`GenAIInstrumentation`), not only those given to `instrument`. */
  readonly globallyEnabled: boolean;
  /** Why no load hook is installed, or undefined when one is, or none was asked for. */
  readonly loadHookUnavailable: string | undefined;
  readonly modules: readonly ModuleStatus[];
  /** What keeps calls from being traced; each was told once to `diag`. */
  readonly warnings: readonly string[];
  /** Failures of our own: caught, counted, told once to `diag`. */
  readonly ownErrors: number;
  readonly lastOwnError: string | undefined;
}
