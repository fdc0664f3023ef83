import { ATTR_GEN_AI_AGENT_NAME, ATTR_GEN_AI_WORKFLOW_NAME, ATTR_GENSPAN_RECORD_ID } from "@genspan/semconv";
import type { GenAISpan } from "../engine/genai-span.ts";
import type { MappingInput } from "../engine/rows.ts";
import { inheritedText } from "../formats/inherited.ts";

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
  return inheritedText(input, WORKFLOW_NAME) ?? inheritedText(input, AGENT_NAME);
}

const WORKFLOW_NAME = [ATTR_GEN_AI_WORKFLOW_NAME];
const AGENT_NAME = [ATTR_GEN_AI_AGENT_NAME];
