import type { FinishReason } from "@genspan/semconv";

/**
 * Stop reasons of Converse (`StopReason` of the client's enums) and of the bodies that InvokeModel passes through, as the
 * conventions name them. What is not in the table passes through; a reason that never came is `error`.
 */
const conventionByProviderValue: ReadonlyMap<string, FinishReason> = new Map([
  ["end_turn", "stop"],
  ["stop", "stop"],
  ["stop_sequence", "stop"],
  ["endoftext", "stop"],
  ["finish", "stop"],
  ["complete", "stop"],
  ["length", "length"],
  ["max_tokens", "length"],
  ["model_length", "length"],
  ["tool_use", "tool_call"],
  ["tool_call", "tool_call"],
  ["tool_calls", "tool_call"],
  ["content_filter", "content_filter"],
  ["content_filtered", "content_filter"],
  ["guardrail_intervened", "content_filter"],
  ["refusal", "content_filter"],
  ["error", "error"],
  ["error_toxic", "content_filter"],
]);

/** For a stream that ended before its reason came. */
export const brokenOff: FinishReason = "error";

/** Titan and Cohere write their reasons in capitals. */
export function finishReason(value: unknown): FinishReason {
  if (typeof value !== "string" || value === "") return brokenOff;
  return conventionByProviderValue.get(value.toLowerCase()) ?? value;
}
