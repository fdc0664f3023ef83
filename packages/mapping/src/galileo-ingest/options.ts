import { z } from "zod";
import type { SelectionOptions, SpanTypeOptions } from "../formats/galileo/span-type.ts";
import { LOGGING_METHODS, type LoggingMethod } from "./schema.ts";

export interface GalileoIngestOptions extends SpanTypeOptions, SelectionOptions {
  /** Without it records can be written to files but not sent. */
  readonly apiKey?: string | undefined;
  /** Default: `Galileo-API-Key`. The OpenAPI document of July 2026 calls it `Splunk-AO-API-Key`. */
  readonly apiKeyHeader: string;
  /** Default: `https://api.galileo.ai`. */
  readonly baseUrl: string;
  /** Before `/projects`. Default: none, as in Galileo's clients; Galileo's documentation has `/v2`. */
  readonly pathPrefix: string;
  /** UUID of the project, where no span carries `genspan.project.id`. */
  readonly projectId?: string | undefined;
  /** UUID of the log stream, where no span names a log stream or an experiment. Not together with `experimentId`. */
  readonly logStreamId?: string | undefined;
  /** UUID of the experiment, where no span names a log stream or an experiment. */
  readonly experimentId?: string | undefined;
  /** UUID of a session that Galileo knows, where no span carries `galileo.session.id`. */
  readonly sessionId?: string | undefined;
  /** Where no span carries `gen_ai.conversation.id` or `session.id`. */
  readonly sessionExternalId?: string | undefined;
  /** Default: `api_direct`; the others stand for Galileo's own clients. */
  readonly loggingMethod: LoggingMethod;
  /** Default: `true`: Galileo verifies the traces before it answers. */
  readonly reliable: boolean;
  /** Have the answer list the ids of the traces. Default: `false`. */
  readonly includeTraceIds: boolean;
  /** Labels of every trace, before those of `genspan.tags`. Default: none. */
  readonly tags: readonly string[];
  /** Default: `retriever`. */
  readonly embeddingsAs: "retriever" | "tool";
  /** Default: `false`; the children of a span that is left out go to its nearest ancestor that is kept. */
  readonly includeOtherSpans: boolean;
}

const text = z.string().min(1, "must not be empty").optional();
const uuid4 = (what: string) => z.uuidv4(`must be the UUID (version 4) of ${what}`).optional();
const flag = z.boolean("must be true or false");

export const optionsSchema: z.ZodType<GalileoIngestOptions> = z
  .strictObject({
    apiKey: z.string().min(1, "must not be empty: an API key of Galileo").optional(),
    apiKeyHeader: z
      .string()
      .regex(/^[\w-]+$/, "must be the name of an HTTP header")
      .default("Galileo-API-Key"),
    baseUrl: z
      .url({ protocol: /^https?$/, error: "must be an http or https URL such as https://api.galileo.ai" })
      .default("https://api.galileo.ai"),
    pathPrefix: z
      .string()
      .regex(/^(\/[\w.-]+)*$/, "must be empty or a path such as /v2")
      .default(""),
    projectId: z.guid("must be the UUID of a Galileo project").optional(),
    logStreamId: uuid4("a log stream"),
    experimentId: uuid4("an experiment"),
    sessionId: uuid4("a session that Galileo knows"),
    sessionExternalId: text,
    loggingMethod: z.enum(LOGGING_METHODS, `must be one of ${LOGGING_METHODS.join(", ")}`).default("api_direct"),
    reliable: flag.default(true),
    includeTraceIds: flag.default(false),
    tags: z.array(z.string()).default([]),
    embeddingsAs: z.enum(["retriever", "tool"], 'must be "retriever" or "tool"').default("retriever"),
    includeOtherSpans: flag.default(false),
  })
  .refine(({ logStreamId, experimentId }) => logStreamId === undefined || experimentId === undefined, {
    path: ["experimentId"],
    error: "cannot be set together with `logStreamId`",
  });
