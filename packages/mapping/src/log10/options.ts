import { z } from "zod";
import { type FeedbackOptions, feedbackOption } from "./feedback/options.ts";
import { HEADER_VALUE } from "./schema.ts";

export interface Log10Options {
  /** Sent as `X-Log10-Token`. Without it records can be made and written to files, but not posted. */
  readonly token?: string | undefined;
  /** Where the span carries no `genspan.organization.id`. Every record needs one. */
  readonly organizationId?: string | undefined;
  /** Default: `https://log10.io`. */
  readonly baseUrl: string;
  /** Put on every record, before the span's own `genspan.tags`. */
  readonly tags: readonly string[];
  /** Where the span carries neither `gen_ai.conversation.id` nor `session.id`. */
  readonly sessionId?: string | undefined;
  /** Default: `seconds`, as documented. The vendor's Python client writes milliseconds. */
  readonly durationUnit: "seconds" | "milliseconds";
  /** Sends `gen_ai.evaluation.result` events as Feedback: the id of a task, or more. Default: they are not sent. */
  readonly feedback?: FeedbackOptions | undefined;
}

const text = z.string("must be a text").min(1, "must not be empty").optional();

const header = z
  .string("must be a text")
  .regex(HEADER_VALUE, "must be plain text on one line: it is sent as a header")
  .optional();

export const optionsSchema: z.ZodType<Log10Options> = z.strictObject({
  token: header,
  organizationId: header,
  baseUrl: z
    .url({ protocol: /^https?$/, error: "must be an http or https URL such as https://log10.io" })
    .default("https://log10.io"),
  tags: z.array(z.string("must be a text"), "must be an array of texts").default([]),
  sessionId: text,
  durationUnit: z.enum(["seconds", "milliseconds"], "must be `seconds` or `milliseconds`").default("seconds"),
  feedback: feedbackOption,
});
