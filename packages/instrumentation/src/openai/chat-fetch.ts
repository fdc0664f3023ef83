import * as semconv from "@genspan/semconv";
import type { Attributes } from "@opentelemetry/api";
import type { Body, MethodAdapter } from "../adapter.ts";
import { putText, record, text } from "../engine/read.ts";
import { chatOutput, chatResponse } from "../openai-protocol/chat-response.ts";

/**
 * `chat.completions.retrieve(id)`: a completion that another call made and that was stored. Its usage is that of that call.
 * https://platform.openai.com/docs/api-reference/chat/get
 */
export const fetchChatCompletion: MethodAdapter = {
  operation: semconv.GEN_AI_OPERATION_NAME_VALUE_FETCH_RESPONSE,
  path: ({ completion_id }) => `/chat/completions/${encodeURIComponent(text(completion_id) ?? "")}`,
  body: ([id]) => ({ completion_id: id }),
  model: () => undefined,
  request: fetchRequest,
  response: (completion) => chatResponse({ ...record(completion), usage: undefined }),
  output: chatOutput,
};

function fetchRequest(body: Body): Attributes {
  const attributes: Attributes = { [semconv.ATTR_OPENAI_API_TYPE]: semconv.OPENAI_API_TYPE_VALUE_CHAT_COMPLETIONS };
  putText(attributes, semconv.ATTR_GEN_AI_RESPONSE_ID, body["completion_id"]);
  return attributes;
}
