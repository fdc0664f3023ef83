import { z } from "zod";
import type { SelectionOptions, SpanTypeOptions } from "../formats/galileo/span-type.ts";

export interface GalileoOptions extends SpanTypeOptions, SelectionOptions {
  /**
   * URL that takes one record by POST. Galileo documents no such URL for this record (its API takes the records of
   * `galileo-ingest`), so there is no default; without it records can be made, checked and written to files.
   */
  readonly url?: string | undefined;
  /** Sent in the header `apiKeyHeader`. */
  readonly apiKey?: string | undefined;
  /** Default: `Galileo-API-Key`. */
  readonly apiKeyHeader: string;
  /** UUID of the project, where no span carries `genspan.project.id`. */
  readonly projectId?: string | undefined;
  /** UUID of the log stream, where no span carries `genspan.log_stream.id`. */
  readonly logStreamId?: string | undefined;
  /** Where no span carries `gen_ai.conversation.id` or `session.id`. */
  readonly sessionId?: string | undefined;
  /** Default: `retriever`. */
  readonly embeddingsAs: "retriever" | "tool";
  /** Default: `false`; the children of a span that is left out go to its nearest ancestor that is kept. */
  readonly includeOtherSpans: boolean;
}

export const optionsSchema: z.ZodType<GalileoOptions> = z.strictObject({
  url: z
    .url({ protocol: /^https?$/, error: "must be an http or https URL such as http://localhost:4000/traces" })
    .optional(),
  apiKey: z.string().min(1, "must not be empty: an API key of Galileo").optional(),
  apiKeyHeader: z
    .string()
    .regex(/^[\w-]+$/, "must be the name of an HTTP header")
    .default("Galileo-API-Key"),
  projectId: z.guid("must be the UUID of a Galileo project").optional(),
  logStreamId: z.guid("must be the UUID of a log stream").optional(),
  sessionId: z.string().min(1, "must not be empty").optional(),
  embeddingsAs: z.enum(["retriever", "tool"], 'must be "retriever" or "tool"').default("retriever"),
  includeOtherSpans: z.boolean("must be true or false").default(false),
});
