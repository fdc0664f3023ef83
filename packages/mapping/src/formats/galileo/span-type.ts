import type { GenAISpan } from "../../engine/genai-span.ts";

/** The kinds of span that Galileo knows. Shared by the two Galileo formats; the documented record has no `agent`. */
export type SpanType = "workflow" | "agent" | "llm" | "retriever" | "tool";

export interface SpanTypeOptions {
  /** What a call for embeddings becomes, which Galileo has no type of its own for. */
  readonly embeddingsAs: "retriever" | "tool";
}

/**
 * Operations of the conventions. A memory search returns records for a query, as a retriever does. Planning, writing
 * to a memory, and whatever is not listed, are steps of a workflow.
 */
const TYPE_OF_OPERATION: ReadonlyMap<string, SpanType> = new Map([
  ["chat", "llm"],
  ["text_completion", "llm"],
  ["generate_content", "llm"],
  ["fetch_response", "llm"],
  ["execute_tool", "tool"],
  ["retrieval", "retriever"],
  ["search_memory", "retriever"],
  ["create_agent", "agent"],
  ["invoke_agent", "agent"],
]);

export function spanTypeOf(span: GenAISpan, { embeddingsAs }: SpanTypeOptions): SpanType {
  return isEmbeddings(span) ? embeddingsAs : (TYPE_OF_OPERATION.get(span.operation ?? "") ?? "workflow");
}

export function isEmbeddings(span: GenAISpan): boolean {
  return span.operation === "embeddings";
}

/** Whether the span is a call of a model itself, and its token counts so its own (an agent's repeat its calls'). */
export function isModelCall(span: GenAISpan): boolean {
  return isEmbeddings(span) || TYPE_OF_OPERATION.get(span.operation ?? "") === "llm";
}

export interface SelectionOptions {
  /** Keep spans that are no GenAI spans too, as workflow steps. */
  readonly includeOtherSpans: boolean;
}

export function isPartOfTrace(span: GenAISpan, { includeOtherSpans }: SelectionOptions): boolean {
  return includeOtherSpans || isGenAISpan(span);
}

export function isGenAISpan(span: GenAISpan): boolean {
  return span.operation !== undefined;
}

/** USD of the span itself: an agent or a workflow repeats what its calls have cost, and Galileo adds spans up. */
export function ownCostOf(span: GenAISpan): number | undefined {
  const type = spanTypeOf(span, { embeddingsAs: "retriever" });
  return type === "agent" || type === "workflow" ? undefined : span.cost;
}
