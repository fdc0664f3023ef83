import type { GenAISpan } from "./genai-span.ts";
import type { Trace } from "./trace.ts";
import type { Writable } from "./writable.ts";

/** Operations that are billed; agents, workflows and steps repeat what the calls within them have used. */
const BILLED: ReadonlySet<string> = new Set(["chat", "generate_content", "text_completion", "embeddings"]);

/** Sums over a trace, each call counted once. A sum over nothing that is known is absent, never 0. */
export interface TraceUsage {
  readonly input?: number;
  readonly output?: number;
  readonly total?: number;
  /** USD; absent as soon as the price of one call is not known. */
  readonly cost?: number;
  /** Number of calls that were counted. */
  readonly calls: number;
}

/**
 * The calls of a trace whose usage is their own. Where two instrumentations traced one call, or a producer writes both
 * the call and the generation around it, the inner one counts.
 */
export function billedCalls(trace: Trace): readonly GenAISpan[] {
  const calls = trace.spans.filter(isBilled);
  if (calls.length < 2) return calls;
  const repeating = new Set<string>();
  for (const call of calls) for (const { spanId } of trace.ancestorsOf(call)) repeating.add(spanId);
  return calls.filter(({ spanId }) => !repeating.has(spanId));
}

/** Whether the span is a call of a model that says what it used. */
function isBilled(span: GenAISpan): boolean {
  return BILLED.has(span.operation ?? "") && span.usage.total !== undefined;
}

export function usageOfTrace(trace: Trace): TraceUsage {
  const calls = billedCalls(trace);
  const sums: Writable<TraceUsage> = { calls: calls.length };
  const input = sum(calls, ({ usage }) => usage.input);
  if (input !== undefined) sums.input = input;
  const output = sum(calls, ({ usage }) => usage.output);
  if (output !== undefined) sums.output = output;
  const total = sum(calls, ({ usage }) => usage.total);
  if (total !== undefined) sums.total = total;
  const cost = calls.every((call) => call.cost !== undefined) ? sum(calls, (call) => call.cost) : undefined;
  if (cost !== undefined) sums.cost = cost;
  return sums;
}

/** Without the long tail of binary fractions. */
function sum(calls: readonly GenAISpan[], read: (span: GenAISpan) => number | undefined): number | undefined {
  let total: number | undefined;
  for (const call of calls) {
    const one = read(call);
    if (one !== undefined) total = (total ?? 0) + one;
  }
  return total === undefined || hasShortTail(total) ? total : Number(total.toFixed(12));
}

/** Below it, numbers lie closer together than those with twelve decimals do. */
const MAX_EXACT = 4096;

/** Whether a number is the nearest to one with at most twelve decimals, which is found sooner than it is written. */
function hasShortTail(value: number): boolean {
  return Number.isInteger(value) || (Math.abs(value) < MAX_EXACT && Math.round(value * 1e12) / 1e12 === value);
}
