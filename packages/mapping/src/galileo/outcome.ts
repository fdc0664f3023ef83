import { ATTR_ERROR_TYPE, ATTR_EXCEPTION_MESSAGE } from "@genspan/semconv";
import type { GenAISpan } from "../engine/genai-span.ts";

/** How a span ended. Shared by the two Galileo formats. */

export function hasFailed(span: GenAISpan): boolean {
  return span.failed || span.text(ATTR_ERROR_TYPE) !== undefined;
}

/** `error.type` of a failed span; `_OTHER`, the conventions' word for an unknown one, where it has none. */
export function errorTypeOf(span: GenAISpan): string | undefined {
  return hasFailed(span) ? (span.text(ATTR_ERROR_TYPE) ?? "_OTHER") : undefined;
}

/** Of a failed span: the status message, else that of the recorded exception. */
export function errorMessageOf(span: GenAISpan): string | undefined {
  if (!hasFailed(span)) return undefined;
  const message = span.events.findLast(({ name }) => name === "exception")?.attributes?.[ATTR_EXCEPTION_MESSAGE];
  return span.statusMessage ?? (typeof message === "string" && message !== "" ? message : undefined);
}
