import { z } from "zod";
import { type JsonObject, jsonObject, type Shape } from "./shape.ts";

/** Whose log it is, and its place in its trace. */
export interface IdentityFields {
  /** At most 254 characters; the server cuts longer ones. */
  readonly customer_identifier?: string;
  readonly customer_name?: string;
  readonly customer_email?: string;
  /** `customer_identifier`, `name`, `email`, `period_start`, `period_end`, `budget_duration`, budgets, rate limit ... */
  readonly customer_params?: JsonObject;
  readonly thread_identifier?: string;
  readonly group_identifier?: string;
  /** Indexed, for fast queries. */
  readonly custom_identifier?: string;
  /** The server stores values as text. */
  readonly metadata?: Readonly<Record<string, string>>;
  readonly trace_unique_id: string;
  readonly span_unique_id: string;
  /** Absent for the root. */
  readonly span_parent_id?: string;
  readonly trace_name?: string;
  /** At most 255 characters. */
  readonly span_name: string;
  /** The path to the span within its workflow. */
  readonly span_path?: string;
  /** Name of the nearest workflow around the span. */
  readonly span_workflow_name?: string;
  readonly span_handoffs?: readonly string[];
  readonly span_tools?: readonly string[];
  readonly trace_group_identifier?: string;
  readonly session_identifier?: string;
}

export const identityShape: Shape<IdentityFields> = {
  customer_identifier: z.string().exactOptional(),
  customer_name: z.string().exactOptional(),
  customer_email: z.string().exactOptional(),
  customer_params: jsonObject.exactOptional(),
  thread_identifier: z.string().exactOptional(),
  group_identifier: z.string().exactOptional(),
  custom_identifier: z.string().exactOptional(),
  metadata: z.record(z.string(), z.string()).exactOptional(),
  trace_unique_id: z.string().min(1),
  span_unique_id: z.string().min(1),
  span_parent_id: z.string().min(1).exactOptional(),
  trace_name: z.string().exactOptional(),
  span_name: z.string().max(255),
  span_path: z.string().exactOptional(),
  span_workflow_name: z.string().exactOptional(),
  span_handoffs: z.array(z.string()).exactOptional(),
  span_tools: z.array(z.string()).exactOptional(),
  trace_group_identifier: z.string().exactOptional(),
  session_identifier: z.string().exactOptional(),
};
