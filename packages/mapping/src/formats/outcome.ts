import { ATTR_ERROR_TYPE, ATTR_EXCEPTION_MESSAGE, ATTR_HTTP_RESPONSE_STATUS_CODE } from "@genspan/semconv";
import type { GenAISpan } from "../engine/genai-span.ts";

/** How a span ended, as several vendors ask for it. */

/** True for a span with status ERROR or an `error.type`: some producers set only one of the two. */
export function hasFailed(span: GenAISpan): boolean {
  return span.failed || span.text(ATTR_ERROR_TYPE) !== undefined;
}

/** `error.type` of a failed span; `_OTHER`, the conventions' word for an unknown one, where it has none. */
export function errorTypeOf(span: GenAISpan): string | undefined {
  return hasFailed(span) ? (span.text(ATTR_ERROR_TYPE) ?? "_OTHER") : undefined;
}

/**
 * The HTTP status of the call: what the provider answered, else 200. A failure without a status, or after one below 400
 * such as a broken stream, is a 500.
 */
export function httpStatusOf(span: GenAISpan): number {
  const code = Math.trunc(span.number(ATTR_HTTP_RESPONSE_STATUS_CODE) ?? 200);
  return hasFailed(span) && code < 400 ? 500 : code;
}

/** Of a failed span: the status message, else that of the recorded exception. */
export function errorMessageOf(span: GenAISpan): string | undefined {
  if (!hasFailed(span)) return undefined;
  const message = span.events.findLast(({ name }) => name === "exception")?.attributes?.[ATTR_EXCEPTION_MESSAGE];
  return span.statusMessage ?? (typeof message === "string" && message !== "" ? message : undefined);
}
