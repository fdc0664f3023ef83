import { ATTR_GEN_AI_AGENT_NAME, ATTR_GEN_AI_WORKFLOW_NAME, ATTR_GENSPAN_RECORD_ID } from "@genspan/semconv";
import type { GenAISpan } from "../engine/genai-span.ts";
import type { MappingInput } from "../engine/rows.ts";

/** A record's place in its trace, as far as the spans of the trace are known. */

type Input = Pick<MappingInput<{ readonly includeOtherSpans: boolean }>, "span" | "trace" | "options">;

/** The id that the vendor knows the span by. */
export function recordIdOf(span: GenAISpan): string {
  return span.text(ATTR_GENSPAN_RECORD_ID) ?? span.spanId;
}

/** Whether the span becomes a record. */
export function isRecorded(span: GenAISpan, options: { readonly includeOtherSpans: boolean }): boolean {
  return options.includeOtherSpans || span.operation !== undefined;
}

/**
 * The nearest ancestor that becomes a record too, so that no record hangs on a span that is never sent. Where the
 * chain leaves the known spans, the id that it leaves by; absent for a root.
 */
export function parentIdOf({ span, trace, options }: Input): string | undefined {
  const ancestors = trace.ancestorsOf(span);
  const recorded = ancestors.find((ancestor) => isRecorded(ancestor, options));
  const id = (recorded && recordIdOf(recorded)) ?? (ancestors.at(-1) ?? span).parentSpanId;
  return id === span.spanId ? undefined : id;
}

/** Name of the root; absent while the root is not known, because another span's name would be wrong. */
export function traceNameOf({ trace }: Input): string | undefined {
  const { root } = trace;
  return root === undefined || root.parentSpanId !== undefined ? undefined : root.name || undefined;
}

/** Names of the recorded ancestors from the outermost to the parent, joined by dots. */
export function pathOf({ span, trace, options }: Input): string | undefined {
  const names = trace.ancestorsOf(span).flatMap((ancestor) => (isRecorded(ancestor, options) ? [ancestor.name] : []));
  return names.length === 0 ? undefined : names.reverse().join(".");
}

/** The nearest workflow's name, else the nearest agent's; the span itself counts. */
export function workflowNameOf(input: Input): string | undefined {
  return inherited(input, WORKFLOW_NAME) ?? inherited(input, AGENT_NAME);
}

const WORKFLOW_NAME = [ATTR_GEN_AI_WORKFLOW_NAME];
const AGENT_NAME = [ATTR_GEN_AI_AGENT_NAME];

/** The first of these attributes on the span, else on its nearest ancestor that has one of them. */
export function inherited(
  { span, trace }: Pick<Input, "span" | "trace">,
  names: readonly string[],
): string | undefined {
  const own = firstOf(span, names);
  if (own !== undefined || span.parentSpanId === undefined) return own;
  for (const ancestor of trace.ancestorsOf(span)) {
    const value = firstOf(ancestor, names);
    if (value !== undefined) return value;
  }
  return undefined;
}

/** The first of these attributes that is a non-empty text. */
export function firstOf(span: GenAISpan, names: readonly string[]): string | undefined {
  for (const name of names) {
    const value = span.text(name);
    if (value !== undefined) return value;
  }
  return undefined;
}
