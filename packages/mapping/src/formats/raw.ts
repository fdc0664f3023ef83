import { ATTR_GENSPAN_RAW_REQUEST, ATTR_GENSPAN_RAW_RESPONSE } from "@genspan/semconv";
import type { GenAISpan } from "../engine/genai-span.ts";
import { isObject } from "../engine/message-guards.ts";

/** Bodies as they passed through the client library. Present only where the instrumentation was told to keep them. */

export type RawBody = Readonly<Record<string, unknown>> | readonly unknown[];

/** The request body as the application gave it to its client library. */
export function rawRequest(span: GenAISpan): RawBody | undefined {
  return span.once("raw.request", rawRequestOf);
}

/** The response body as the client library returned it. */
export function rawResponse(span: GenAISpan): RawBody | undefined {
  return span.once("raw.response", rawResponseOf);
}

/** One field of the raw request body, for parameters that the conventions have no attribute for. */
export function rawRequestField(span: GenAISpan, name: string): unknown {
  const body = rawRequest(span);
  return isObject(body) && Object.hasOwn(body, name) ? body[name] : undefined;
}

const rawRequestOf = (span: GenAISpan) => bodyOf(span.json(ATTR_GENSPAN_RAW_REQUEST));
const rawResponseOf = (span: GenAISpan) => bodyOf(span.json(ATTR_GENSPAN_RAW_RESPONSE));

function bodyOf(value: unknown): RawBody | undefined {
  if (Array.isArray(value)) return value;
  return isObject(value) ? value : undefined;
}
