/** What the behaviour kit has to know of a client library: how its client is made and called, and what its provider answers. */
import type { BehaviourCase, Tokens } from "./case.ts";
import type { Replies } from "./replies.ts";

/**
 * One client library. It is data and imports types of the library only: the library is loaded from an application folder, in the
 * version and the module format that the run is for. Members that are left out are capabilities that the client does not have;
 * their cases are `-` in the table. Method syntax lets the registry know all drivers as `Driver<object, object>`.
 */
export interface Driver<Client extends object = object, Library extends object = object> {
  /** Name in the table and of the option `--client`. */
  readonly name: string;
  /** npm name, under which the application loads it. */
  readonly module: string;
  /** Folders of the copies in test/node_modules: the current version first. */
  readonly installed: readonly string[];
  /** Module formats that an application can load it in. Default: both. */
  readonly formats?: readonly Format[];
  /** The client's class within what the library exports. */
  clientClass(library: Library): ClientClass;
  /** What the class is constructed with: requests go below `url`, without retries unless asked. */
  options(asked: ClientOptions, library: Library): object;
  /** Ways of asking that `options` and the calls understand, each with the first major version that does. */
  readonly understands: Readonly<Partial<Record<Capability, number>>>;

  /** An unstreamed call with one user message. */
  chat(client: Client, ask: Ask): PromiseLike<unknown>;
  /** A streamed call. */
  stream?(client: Client, ask: Ask): PromiseLike<unknown>;
  /** What is iterated, within what `stream` resolved to. Default: that itself. */
  chunks?(streamed: never): AsyncIterable<unknown>;
  /** How an application stops a stream, where it can. */
  abort?(streamed: never): void;
  /** What an application calls so that the client itself forgets streams that were left, where it keeps them. */
  forget?(client: Client): void;
  /** The client's helper that reads a stream to its end: resolves to the whole answer. */
  streamHelper?(client: Client, ask: Ask): PromiseLike<unknown>;
  /** The client's helper that parses structured output. */
  parse?(client: Client, ask: Ask): PromiseLike<unknown>;
  embed?(client: Client, ask: Ask): PromiseLike<unknown>;
  /** Its promises are those of Stainless-made clients: lazy, with `withResponse()` and `asResponse()`; streams have `tee()`. */
  readonly isStainless?: boolean;

  /** Tokens that `replies` report, as a span must say them; undefined where a reply has none. */
  readonly usage: { readonly chat: Tokens; readonly stream?: Tokens | undefined; readonly embed?: Tokens | undefined };
  /** Attributes of the conventions for which `replies` have nothing. */
  readonly unavailable?: readonly string[];
  /** `error.type` of the span. */
  readonly errors: {
    /** The provider refused the request with 400. */
    readonly refused: RegExp;
    /** Nothing listens at the address. */
    readonly unreachable: RegExp;
    /** The application's signal fired before the answer. */
    readonly aborted?: RegExp;
    readonly timeout?: RegExp;
  };
  /** Names of classes that the library exports: an error's being an instance of them must not change. */
  readonly errorClasses: readonly string[];
  /** Names of spans that the library makes itself for what is no model call, such as the steps of a tool runner. */
  readonly ownSpans?: RegExp;
  readonly replies: Replies;
  /** Fields of results that differ from run to run, such as the time that a retry waited. */
  readonly volatileFields?: readonly string[];
  /** Cases of this client alone; a case of the same name takes the place of the general one. */
  readonly cases?: readonly BehaviourCase<Client, Library>[];
}

export type Capability = "fetch" | "retries" | "signal" | "timeout";

export type Format = "cjs" | "esm";

/** Any class whose constructor takes an object of options. */
export type ClientClass = new (options: never) => object;

export interface ClientOptions {
  /** Origin and path below which the provider's paths begin, without a trailing slash. */
  readonly url: string;
  /** Default: 0. */
  readonly retries?: number;
  /** Sends the requests. Measurements also give it to clients that `understand` none: the driver finds another way. */
  readonly fetch?: typeof fetch;
}

export interface Ask {
  readonly prompt: string;
  readonly signal?: AbortSignal;
  readonly timeoutMillis?: number;
}
