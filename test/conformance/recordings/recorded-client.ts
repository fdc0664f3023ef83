/** What a client library says of the recordings that it reads: how to ask them again, and what their spans must hold. */
import type { Cassette } from "../../support/cassettes.ts";

/**
 * One client library. `Client` is the type of its client; the list of all clients knows it as `object` only, which the
 * method syntax allows.
 */
export interface RecordedClient<Client extends object = object> {
  /** npm name. */
  readonly module: string;
  /** Providers whose recordings it reads; undefined: those of every provider that no other client reads. */
  readonly providers?: readonly string[];
  /** By `api` of the recording. */
  readonly surfaces: Readonly<Record<string, Surface<Client> | undefined>>;
  /** Why recordings of a surface are not replayed. */
  readonly untraced: Readonly<Record<string, string>>;
  /** Why this one is not, though its surface is; undefined where it is. */
  refuses?(cassette: Cassette): string | undefined;
  /**
   * A client whose requests go to the replay server, at `replayUrl + pathOf(cassette)`, without retries. Where the library takes
   * a `fetch` (replay-fetch.ts), it believes to talk to the recorded host; elsewhere `server` is `"replay"`.
   */
  create(cassette: Cassette, replayUrl: string): Client;
  /** Which server the span names. Default: `"recorded"`. */
  readonly server?: "recorded" | "replay";
  /** It looks at requests before it comes to the method that is traced: one that it never sends may have no span. */
  readonly checksFirst?: boolean;
  /** Names of fields that hold what somebody wrote or a model said, beside those of content.ts. */
  readonly contentFields?: readonly string[];
  /** Everything that a span of this recording must say, read from the recording and not by code of the packages under test. */
  expected(cassette: Cassette): ExpectedSpan;
}

export interface Surface<Client extends object = object> {
  /** Whether the recorded path, without its query, is that of the client: its end, or an expression. */
  readonly path: string | RegExp;
  /** What an application passes to the method. Default: a copy of the recorded body. */
  request?(cassette: Cassette): unknown;
  /** Makes the recorded call. The request is what somebody sent once, and was checked by nobody, as in an application. */
  call(client: Client, request: never, cassette: Cassette): PromiseLike<unknown>;
  /** The stream within what the call gave, or undefined where it is a whole answer. Default: anything that can be iterated. */
  stream?(value: unknown): AsyncIterable<unknown> | undefined;
  /** `genspan.raw.chunks`, where it is not the chunks that the application was given. */
  rawChunks?(cassette: Cassette): readonly unknown[];
  /** `genspan.raw.request`, where it is not the request as it was passed. `undefined` is not checked. */
  rawRequest?(cassette: Cassette): unknown;
  /** `genspan.raw.response`, where it is not the value that the application was given. `undefined` is not checked. */
  rawResponse?(cassette: Cassette, value: unknown): unknown;
}

export interface ExpectedSpan {
  /** Attribute to tokens; undefined where the provider gave no figure. A figure of 0 may be left out of the span. */
  readonly usage: Readonly<Record<string, number | undefined>>;
  /** `gen_ai.response.finish_reasons`, or undefined where the recording tells none. */
  readonly finishReasons: readonly string[] | undefined;
  /** Further attributes of a call that did not fail: response id and model, provider name. */
  readonly identity: Readonly<Record<string, unknown>>;
  /** Attributes whose condition holds for the request, such as `gen_ai.request.seed` where it has one. */
  readonly applicable: ReadonlySet<string>;
  /** Attributes for which the recording has nothing. */
  readonly unavailable: ReadonlySet<string>;
  /** Texts of prompts, messages and instructions: each is a string within the span's input where content is on. */
  readonly promptTexts: readonly string[];
  /** What the model said and the tools that it called: each is a string within the span's output. */
  readonly answerTexts: readonly string[];
}
