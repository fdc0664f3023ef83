import type { FinishReason } from "@genspan/semconv";

/**
 * Stop reasons of the Messages API (`StopReason` of the client's types) as the conventions name them. What is not in the
 * table, such as `pause_turn`, passes through; a reason that never came is `error`.
 */
const conventionByProviderValue: ReadonlyMap<string, FinishReason> = new Map([
  ["end_turn", "stop"],
  ["stop_sequence", "stop"],
  ["max_tokens", "length"],
  ["model_context_window_exceeded", "length"],
  ["tool_use", "tool_call"],
  ["refusal", "content_filter"],
]);

/** For a stream that ended before its reason came. */
export const brokenOff: FinishReason = "error";

export function finishReason(value: unknown): FinishReason {
  if (typeof value !== "string" || value === "") return brokenOff;
  return conventionByProviderValue.get(value) ?? value;
}
