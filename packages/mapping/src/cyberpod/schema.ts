import { z } from "zod";

/**
 * One Trace of CyberPod's EDM telemetry (`/api/v1/telemetry/traces`): one call of a language model.
 *
 * Source: docs.cyberpod.app, portal "Telemetry / Trace", schema table, read 2026-11-21. The page lists the operations
 * `list` and `get` only. Fields that the server stamps are optional here, since they are in what it returns and not
 * in what is written; fields that this mapping always fills are required.
 */
export interface TraceRecord {
  /** ULID with a type prefix. Stamped by the server. */
  readonly id?: string;
  /** From the caller's JWT. Stamped by the server. */
  readonly tenant_id?: string;
  /** From an application's JWT. Stamped by the server. */
  readonly app_id?: string;
  readonly created_at?: string;
  readonly updated_at?: string;
  readonly created_by?: string | null;
  readonly updated_by?: string | null;
  /** Provenance; `edm` unless told otherwise. */
  readonly source: string;
  /** Where the write originated; `api` unless told otherwise. */
  readonly source_type: SourceType;
  readonly is_deleted?: boolean;
  readonly deleted_at?: string | null;
  readonly deleted_by?: string | null;
  readonly schema_version?: number;
  readonly parent_span_id?: string;
  /** The agent run that the call belongs to. */
  readonly agent_run_id: string;
  /** Who initiated the call; null for the system. */
  readonly user_id?: string | null;
  /** Id of the virtual API key; never the key. */
  readonly api_key_id?: string;
  /** `provider/model-name`. */
  readonly model?: string;
  readonly provider?: string;
  /** Kind of operation; free text. */
  readonly span_kind?: string;
  readonly input_tokens?: number;
  readonly output_tokens?: number;
  readonly cache_read_tokens?: number;
  readonly cache_write_tokens?: number;
  readonly latency_ms: number;
  /** Whether the prompt cache served any part. */
  readonly cache_hit?: boolean;
  readonly cost_usd?: number;
  readonly finish_reason?: FinishReason;
  /** Id of the rule that chose the provider. */
  readonly routing_rule?: string;
  /** Any JSON: decisions of the policy engine. */
  readonly policy_decisions?: unknown;
  /** Any JSON: PII or DLP violations. */
  readonly security_violations?: unknown;
  /** SHA-256 of the canonicalised request, in hex. */
  readonly request_hash?: string;
  readonly episode_id?: string;
  /** When the call occurred: ISO 8601 in UTC. */
  readonly ts: string;
}

export const SOURCE_TYPES = ["frontend", "backend", "server", "system", "api"] as const;
export type SourceType = (typeof SOURCE_TYPES)[number];

const FINISH_REASONS = ["stop", "length", "tool_calls", "error"] as const;
export type FinishReason = (typeof FINISH_REASONS)[number];

const count = z.int().nonnegative().exactOptional();
const text = z.string().min(1).exactOptional();
const stamp = z.iso.datetime();

export const traceSchema: z.ZodType<TraceRecord> = z.object({
  id: text,
  tenant_id: text,
  app_id: text,
  created_at: stamp.exactOptional(),
  updated_at: stamp.exactOptional(),
  created_by: z.string().nullable().exactOptional(),
  updated_by: z.string().nullable().exactOptional(),
  source: z.string().min(1),
  source_type: z.enum(SOURCE_TYPES),
  is_deleted: z.boolean().exactOptional(),
  deleted_at: stamp.nullable().exactOptional(),
  deleted_by: z.string().nullable().exactOptional(),
  schema_version: z.number().exactOptional(),
  parent_span_id: text,
  agent_run_id: z.string().min(1),
  user_id: z.string().nullable().exactOptional(),
  api_key_id: text,
  model: z
    .string()
    .regex(/^[^/]+\/./, "must be `provider/model-name`")
    .exactOptional(),
  provider: text,
  span_kind: text,
  input_tokens: count,
  output_tokens: count,
  cache_read_tokens: count,
  cache_write_tokens: count,
  latency_ms: z.number().nonnegative(),
  cache_hit: z.boolean().exactOptional(),
  cost_usd: z.number().exactOptional(),
  finish_reason: z.enum(FINISH_REASONS).exactOptional(),
  routing_rule: text,
  policy_decisions: z.json().exactOptional(),
  security_violations: z.json().exactOptional(),
  request_hash: z
    .string()
    .regex(/^(?:[0-9a-f]{16}){4}$/, "must be SHA-256 in hex")
    .exactOptional(),
  episode_id: text,
  ts: stamp,
});
