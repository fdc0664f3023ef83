import { z } from "zod";
import { LOG_TYPES, type LogType } from "../log-type.ts";
import { type JsonObject, jsonObject, type Shape } from "./shape.ts";

/** What the log is, how it was made, its evaluation, and the settings of the vendor's gateway. */
export interface ControlFields {
  readonly log_type: LogType;
  readonly log_method: "ts_tracing";
  readonly disable_log?: boolean;
  readonly request_breakdown?: boolean;
  /** `{ "block": false }` answers before the log is stored. */
  readonly respan_api_controls?: JsonObject;
  /** Former name of `respan_api_controls`. */
  readonly keywordsai_api_controls?: JsonObject;
  readonly respan_params?: JsonObject;
  /** Former name of `respan_params`. */
  readonly keywordsai_params?: JsonObject;
  readonly cache_enabled?: boolean;
  /** Seconds. */
  readonly cache_ttl?: number;
  readonly cache_options?: JsonObject;
  readonly eval_params?: JsonObject;
  readonly evaluation_identifier?: string;
  readonly for_eval?: boolean;
  /** `true` means that the user liked the answer. */
  readonly positive_feedback?: boolean;
  readonly note?: string;
  readonly category?: string;
  readonly fallback_models?: readonly string[];
  readonly disable_fallback?: boolean;
  readonly load_balance_group?: JsonObject;
  readonly load_balance_models?: readonly JsonObject[];
  readonly retry_params?: JsonObject;
  readonly exclude_models?: readonly string[];
  readonly exclude_providers?: readonly string[];
  readonly model_name_map?: Readonly<Record<string, string>>;
  readonly customer_credentials?: JsonObject;
  readonly credential_override?: JsonObject;
  readonly posthog_integration?: JsonObject;
  readonly linkup_params?: JsonObject;
  readonly mem0_params?: JsonObject;
  readonly field_name?: string;
  readonly delimiter?: string;
}

const object = jsonObject.exactOptional();
const text = z.string().exactOptional();
const flag = z.boolean().exactOptional();
const names = z.array(z.string()).exactOptional();

export const controlShape: Shape<ControlFields> = {
  log_type: z.enum(LOG_TYPES),
  log_method: z.literal("ts_tracing"),
  disable_log: flag,
  request_breakdown: flag,
  respan_api_controls: object,
  keywordsai_api_controls: object,
  respan_params: object,
  keywordsai_params: object,
  cache_enabled: flag,
  cache_ttl: z.number().exactOptional(),
  cache_options: object,
  eval_params: object,
  evaluation_identifier: text,
  for_eval: flag,
  positive_feedback: flag,
  note: text,
  category: text,
  fallback_models: names,
  disable_fallback: flag,
  load_balance_group: object,
  load_balance_models: z.array(jsonObject).exactOptional(),
  retry_params: object,
  exclude_models: names,
  exclude_providers: names,
  model_name_map: z.record(z.string(), z.string()).exactOptional(),
  customer_credentials: object,
  credential_override: object,
  posthog_integration: object,
  linkup_params: object,
  mem0_params: object,
  field_name: text,
  delimiter: text,
};
