/** Why a producer's span says less than ours, where several have the same reason. */
import type { Facts } from "../facts.ts";

/** The facts in which a span differs, each with the reason. */
export type Differences = Partial<Record<keyof Facts, string>>;

/** By the end of the recording's id. */
export type DifferencesById = Readonly<Record<string, Differences>>;

export const LOST = "the producer does not record it";
export const STREAM = "the producer does not record it of a stream";
export const EVENTS = "the producer puts content into log events, which no span pipeline sees";
export const OVERWRITTEN = "the producer overwrites the model that was asked for with the one that answered";
export const JOINED = "the producer joins the calls of a stream into one";
export const REFUSAL = "the producer drops refusals";
export const INSTRUCTIONS = "the producer drops the instructions of the Responses API";
export const ECHO = "the provider's echo, with defaults filled in";
export const TEXT_ALONE = "the producer records the text of a response alone";
export const ONLY_CHAT = "the producer reads the items of the Responses API as if they were chat choices";

/** As the AI SDK has it. */
export const REFUSED_TEXT: Differences = {
  finishReasons: "the producer takes a refusal for filtered content",
  output: "the producer records a refusal as text",
};
