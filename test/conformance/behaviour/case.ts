/** The form of a behaviour case, and what several cases share. */
import type OpenAI from "openai";
import type { ClientOptions } from "openai";
import type { Description } from "./describe-value.ts";

export interface CaseContext {
  readonly client: OpenAI;
  /** Waits until nothing is under way any more and what the application dropped is collected. */
  collectGarbage(): Promise<void>;
  /** Another client of this case's server, instrumented in the same way. */
  create(options?: ClientOptions, kind?: "OpenAI" | "AzureOpenAI" | "subclass"): OpenAI;
  /** The module namespace (or what `require` returned), whose classes the client's errors belong to. */
  readonly library: typeof import("openai");
  /**
   * `chat.completions` as of version 5, where it has `parse`, `stream` and `runTools`. In version 4 these live on
   * `beta.chat.completions`.
   */
  readonly chatHelpers: OpenAI["chat"]["completions"];
}

export interface BehaviourCase {
  readonly name: string;
  /** Model calls, and so spans. */
  readonly spans: number;
  /** Tokens that the server reports, or undefined where none reach the client. */
  readonly usage?: { readonly input: number; readonly output?: number; readonly cached?: number } | undefined;
  /** The response is a stream. */
  readonly streamed?: boolean | undefined;
  /** The call fails: ERROR status and this `error.type`. */
  readonly errorType?: RegExp | undefined;
  /** The application ends the call itself: an `error.type` may tell so, or not. */
  readonly leaves?: boolean | undefined;
  /** The response's body is not read by the client, so that the span cannot know what it says. */
  readonly unread?: boolean | undefined;
  /** First version of the client library that can make the call. */
  readonly since?: number | undefined;
  /** Not in the list of 23 cases: found while building, kept because peers fail it. */
  readonly extra?: boolean | undefined;
  /** Makes the call and says all that can be seen of what comes back. */
  run(context: CaseContext): Promise<Description>;
}

export const MODEL = "gpt-5-mini";
export const PROMPT = "A prompt that no span may contain.";
export const chatRequest: { model: string; messages: [{ role: "user"; content: string }] } = {
  model: MODEL,
  messages: [{ role: "user", content: PROMPT }],
};
export const CHAT_USAGE = { input: 11, output: 7, cached: 3 } as const;
