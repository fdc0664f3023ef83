import * as semconv from "@genspan/semconv";
import type { Attributes } from "@opentelemetry/api";
import type { HttpFacts } from "../adapter.ts";
import { isObject, putInteger, putText } from "./read.ts";

/** Of a `Response` whose body may still be unread. */
export function factsOfResponse(response: unknown, requestIdHeader = "x-request-id"): HttpFacts | undefined {
  if (!isObject(response)) return undefined;
  const { status, url, headers } = response as Partial<Response>;
  return { status, url, requestId: headers?.get(requestIdHeader) };
}

export function httpAttributes({ status, url, requestId }: HttpFacts): Attributes {
  const attributes: Attributes = {};
  putInteger(attributes, semconv.ATTR_HTTP_RESPONSE_STATUS_CODE, status);
  putText(attributes, semconv.ATTR_GENSPAN_RESPONSE_REQUEST_ID, requestId);
  putText(attributes, semconv.ATTR_GENSPAN_REQUEST_PATH, pathOf(url));
  return attributes;
}

function pathOf(url: unknown): string | undefined {
  return typeof url === "string" ? /^\w+:\/\/[^/]+([^?#]*)/.exec(url)?.[1] : undefined;
}
