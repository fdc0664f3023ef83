import type { GenAISpan } from "../engine/genai-span.ts";
import type { MappingInput } from "../engine/rows.ts";

/** The first of these attributes that is a non-empty text. */
export function firstText(span: GenAISpan, names: readonly string[]): string | undefined {
  for (const name of names) {
    const value = span.text(name);
    if (value !== undefined) return value;
  }
  return undefined;
}

/** {@link firstText} of the span, else of its nearest ancestor that has one: what a span says holds for those below it. */
export function inheritedText(
  { span, trace }: Pick<MappingInput<unknown>, "span" | "trace">,
  names: readonly string[],
): string | undefined {
  const own = firstText(span, names);
  if (own !== undefined || span.parentSpanId === undefined) return own;
  for (const ancestor of trace.ancestorsOf(span)) {
    const value = firstText(ancestor, names);
    if (value !== undefined) return value;
  }
  return undefined;
}
