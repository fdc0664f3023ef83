import { ATTR_ERROR_TYPE, ATTR_EXCEPTION_MESSAGE } from "@genspan/semconv";
import type { GenAISpan } from "../engine/genai-span.ts";

/** How a span ended, as several vendors ask for it. */

/** True for a span with status ERROR or an `error.type`: some producers set only one of the two. */
export function hasFailed(span: GenAISpan): boolean {
  return span.failed || span.text(ATTR_ERROR_TYPE) !== undefined;
}

/** Of a failed span: the status message, else that of the recorded exception. */
export function errorMessageOf(span: GenAISpan): string | undefined {
  if (!hasFailed(span)) return undefined;
  const message = span.events.findLast(({ name }) => name === "exception")?.attributes?.[ATTR_EXCEPTION_MESSAGE];
  return span.statusMessage ?? (typeof message === "string" && message !== "" ? message : undefined);
}
