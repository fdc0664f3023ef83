import type { GenAISpan } from "./genai-span.ts";
import type { Trace } from "./trace.ts";

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
  const sums = { input: sum(calls, ({ usage }) => usage.input), output: sum(calls, ({ usage }) => usage.output) };
  const isPriced = calls.length > 0 && calls.every(({ cost }) => cost !== undefined);
  const all = {
    ...sums,
    total: sum(calls, ({ usage }) => usage.total),
    cost: isPriced ? sum(calls, ({ cost }) => cost) : undefined,
  };
  return { ...definedOnly(all), calls: calls.length };
}

/** Without the long tail of binary fractions. */
function sum(calls: readonly GenAISpan[], read: (span: GenAISpan) => number | undefined): number | undefined {
  const known = calls.map(read).filter((one) => one !== undefined);
  return known.length === 0 ? undefined : Number(known.reduce((total, one) => total + one, 0).toFixed(12));
}

function definedOnly(values: Readonly<Record<string, number | undefined>>): Omit<TraceUsage, "calls"> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}
