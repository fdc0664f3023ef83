import * as semconv from "@genspan/semconv";
import type { Attributes } from "@opentelemetry/api";
import type { Body, MethodAdapter } from "../adapter.ts";
import { putText, record, text } from "../engine/read.ts";
import { responseDescription, responsesOutput } from "./responses-response.ts";
import { responsesStream } from "./responses-stream.ts";

/**
 * `responses.retrieve(id, query)`: an answer that another call made, of a background response for instance. Its usage and its
 * failure are those of that call. https://platform.openai.com/docs/api-reference/responses/get
 */
export const fetchResponse: MethodAdapter = {
  operation: semconv.GEN_AI_OPERATION_NAME_VALUE_FETCH_RESPONSE,
  path: ({ response_id }) => `/responses/${encodeURIComponent(text(response_id) ?? "")}`,
  body: ([id, query]) => ({ ...record(query), response_id: id }),
  model: () => undefined,
  request: fetchRequest,
  response: fetchedResponse,
  output: responsesOutput,
  stream: responsesStream,
};

function fetchRequest(body: Body): Attributes {
  const attributes: Attributes = { [semconv.ATTR_OPENAI_API_TYPE]: semconv.OPENAI_API_TYPE_VALUE_RESPONSES };
  putText(attributes, semconv.ATTR_GEN_AI_RESPONSE_ID, body["response_id"]);
  const { starting_after: cursor } = body;
  if (typeof cursor === "number") attributes[semconv.ATTR_GEN_AI_REQUEST_STREAM_CURSOR] = String(cursor);
  return attributes;
}

function fetchedResponse(value: unknown): Attributes {
  const attributes = responseDescription(value);
  putText(attributes, semconv.ATTR_GEN_AI_RESPONSE_STATUS, record(value)["status"]);
  return attributes;
}
