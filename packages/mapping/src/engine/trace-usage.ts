import type { GenAISpan } from "./genai-span.ts";
import { MODEL_OPERATIONS } from "./operations.ts";
import type { Trace } from "./trace.ts";
import { twelveDecimals } from "./twelve-decimals.ts";
import type { Writable } from "./writable.ts";

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
  return MODEL_OPERATIONS.has(span.operation) && span.usage.total !== undefined;
}

/** The sums over the {@link billedCalls} of a trace: tokens, and USD. */
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

function sum(calls: readonly GenAISpan[], read: (span: GenAISpan) => number | undefined): number | undefined {
  let total: number | undefined;
  for (const call of calls) {
    const one = read(call);
    if (one !== undefined) total = (total ?? 0) + one;
  }
  return total === undefined ? undefined : twelveDecimals(total);
}
