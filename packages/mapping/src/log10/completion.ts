import {
  GEN_AI_OPERATION_NAME_VALUE_CHAT,
  GEN_AI_OPERATION_NAME_VALUE_GENERATE_CONTENT,
  GEN_AI_OPERATION_NAME_VALUE_TEXT_COMPLETION,
} from "@genspan/semconv";
import { flatText } from "../engine/flat-text.ts";
import type { GenAISpan } from "../engine/genai-span.ts";

/** The record knows completions only: embeddings, tools and agents have no place in it. */
const OPERATIONS: ReadonlySet<string | undefined> = new Set([
  GEN_AI_OPERATION_NAME_VALUE_CHAT,
  GEN_AI_OPERATION_NAME_VALUE_GENERATE_CONTENT,
  GEN_AI_OPERATION_NAME_VALUE_TEXT_COMPLETION,
]);

/** Whether a span becomes a Completion. */
export function isCompletion(span: GenAISpan): boolean {
  return OPERATIONS.has(span.operation);
}

export const TRACE_TAG = "otel.trace_id:";

/** The tag by which the Completions of one trace are found. */
export function traceTag({ traceId }: Pick<GenAISpan, "traceId">): string {
  return flatText(TRACE_TAG, traceId);
}
