import { z } from "zod";
import { documentSchema, eventSchema, messageSchema } from "./message-schema.ts";
import { AGENT_TYPES, type CommonFields, type OwnFields, type Span } from "./span-types.ts";

/**
 * What `POST /projects/{project_id}/traces` of Galileo's API takes: `LogTracesIngestRequest`, with the `project_id` of
 * the path, which is not sent in the body. A record that is mapped holds one trace.
 *
 * Source: galileo-python openapi.yaml (2026-07-30) and npm galileo-generated 0.2.14; read 2026-11-21.
 */
export interface IngestRequest {
  /** UUID; a part of the path. */
  readonly project_id: string;
  /** UUID. Not together with `experiment_id`. */
  readonly log_stream_id?: string | null;
  /** UUID. */
  readonly experiment_id?: string | null;
  /** UUID. */
  readonly metrics_testing_id?: string | null;
  readonly logging_method: LoggingMethod;
  readonly client_version?: string | null;
  /** `false`: answered before the traces are verified, and no error is told. */
  readonly reliable: boolean;
  /** UUID of a session that Galileo knows. */
  readonly session_id?: string | null;
  /** A session's id of the sender's own. */
  readonly session_external_id?: string | null;
  readonly is_complete: boolean;
  readonly include_trace_ids: boolean;
  /** At least one. */
  readonly traces: readonly IngestTrace[];
}

export interface IngestTrace extends CommonFields, OwnFields<"trace", string, string> {
  readonly spans?: readonly Span[];
}

export const LOGGING_METHODS = ["playground", "python_client", "typescript_client", "api_direct"] as const;
export type LoggingMethod = (typeof LOGGING_METHODS)[number];

const text = z.string();
const maybeText = text.nullable().exactOptional();
const uuid4 = z.uuidv4("must be a UUID of version 4");
const maybeUuid4 = uuid4.nullable().exactOptional();
const texts = z.record(text, text).exactOptional();
const count = z.int().nonnegative().nullable().exactOptional();
const metrics = z.looseObject({ duration_ns: count });
const llmMetrics = z.looseObject({
  duration_ns: count,
  num_input_tokens: count,
  num_output_tokens: count,
  num_total_tokens: count,
  time_to_first_token_ns: count,
  num_image_input_tokens: count,
  num_image_output_tokens: count,
  num_audio_input_tokens: count,
  num_audio_output_tokens: count,
});

const commonShape = {
  name: text,
  created_at: z.iso.datetime(),
  user_metadata: texts,
  tags: z.array(text).exactOptional(),
  status_code: z.int().nullable().exactOptional(),
  external_id: maybeText,
  dataset_input: maybeText,
  dataset_output: maybeText,
  dataset_metadata: texts,
  id: uuid4,
  session_id: maybeUuid4,
  trace_id: uuid4,
  parent_id: maybeUuid4,
  step_number: z.int().nullable().exactOptional(),
} satisfies z.core.$ZodShape;

function ownShape<TType extends string, TInput extends z.ZodType, TOutput extends z.ZodType>(
  type: TType,
  input: TInput,
  output: TOutput,
) {
  return {
    type: z.literal(type),
    input: input.exactOptional(),
    output: output.exactOptional(),
    redacted_input: input.nullable().exactOptional(),
    redacted_output: output.nullable().exactOptional(),
    metrics,
  };
}

const withSpans = { spans: z.lazy(() => z.array(spanSchema)).exactOptional() };
const stepInput = z.union([text, z.array(messageSchema)]);
const stepOutput = z.union([text, messageSchema, z.array(documentSchema)]);

const spanSchema: z.ZodType<Span> = z.lazy(() =>
  z.discriminatedUnion("type", [
    z.strictObject({
      ...commonShape,
      ...ownShape("llm", z.array(messageSchema), messageSchema),
      metrics: llmMetrics,
      tools: z.array(z.record(text, z.unknown())).nullable().exactOptional(),
      events: z.array(eventSchema).nullable().exactOptional(),
      model: maybeText,
      temperature: z.number().nullable().exactOptional(),
      finish_reason: maybeText,
    }),
    z.strictObject({ ...commonShape, ...ownShape("tool", text, text), ...withSpans, tool_call_id: maybeText }),
    z.strictObject({ ...commonShape, ...ownShape("retriever", text, z.array(documentSchema)), ...withSpans }),
    z.strictObject({ ...commonShape, ...ownShape("workflow", stepInput, stepOutput), ...withSpans }),
    z.strictObject({
      ...commonShape,
      ...ownShape("agent", stepInput, stepOutput),
      ...withSpans,
      agent_type: z.enum(AGENT_TYPES),
    }),
  ]),
);

const uuid4Of = (source: string) => z.uuidv4(`must be a UUID of version 4 (${source})`).nullable().exactOptional();

const traceSchema: z.ZodType<IngestTrace> = z.strictObject({
  ...commonShape,
  ...ownShape("trace", z.string(), z.string()),
  spans: z.array(spanSchema).exactOptional(),
});

const projectId = z.guid({
  error: ({ input }) =>
    input === undefined
      ? "set option `projectId` or GALILEO_PROJECT_ID, or attribute `genspan.project.id`"
      : "must be the UUID of a Galileo project (option `projectId` or attribute `genspan.project.id`)",
});

const request = z.strictObject({
  project_id: projectId,
  log_stream_id: uuid4Of("option `logStreamId` or attribute `genspan.log_stream.id`"),
  experiment_id: uuid4Of("option `experimentId` or attribute `genspan.experiment.id`"),
  metrics_testing_id: uuid4Of("of a metrics test"),
  logging_method: z.enum(LOGGING_METHODS),
  client_version: maybeText,
  reliable: z.boolean(),
  session_id: uuid4Of("option `sessionId` or attribute `galileo.session.id`"),
  session_external_id: maybeText,
  is_complete: z.boolean(),
  include_trace_ids: z.boolean(),
  traces: z.array(traceSchema).min(1),
});

const goesToOne = (one: { readonly log_stream_id?: unknown; readonly experiment_id?: unknown }): boolean =>
  !(one.log_stream_id && one.experiment_id);
const BOTH = {
  path: ["experiment_id"],
  error: "a request goes to a log stream or to an experiment, not to both",
};

export const ingestRequestSchema: z.ZodType<IngestRequest> = request.refine(goesToOne, BOTH);

/** Requests of others: the project is in the URL, and whatever has a default may be left out. */
export const documentedRequestSchema: z.ZodType = request.partial().required({ traces: true }).refine(goesToOne, BOTH);
