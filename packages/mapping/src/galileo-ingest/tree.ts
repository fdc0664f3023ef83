import type { GenAISpan } from "../engine/genai-span.ts";
import type { Trace } from "../engine/trace.ts";
import { isEmbeddings, isModelCall } from "../formats/galileo/span-type.ts";

/** Where the spans of a trace are nested. Every span has exactly one place, whatever the spans say of each other. */
export interface Tree {
  /** Spans directly under the trace. */
  readonly tops: readonly GenAISpan[];
  readonly childrenOf: (span: GenAISpan) => readonly GenAISpan[];
  /** The span that it is nested in; `undefined`: in the trace. */
  readonly holderOf: (span: GenAISpan) => GenAISpan | undefined;
  /** Place in the order of start, from 0. */
  readonly numberOf: (span: GenAISpan) => number;
}

/** Galileo's parser gives up on JSON of some 200 levels, and a span takes two. */
const MAX_DEPTH = 64;

/**
 * A span is nested in its parent. An llm span has no `spans`, so what it called stands beside it; spans below the
 * greatest depth stand beside their parent too. Orphans, and spans that are each other's parents, go under the trace.
 */
export function treeOf(trace: Trace): Tree {
  return trace.once("galileo-ingest.tree", () => plant(trace));
}

function plant(trace: Trace): Tree {
  const places = new Map<GenAISpan, { readonly holder: GenAISpan | undefined; readonly depth: number }>();
  const children = new Map<GenAISpan | undefined, GenAISpan[]>();
  for (const span of trace.spans) {
    const parent = trace.parentOf(span);
    const place = parent && places.get(parent);
    const isHolder = parent !== undefined && canHold(parent) && place !== undefined && place.depth < MAX_DEPTH;
    const holder = isHolder ? parent : place?.holder;
    places.set(span, { holder, depth: holder === undefined ? 1 : (places.get(holder)?.depth ?? 0) + 1 });
    const siblings = children.get(holder);
    if (siblings === undefined) children.set(holder, [span]);
    else siblings.push(span);
  }
  const numbers = new Map(trace.spans.map((span, index) => [span, index]));
  return {
    tops: children.get(undefined) ?? [],
    childrenOf: (span) => children.get(span) ?? [],
    holderOf: (span) => places.get(span)?.holder,
    numberOf: (span) => numbers.get(span) ?? 0,
  };
}

function canHold(span: GenAISpan): boolean {
  return isEmbeddings(span) || !isModelCall(span);
}
