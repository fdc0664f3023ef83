import { z } from "zod";

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
}

const text = z.string().min(1, "must not be empty").optional();

export const optionsSchema: z.ZodType<Log10Options> = z.strictObject({
  token: text,
  organizationId: text,
  baseUrl: z.url({ protocol: /^https?$/, error: "must be an http or https URL" }).default("https://log10.io"),
  tags: z.array(z.string("must be an array of strings")).default([]),
  sessionId: text,
  durationUnit: z.enum(["seconds", "milliseconds"], "must be `seconds` or `milliseconds`").default("seconds"),
});
