import { z } from "zod";

export interface KeywordsAIOptions {
  /** Sent as `Authorization: Bearer`. Without it records can be written to files but not sent. */
  readonly apiKey?: string | undefined;
  /** Default: `https://api.respan.ai`. The former `https://api.keywordsai.co` works as well; `/api` may follow. */
  readonly baseUrl: string;
  /** Path of the batch endpoint after the host. Default: `/api/v1/traces/ingest`. */
  readonly path: string;
  /** The end user, where the span carries no `user.id`. */
  readonly customerIdentifier?: string | undefined;
  /** Where the span carries no `genspan.customer.name`. */
  readonly customerName?: string | undefined;
  /** Where the span carries no `genspan.customer.email`. */
  readonly customerEmail?: string | undefined;
  /** Groups logs, where the span carries no `genspan.group.id`. */
  readonly groupIdentifier?: string | undefined;
  /** Your own indexed identifier, where the span carries no `genspan.custom.id`. */
  readonly customIdentifier?: string | undefined;
  /** Groups traces. */
  readonly traceGroupIdentifier?: string | undefined;
  /** Groups the logs of one evaluation. */
  readonly evaluationIdentifier?: string | undefined;
  /** Added to the metadata of every record. `genspan.metadata.<key>` of a span wins. Default: none. */
  readonly metadata: Readonly<Record<string, string | number | boolean>>;
  /** What a call of OpenAI's Responses API is logged as. Default: `chat`. */
  readonly responseLogType: "chat" | "response";
  /** Send spans that are no GenAI spans too, as `log_type` `custom`. Default: `false`. */
  readonly includeOtherSpans: boolean;
}

const text = z.string().min(1, "must not be empty").optional();

export const optionsSchema: z.ZodType<KeywordsAIOptions> = z.strictObject({
  apiKey: z.string().min(1, "must not be empty: the API key of your Respan (Keywords AI) account").optional(),
  baseUrl: z
    .url({ protocol: /^https?$/, error: "must be an http or https URL such as https://api.respan.ai" })
    .default("https://api.respan.ai"),
  path: z.string().startsWith("/", "must begin with a slash").default("/api/v1/traces/ingest"),
  customerIdentifier: text,
  customerName: text,
  customerEmail: text,
  groupIdentifier: text,
  customIdentifier: text,
  traceGroupIdentifier: text,
  evaluationIdentifier: text,
  metadata: z
    .record(z.string(), z.union([z.string(), z.number(), z.boolean()], "must be a text, a number or a boolean"))
    .default({}),
  responseLogType: z.enum(["chat", "response"], 'must be "chat" or "response"').default("chat"),
  includeOtherSpans: z.boolean("must be true or false").default(false),
});
