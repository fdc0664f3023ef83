import {
  ATTR_ERROR_TYPE,
  ATTR_EXCEPTION_MESSAGE,
  ATTR_HTTP_RESPONSE_STATUS_CODE,
  EVENT_GEN_AI_CLIENT_OPERATION_EXCEPTION,
} from "@genspan/semconv";
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
  return hasFailed(span) ? (span.statusMessage ?? exceptionText(span, ATTR_EXCEPTION_MESSAGE)) : undefined;
}

/** An attribute of the exception that was recorded last: of several attempts, the one that the call failed with. */
export function exceptionText(span: GenAISpan, attribute: string): string | undefined {
  for (const { name, attributes } of span.events.toReversed()) {
    const value = EXCEPTION_EVENTS.has(name) ? attributes?.[attribute] : undefined;
    if (typeof value === "string" && value !== "") return value;
  }
  return undefined;
}

const EXCEPTION_EVENTS: ReadonlySet<string> = new Set(["exception", EVENT_GEN_AI_CLIENT_OPERATION_EXCEPTION]);
