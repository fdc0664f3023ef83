import { ATTR_ERROR_TYPE, ATTR_EXCEPTION_MESSAGE, ATTR_HTTP_RESPONSE_STATUS_CODE } from "@genspan/semconv";
import type { GenAISpan } from "../engine/genai-span.ts";

export function hasFailed(span: GenAISpan): boolean {
  return span.failed || span.text(ATTR_ERROR_TYPE) !== undefined;
}

/** The HTTP status of the call; a failure without one, or after a status below 400 (a broken stream), is a 500. */
export function statusCodeOf(span: GenAISpan): number {
  const code = span.number(ATTR_HTTP_RESPONSE_STATUS_CODE);
  if (!hasFailed(span)) return code ?? 200;
  return code === undefined || code < 400 ? 500 : code;
}

/** Of a failed call: the status message, else the recorded exception's message, else the error's type. */
export function errorMessageOf(span: GenAISpan): string | undefined {
  if (!hasFailed(span)) return undefined;
  const exception = span.events.findLast((event) => event.name === "exception");
  const message = exception?.attributes?.[ATTR_EXCEPTION_MESSAGE];
  return span.statusMessage ?? (typeof message === "string" && message ? message : span.text(ATTR_ERROR_TYPE));
}
