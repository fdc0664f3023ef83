import {
  ATTR_ERROR_TYPE,
  ATTR_GEN_AI_RESPONSE_TIME_TO_FIRST_CHUNK,
  ATTR_GENSPAN_RAW_REQUEST,
  ATTR_GENSPAN_RAW_RESPONSE,
  ATTR_GENSPAN_REQUEST_PATH,
  ATTR_HTTP_RESPONSE_STATUS_CODE,
  GEN_AI_OPERATION_NAME_VALUE_EMBEDDINGS,
  GEN_AI_OPERATION_NAME_VALUE_TEXT_COMPLETION,
} from "@genspan/semconv";
import type { GenAISpan } from "../engine/genai-span.ts";
import { json } from "../engine/json-text.ts";
import { isObject } from "../engine/message-guards.ts";
import { hasFailed } from "../formats/outcome.ts";
import { rawResponse } from "../formats/raw.ts";
import { nanosBetween } from "../formats/time.ts";

/** How the call went: times, sizes, statuses and errors. */

/** Whole milliseconds of the call. */
export function latencyOf(span: GenAISpan): number {
  return Math.round(nanosBetween(span.startTime, span.endTime) / 1e6);
}

/** Whole milliseconds to the first chunk; an answer in one piece has its first byte at its end. */
export function firstByteOf(span: GenAISpan): number {
  const seconds = span.number(ATTR_GEN_AI_RESPONSE_TIME_TO_FIRST_CHUNK);
  return seconds === undefined || seconds < 0 ? latencyOf(span) : Math.round(seconds * 1e3);
}

/** HTTP status that the provider answered with; 0 where none came. */
export function providerStatusOf(span: GenAISpan): number {
  const status = span.number(ATTR_HTTP_RESPONSE_STATUS_CODE);
  if (status !== undefined && Number.isInteger(status) && status >= 0) return status;
  return hasFailed(span) ? 0 : 200;
}

/** HTTP status of the call: the provider's, else 500. */
export function statusOf(span: GenAISpan): number {
  return providerStatusOf(span) || 500;
}

/** Whether the provider said that it was an error, rather than the way to it. */
export function isProviderError(span: GenAISpan): boolean {
  return providerStatusOf(span) >= 400;
}

/** The provider's own word for its error, else `error.type`. */
export function providerErrorTypeOf(span: GenAISpan): string | undefined {
  if (!isProviderError(span)) return undefined;
  const response = rawResponse(span);
  const error = isObject(response) && isObject(response["error"]) ? response["error"] : {};
  const named = [error["code"], error["type"]].find((value) => typeof value === "string" && value !== "");
  return typeof named === "string" ? named : span.text(ATTR_ERROR_TYPE);
}

/** Path of the HTTP request, else that of OpenAI's API for the operation. */
export function pathOf(span: GenAISpan): string {
  const path = span.text(ATTR_GENSPAN_REQUEST_PATH) ?? span.text("url.path");
  if (path !== undefined) return path;
  if (span.operation === GEN_AI_OPERATION_NAME_VALUE_EMBEDDINGS) return "/v1/embeddings";
  return span.operation === GEN_AI_OPERATION_NAME_VALUE_TEXT_COMPLETION ? "/v1/completions" : "/v1/chat/completions";
}

/** Bytes of the request body; 0 where they are not known. */
export function requestSizeOf(span: GenAISpan, body: unknown): number {
  const isWhole = span.inputMessages !== undefined;
  return sizeOf(span, ATTR_GENSPAN_RAW_REQUEST, "http.request.body.size") ?? (isWhole ? byteLength(body) : 0);
}

/** Bytes of the response body; 0 where they are not known. */
export function responseSizeOf(span: GenAISpan, body: unknown): number {
  const isWhole = span.outputMessages !== undefined || hasFailed(span);
  return sizeOf(span, ATTR_GENSPAN_RAW_RESPONSE, "http.response.body.size") ?? (isWhole ? byteLength(body) : 0);
}

/** The size that was measured, else that of the body that was kept. */
function sizeOf(span: GenAISpan, raw: string, measured: string): number | undefined {
  const size = span.number(measured);
  if (size !== undefined && Number.isInteger(size) && size >= 0) return size;
  const body = span.attributes[raw];
  return body === undefined ? undefined : byteLength(body);
}

function byteLength(body: unknown): number {
  const text = typeof body === "string" ? body : json(body);
  return text === undefined ? 0 : Buffer.byteLength(text);
}
