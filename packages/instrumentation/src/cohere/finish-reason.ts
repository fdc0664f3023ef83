import type { FinishReason } from "@genspan/semconv";

/**
 * `FinishReason` and `ChatFinishReason` of the client, as the conventions name them. What is not in the table passes
 * through; a reason that never came is `error`.
 */
const conventionByProviderValue: ReadonlyMap<string, FinishReason> = new Map([
  ["COMPLETE", "stop"],
  ["STOP_SEQUENCE", "stop"],
  ["MAX_TOKENS", "length"],
  // The context is full.
  ["ERROR_LIMIT", "length"],
  ["ERROR_TOXIC", "content_filter"],
  ["TOOL_CALL", "tool_call"],
  ["ERROR", "error"],
  ["USER_CANCEL", "error"],
  ["TIMEOUT", "error"],
]);

/** For a stream that ended before its reason came. */
export const brokenOff: FinishReason = "error";

export function finishReason(value: unknown): FinishReason {
  if (typeof value !== "string" || value === "") return brokenOff;
  return conventionByProviderValue.get(value) ?? value;
}
