import type { Document, LlmEvent, Message } from "./message-schema.ts";

/**
 * The spans of a trace, nested. Source: galileo-python openapi.yaml (2026-07-30) and npm galileo-generated 0.2.14; read
 * 2026-11-21. Galileo requires none of these fields; those that this mapping always fills are required here.
 */

/** What a trace and spans of every type have in common. */
export interface CommonFields {
  readonly name: string;
  /** ISO 8601 in UTC. */
  readonly created_at: string;
  readonly user_metadata?: Readonly<Record<string, string>>;
  readonly tags?: readonly string[];
  readonly status_code?: number | null;
  readonly external_id?: string | null;
  readonly dataset_input?: string | null;
  readonly dataset_output?: string | null;
  readonly dataset_metadata?: Readonly<Record<string, string>>;
  /** This and the ids below: UUIDs of version 4. */
  readonly id: string;
  readonly session_id?: string | null;
  readonly trace_id: string;
  readonly parent_id?: string | null;
  readonly step_number?: number | null;
}

/** Any key besides the documented ones. */
export type Metrics = MetricFields & Readonly<Record<string, unknown>>;
export type LlmMetrics = LlmMetricFields & Readonly<Record<string, unknown>>;

export interface MetricFields {
  readonly duration_ns?: number | null;
}

export interface LlmMetricFields extends MetricFields {
  readonly num_input_tokens?: number | null;
  readonly num_output_tokens?: number | null;
  readonly num_total_tokens?: number | null;
  readonly time_to_first_token_ns?: number | null;
  readonly num_image_input_tokens?: number | null;
  readonly num_image_output_tokens?: number | null;
  readonly num_audio_input_tokens?: number | null;
  readonly num_audio_output_tokens?: number | null;
}

/** The fields of one type of span, besides those that all have. */
export interface OwnFields<TType extends string, TInput, TOutput, TMetrics = Metrics> {
  readonly type: TType;
  readonly input?: TInput;
  readonly output?: TOutput;
  readonly redacted_input?: TInput | null;
  readonly redacted_output?: TOutput | null;
  readonly metrics: TMetrics;
}

export interface LlmFields extends OwnFields<"llm", readonly Message[], Message, LlmMetrics> {
  /** Definitions, as the model was given them. */
  readonly tools?: readonly object[] | null;
  readonly events?: readonly LlmEvent[] | null;
  readonly model?: string | null;
  readonly temperature?: number | null;
  readonly finish_reason?: string | null;
}

interface WithSpans {
  readonly spans?: readonly Span[];
}

export type StepInput = string | readonly Message[];
export type StepOutput = string | Message | readonly Document[];

export interface ToolFields extends OwnFields<"tool", string, string>, WithSpans {
  readonly tool_call_id?: string | null;
}
export interface RetrieverFields extends OwnFields<"retriever", string, readonly Document[]>, WithSpans {}
export interface WorkflowFields extends OwnFields<"workflow", StepInput, StepOutput>, WithSpans {}
export interface AgentFields extends OwnFields<"agent", StepInput, StepOutput>, WithSpans {
  readonly agent_type: AgentType;
}

export const AGENT_TYPES = [
  "default",
  "planner",
  "react",
  "reflection",
  "router",
  "classifier",
  "supervisor",
  "judge",
] as const;
export type AgentType = (typeof AGENT_TYPES)[number];

export type LlmSpan = CommonFields & LlmFields;
export type ToolSpan = CommonFields & ToolFields;
export type RetrieverSpan = CommonFields & RetrieverFields;
export type WorkflowSpan = CommonFields & WorkflowFields;
export type AgentSpan = CommonFields & AgentFields;
export type Span = LlmSpan | ToolSpan | RetrieverSpan | WorkflowSpan | AgentSpan;
