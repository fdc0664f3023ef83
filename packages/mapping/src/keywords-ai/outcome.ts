import { ATTR_ERROR_TYPE, ATTR_HTTP_RESPONSE_STATUS_CODE } from "@genspan/semconv";
import type { GenAISpan } from "../engine/genai-span.ts";
import { errorMessageOf, hasFailed } from "../formats/outcome.ts";

/** The HTTP status of the call; a failure without one, or after a status below 400 (a broken stream), is a 500. */
export function statusCodeOf(span: GenAISpan): number {
  const code = span.number(ATTR_HTTP_RESPONSE_STATUS_CODE);
  if (!hasFailed(span)) return code ?? 200;
  return code === undefined || code < 400 ? 500 : code;
}

/** Of a failed call: the status message, else the recorded exception's message, else the error's type. */
export function errorTextOf(span: GenAISpan): string | undefined {
  return hasFailed(span) ? (errorMessageOf(span) ?? span.text(ATTR_ERROR_TYPE)) : undefined;
}
