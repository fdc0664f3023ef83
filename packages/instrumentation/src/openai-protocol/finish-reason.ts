import type { FinishReason } from "@genspan/semconv";

/**
 * Finish reasons of OpenAI and of the services that speak its protocol, as the conventions name them. What is not in
 * the table passes through; a reason that never came is `error` (output-messages schema).
 */
const conventionByProviderValue: ReadonlyMap<string, FinishReason> = new Map([
  ["stop", "stop"],
  ["end_turn", "stop"],
  ["stop_sequence", "stop"],
  ["eos", "stop"],
  ["completed", "stop"],
  ["length", "length"],
  ["max_tokens", "length"],
  ["max_output_tokens", "length"],
  ["max_prompt_tokens", "length"],
  ["max_completion_tokens", "length"],
  ["model_length", "length"],
  ["tool_calls", "tool_call"],
  ["tool_use", "tool_call"],
  ["function_call", "tool_call"],
  ["content_filter", "content_filter"],
  ["refusal", "content_filter"],
  ["failed", "error"],
  ["cancelled", "error"],
]);

/** For choices of a stream that ended before their reason came. */
export const brokenOff: FinishReason = "error";

export function finishReason(value: unknown): FinishReason {
  if (typeof value !== "string" || value === "") return brokenOff;
  return conventionByProviderValue.get(value) ?? value;
}
