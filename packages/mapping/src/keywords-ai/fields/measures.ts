import { z } from "zod";
import type { Shape } from "./shape.ts";

/** Token counts in OpenAI's and in Anthropic's spelling. */
export interface UsageFields {
  /** All input tokens, cached ones included. */
  readonly prompt_tokens?: number;
  /** All output tokens, reasoning included. */
  readonly completion_tokens?: number;
  readonly total_tokens?: number;
  readonly prompt_tokens_details?: { readonly cached_tokens?: number };
  readonly completion_tokens_details?: { readonly reasoning_tokens?: number };
  readonly cache_creation_prompt_tokens?: number;
  readonly cache_creation_input_tokens?: number;
  readonly cache_read_input_tokens?: number;
}

/** Time, tokens, cost and outcome. */
export interface MeasureFields {
  /** RFC 3339. */
  readonly start_time: string;
  /** RFC 3339; the end. */
  readonly timestamp: string;
  /** Seconds. */
  readonly latency: number;
  /** Another name of `latency`. */
  readonly generation_time?: number;
  /** Seconds. */
  readonly time_to_first_token?: number;
  /** Another name of `time_to_first_token`. */
  readonly ttft?: number;
  readonly tokens_per_second?: number;
  /** Seconds. */
  readonly routing_time?: number;
  readonly usage?: UsageFields;
  readonly prompt_tokens?: number;
  readonly completion_tokens?: number;
  readonly prompt_cache_hit_tokens?: number;
  readonly prompt_cache_creation_tokens?: number;
  readonly reasoning_tokens?: number;
  /** USD; the server computes it where it is absent. */
  readonly cost?: number;
  /** USD for a million tokens. */
  readonly prompt_unit_price?: number;
  /** USD for a million tokens. */
  readonly completion_unit_price?: number;
  /** As HTTP counts them: 200, 400, 429, 500 ... */
  readonly status_code: number;
  readonly status: "success" | "error";
  readonly error_message?: string;
  readonly warnings?: string;
}

const count = z.int().nonnegative();

const usage: z.ZodType<UsageFields> = z.object({
  prompt_tokens: count.exactOptional(),
  completion_tokens: count.exactOptional(),
  total_tokens: count.exactOptional(),
  prompt_tokens_details: z.object({ cached_tokens: count.exactOptional() }).exactOptional(),
  completion_tokens_details: z.object({ reasoning_tokens: count.exactOptional() }).exactOptional(),
  cache_creation_prompt_tokens: count.exactOptional(),
  cache_creation_input_tokens: count.exactOptional(),
  cache_read_input_tokens: count.exactOptional(),
});

export const measureShape: Shape<MeasureFields> = {
  start_time: z.iso.datetime(),
  timestamp: z.iso.datetime(),
  latency: z.number().nonnegative(),
  generation_time: z.number().exactOptional(),
  time_to_first_token: z.number().exactOptional(),
  ttft: z.number().exactOptional(),
  tokens_per_second: z.number().exactOptional(),
  routing_time: z.number().exactOptional(),
  usage: usage.exactOptional(),
  prompt_tokens: count.exactOptional(),
  completion_tokens: count.exactOptional(),
  prompt_cache_hit_tokens: count.exactOptional(),
  prompt_cache_creation_tokens: count.exactOptional(),
  reasoning_tokens: count.exactOptional(),
  cost: z.number().exactOptional(),
  prompt_unit_price: z.number().exactOptional(),
  completion_unit_price: z.number().exactOptional(),
  status_code: z.int(),
  status: z.enum(["success", "error"]),
  error_message: z.string().exactOptional(),
  warnings: z.string().exactOptional(),
};
