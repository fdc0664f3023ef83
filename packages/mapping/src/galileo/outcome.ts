import { ATTR_ERROR_TYPE } from "@genspan/semconv";
import type { GenAISpan } from "../engine/genai-span.ts";
import { hasFailed } from "../formats/outcome.ts";

/** `error.type` of a failed span; `_OTHER`, the conventions' word for an unknown one, where it has none. */
export function errorTypeOf(span: GenAISpan): string | undefined {
  return hasFailed(span) ? (span.text(ATTR_ERROR_TYPE) ?? "_OTHER") : undefined;
}
