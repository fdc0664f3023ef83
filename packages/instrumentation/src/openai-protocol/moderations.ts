import type { InputMessage } from "@genspan/semconv";
import * as semconv from "@genspan/semconv";
import type { Attributes } from "@opentelemetry/api";
import type { Body, MethodAdapter } from "../adapter.ts";
import { isRecord, list, putText, record } from "../engine/read.ts";
import { chatMessage } from "./chat-messages.ts";

/** https://platform.openai.com/docs/api-reference/moderations/create */
export const moderateContent: MethodAdapter = {
  operation: "moderate_content",
  path: "/moderations",
  request: () => ({}),
  input: (body) => ({ messages: moderatedMessages(body) }),
  response: moderationResponse,
};

/** One text, several texts, or several content parts of one input. */
function moderatedMessages(body: Body): InputMessage[] {
  const { input } = body;
  if (typeof input === "string") return [chatMessage({ role: "user", content: input })];
  const items = list(input);
  if (items.some(isRecord)) return [chatMessage({ role: "user", content: items })];
  return items.map((content) => chatMessage({ role: "user", content }));
}

function moderationResponse(response: unknown): Attributes {
  const { id, model } = record(response);
  const attributes: Attributes = {};
  putText(attributes, semconv.ATTR_GEN_AI_RESPONSE_ID, id);
  putText(attributes, semconv.ATTR_GEN_AI_RESPONSE_MODEL, model);
  return attributes;
}
