/** What a normalised span says of the call, in a form in which two spans can be compared. */
import { GenAISpan, type ReadableSpanLike } from "@genspan/mapping";

/** One fact for each thing that the issue names: messages, model, usage, finish reasons. */
export interface Facts {
  readonly operation: string | undefined;
  readonly provider: string | undefined;
  readonly requestModel: string | undefined;
  readonly responseModel: string | undefined;
  readonly responseId: string | undefined;
  readonly finishReasons: readonly string[];
  /** By the status, or an `error.type`. */
  readonly failed: boolean;
  /** System instructions that stand apart count as the system message that they are. */
  readonly input: unknown;
  readonly output: unknown;
  readonly tools: unknown;
  readonly inputTokens: number | undefined;
  readonly outputTokens: number | undefined;
  /** A detail of 0 is as good as none. */
  readonly cacheRead: number;
  readonly cacheWrite: number;
  readonly reasoning: number;
}

const INFERENCE = new Set(["chat", "text_completion", "generate_content", "embeddings"]);

/** The span of the model call among those that a producer made of one call, or the last that ended of some operations. */
export function inferenceSpan(spans: readonly ReadableSpanLike[], named?: readonly string[]): GenAISpan | undefined {
  const read = spans.map((span) => new GenAISpan(span));
  if (named !== undefined) return read.findLast(({ operation }) => named.includes(operation ?? ""));
  return read.find(({ operation }) => INFERENCE.has(operation ?? ""));
}

export function factsOf(span: GenAISpan): Facts {
  const { usage, systemInstructions: system, inputMessages: messages } = span;
  const instructions = system === undefined ? [] : [{ role: "system", parts: system }];
  return {
    operation: span.operation,
    provider: span.text("gen_ai.provider.name"),
    requestModel: span.text("gen_ai.request.model"),
    responseModel: span.text("gen_ai.response.model"),
    responseId: span.text("gen_ai.response.id"),
    finishReasons: span.finishReasons,
    failed: span.failed || span.text("error.type") !== undefined,
    input: messages === undefined ? undefined : [...instructions, ...messages],
    output: span.outputMessages,
    tools: span.toolDefinitions,
    inputTokens: usage.input,
    outputTokens: usage.output,
    cacheRead: usage.cacheRead ?? 0,
    cacheWrite: usage.cacheWrite ?? 0,
    reasoning: usage.reasoning ?? 0,
  };
}

/** Names of the facts in which two spans differ. */
export function differences(a: Facts, b: Facts): readonly (keyof Facts)[] {
  const names = Object.keys(a) as (keyof Facts)[]; // both are made by `factsOf`
  return names.filter((name) => canonical(a[name]) !== canonical(b[name]));
}

/** JSON with keys in order: the order of keys says nothing. */
function canonical(value: unknown): string {
  return (
    JSON.stringify(value, (_key, inner: unknown) =>
      typeof inner === "object" && inner !== null && !Array.isArray(inner)
        ? Object.fromEntries(Object.entries(inner).sort(([x], [y]) => (x < y ? -1 : 1)))
        : inner,
    ) ?? "nothing"
  );
}
