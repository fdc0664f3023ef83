/** The form of a behaviour case, and what several cases share. */
import type { Description } from "./describe-value.ts";
import type { ClientOptions } from "./driver.ts";

export interface CaseContext<Client extends object = object, Library extends object = object> {
  /** Made with the driver's defaults, and instrumented. */
  readonly client: Client;
  /** The module namespace (or what `require` returned), whose classes the client's errors belong to. */
  readonly library: Library;
  /** Address of the server for this case. */
  readonly url: string;
  /** First number of the library's version. */
  readonly major: number;
  /** How many calls at once, and how many clients, the cases that need many make. */
  readonly scale: Scale;
  /** Another client of this case's server, instrumented in the same way. */
  create(options?: Partial<ClientOptions>, kind?: "own" | "subclass" | "frozen"): Client;
  /** A client that the case made itself is instrumented in the same way. */
  instrument<T extends object>(client: T): T;
  /** Waits until the process was told of a rejection that nobody handles, but not for ever. */
  unhandledRejection(): Promise<void>;
  /** Waits until nothing is under way any more and what the application dropped is collected. */
  collectGarbage(): Promise<void>;
}

export interface Scale {
  readonly callsAtOnce: number;
  readonly clients: number;
}

export interface Tokens {
  readonly input?: number;
  readonly output?: number;
  readonly cached?: number;
}

export interface BehaviourCase<Client extends object = object, Library extends object = object> {
  readonly name: string;
  /** Model calls, and so spans. */
  readonly spans: number | ((scale: Scale) => number);
  /** Tokens that the server reports; undefined where none reach the client; "any" where that depends on the client. */
  readonly usage?: Tokens | "any" | undefined;
  /** The response is a stream. */
  readonly streamed?: boolean | undefined;
  /** The call fails: ERROR status and this `error.type`. "as seen": where the outcome has an `error`, and only there. */
  readonly errorType?: RegExp | "as seen" | undefined;
  /** The application ends the call itself: an `error.type` may tell so, or not. */
  readonly leaves?: boolean | undefined;
  /** The response's body is not read by the client, so that the span cannot know what it says. */
  readonly unread?: boolean | undefined;
  /** Attributes of the conventions that nobody can know of this call, beside those of the driver. */
  readonly unavailable?: readonly string[] | undefined;
  /** First major version of the client library that can make the call. */
  readonly since?: number | undefined;
  /** Makes the call and says all that can be seen of what comes back. */
  run(context: CaseContext<Client, Library>): Promise<Description>;
}

export const MODEL = "gpt-5-mini";
/** Longer than any word that occurs by chance: the span without content must not have it. */
export const PROMPT = "A prompt that no span may contain.";

/** Prompts for which the behaviour server does not simply answer. */
export const REFUSED = "ERR";
export const RETRIED = "RETRY";
export const HANGING = "HANG";
export const CUT = "CUT";
export const FAILING_STREAM = "STREAM_ERR";

export const spansOf = ({ spans }: Pick<BehaviourCase, "spans">, scale: Scale): number =>
  typeof spans === "number" ? spans : spans(scale);
