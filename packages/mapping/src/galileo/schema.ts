import { z } from "zod";

/**
 * The documented Galileo Trace: a top-level execution of a GenAI application with its spans in a flat list.
 *
 * Source: api-evangelist/galileo-ai, json-schema/galileo-ai-trace-schema.json (draft 2020-12), read 2026-11-21. It
 * documents no fields beyond these but allows any. What Galileo's API takes today is another shape: `galileo-ingest`.
 */
export interface TraceRecord {
  /** UUID. */
  readonly id: string;
  /** UUID of the Galileo project. */
  readonly project_id: string;
  /** UUID of the log stream in the project. */
  readonly log_stream_id?: string;
  readonly session_id?: string;
  readonly name?: string;
  /** Any JSON. */
  readonly input?: unknown;
  /** Any JSON. */
  readonly output?: unknown;
  readonly spans?: readonly SpanRecord[];
  /** Any keys. */
  readonly metrics?: Metrics;
  /** ISO 8601 in UTC. */
  readonly created_at?: string;
}

/** One step of a trace. */
export interface SpanRecord {
  readonly id: string;
  /** The `id` of the trace. */
  readonly trace_id?: string;
  /** The `id` of another span of the trace. */
  readonly parent_id?: string;
  readonly type: DocumentedSpanType;
  readonly name?: string;
  /** Any JSON. */
  readonly input?: unknown;
  /** Any JSON. */
  readonly output?: unknown;
  readonly model?: string;
  readonly tokens_input?: number;
  readonly tokens_output?: number;
  /** Whole milliseconds. */
  readonly duration_ms?: number;
  /** Any keys. */
  readonly metrics?: Metrics;
  /** Names of tools. */
  readonly tools_used?: readonly string[];
}

export type Metrics = Readonly<Record<string, unknown>>;

const DOCUMENTED_SPAN_TYPES = ["workflow", "llm", "retriever", "tool"] as const;
export type DocumentedSpanType = (typeof DOCUMENTED_SPAN_TYPES)[number];

const text = z.string().exactOptional();
const count = z.int().nonnegative().exactOptional();
const metrics = z.record(z.string(), z.unknown()).exactOptional();

const spanSchema: z.ZodType<SpanRecord> = z.looseObject({
  id: z.string().min(1),
  trace_id: text,
  parent_id: text,
  type: z.enum(DOCUMENTED_SPAN_TYPES),
  name: text,
  input: z.unknown().exactOptional(),
  output: z.unknown().exactOptional(),
  model: text,
  tokens_input: count,
  tokens_output: count,
  duration_ms: count,
  metrics,
  tools_used: z.array(z.string()).exactOptional(),
});

export const traceSchema: z.ZodType<TraceRecord> = z.looseObject({
  id: z.guid("must be a UUID"),
  project_id: z.guid({
    error: ({ input }) =>
      input === undefined
        ? "set option `projectId` or GALILEO_PROJECT_ID, or attribute `genspan.project.id`"
        : "must be the UUID of a Galileo project (option `projectId` or attribute `genspan.project.id`)",
  }),
  log_stream_id: z
    .guid("must be the UUID of a log stream (option `logStreamId` or attribute `genspan.log_stream.id`)")
    .exactOptional(),
  session_id: text,
  name: text,
  input: z.unknown().exactOptional(),
  output: z.unknown().exactOptional(),
  spans: z.array(spanSchema).exactOptional(),
  metrics,
  created_at: z.iso.datetime().exactOptional(),
});
