import { flatText } from "../engine/flat-text.ts";
import type { GenAISpan } from "../engine/genai-span.ts";
import { COMPLETION_OPERATIONS } from "../engine/operations.ts";

/** Whether a span becomes a Completion: embeddings, tools and agents have no place in one. */
export function isCompletion(span: GenAISpan): boolean {
  return COMPLETION_OPERATIONS.has(span.operation);
}

export const TRACE_TAG = "otel.trace_id:";

/** The tag by which the Completions of one trace are found. */
export function traceTag({ traceId }: Pick<GenAISpan, "traceId">): string {
  return flatText(TRACE_TAG, traceId);
}
