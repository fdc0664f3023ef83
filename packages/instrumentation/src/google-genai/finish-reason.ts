import type { FinishReason } from "@genspan/semconv";

/**
 * `FinishReason` of the API (https://ai.google.dev/api/generate-content#FinishReason) as the conventions name it: what was
 * withheld for what it says is filtered content. Others, such as `MALFORMED_FUNCTION_CALL`, pass through.
 */
const conventionByProviderValue: ReadonlyMap<string, FinishReason> = new Map([
  ["STOP", "stop"],
  ["MAX_TOKENS", "length"],
  ["SAFETY", "content_filter"],
  ["RECITATION", "content_filter"],
  ["BLOCKLIST", "content_filter"],
  ["PROHIBITED_CONTENT", "content_filter"],
  ["SPII", "content_filter"],
  ["IMAGE_SAFETY", "content_filter"],
  ["IMAGE_PROHIBITED_CONTENT", "content_filter"],
  ["IMAGE_RECITATION", "content_filter"],
  ["FINISH_REASON_UNSPECIFIED", "error"],
]);

/** Of a candidate; one that broke off has no reason. */
export function finishReason(value: unknown): FinishReason {
  if (typeof value !== "string" || value === "") return "error";
  return conventionByProviderValue.get(value) ?? value;
}
