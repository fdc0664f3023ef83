/** What a provider answers in the behaviour cases, in its own wire format. */

export interface Replies {
  /**
   * The answer to a well-formed request, or undefined where the provider has no such path. The behaviour server itself sees to
   * refusals, delays and broken connections (behaviour-server.ts).
   */
  answer(request: ProviderRequest): Answer | undefined;
  /** Whether streams have a `failure`. */
  readonly tellsFailureInStream?: boolean;
  /** Headers that differ from request to request, such as signatures. */
  readonly volatileHeaders?: readonly string[];
  /** The body of a refusal. */
  readonly error: unknown;
  /** Headers of every answer. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Headers of every refusal, beside those. */
  readonly errorHeaders?: Readonly<Record<string, string>>;
}

export interface ProviderRequest {
  /** With its query. */
  readonly path: string;
  readonly body: Json;
}

export interface Json {
  readonly [field: string]: unknown;
}

export type Answer = WholeAnswer | StreamedAnswer;

export interface WholeAnswer {
  /** Bytes as they are, anything else as JSON. */
  readonly body: unknown;
  /** Default: `application/json`. */
  readonly contentType?: string;
}

export interface StreamedAnswer {
  /** At least three, each sent by itself. */
  readonly events: readonly (string | Uint8Array)[];
  /** Default: `text/event-stream`. */
  readonly contentType?: string;
  /** What follows the events at once, such as `data: [DONE]`. */
  readonly end?: string | Uint8Array;
  /** Index of an event that may come any number of times, for long streams. Default: 1. */
  readonly repeatable?: number;
  /** How the provider tells of a failure in mid-stream, where it can. */
  readonly failure?: string | Uint8Array;
}

/** A server-sent event. */
export const serverSentEvent = (data: unknown, event?: string): string =>
  `${event === undefined ? "" : `event: ${event}\n`}data: ${JSON.stringify(data)}\n\n`;
