import type { GenAISpan } from "../engine/genai-span.ts";
import { hasFailed } from "../formats/outcome.ts";
import type { FinishReason } from "./schema.ts";

/**
 * Reasons of the conventions and of the larger providers, in lower case, and the four that the record knows. A
 * filtered or refused answer has no word of its own there and is an `error`: the model did not finish it.
 */
const FINISH_REASON_OF: ReadonlyMap<string, FinishReason> = new Map([
  ["stop", "stop"],
  ["end_turn", "stop"],
  ["stop_sequence", "stop"],
  ["completed", "stop"],
  ["length", "length"],
  ["max_tokens", "length"],
  ["max_output_tokens", "length"],
  ["incomplete", "length"],
  ["tool_call", "tool_calls"],
  ["tool_calls", "tool_calls"],
  ["tool_use", "tool_calls"],
  ["function_call", "tool_calls"],
  ["content_filter", "error"],
  ["safety", "error"],
  ["recitation", "error"],
  ["blocklist", "error"],
  ["prohibited_content", "error"],
  ["refusal", "error"],
  ["malformed_function_call", "error"],
  ["failed", "error"],
  ["cancelled", "error"],
  ["error", "error"],
]);

/** Of the first choice. Absent where no reason is known, or none that fits one of the four. */
export function finishReasonOf(span: GenAISpan): FinishReason | undefined {
  if (hasFailed(span)) return "error";
  const reason = span.finishReasons[0] ?? span.outputMessages?.[0]?.finish_reason;
  return typeof reason === "string" ? FINISH_REASON_OF.get(reason.toLowerCase()) : undefined;
}
