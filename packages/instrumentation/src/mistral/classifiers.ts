/** Moderation and classification, of texts and of chats: https://docs.mistral.ai/api/endpoint/classifiers */

import type { InputMessage } from "@genspan/semconv";
import * as semconv from "@genspan/semconv";
import type { Attributes } from "@opentelemetry/api";
import type { Body, MethodAdapter } from "../adapter.ts";
import { isRecord, list, putText, record } from "../engine/read.ts";
import { chatMessage } from "./messages.ts";

/** @param operation the conventions have none for either */
function classifier(operation: string, path: string): MethodAdapter {
  return {
    operation,
    path,
    isOptional: true,
    request: () => ({}),
    input: (body) => ({ messages: inputMessages(body) }),
    response: classifierResponse,
  };
}

const moderation = "moderate_content";
const classification = "classify";

export const classifiers: Readonly<Record<string, MethodAdapter>> = {
  "Classifiers.moderate": classifier(moderation, "/v1/moderations"),
  "Classifiers.moderateChat": classifier(moderation, "/v1/chat/moderations"),
  "Classifiers.classify": classifier(classification, "/v1/classifications"),
  "Classifiers.classifyChat": classifier(classification, "/v1/chat/classifications"),
};

/** `inputs` of texts, or of one chat or several; chats for moderation are lists of messages in `inputs` too. */
function inputMessages(body: Body): InputMessage[] {
  return messagesOf(body["inputs"] ?? body["input"]);
}

function messagesOf(input: unknown): InputMessage[] {
  if (typeof input === "string") return [chatMessage({ role: "user", content: input })];
  if (Array.isArray(input)) return input.flatMap(messagesOf);
  if (!isRecord(input)) return [];
  return "messages" in input ? list(input["messages"]).flatMap(messagesOf) : [chatMessage(input)];
}

/** The client leaves out the usage that the API reports. */
function classifierResponse(response: unknown): Attributes {
  const { id, model } = record(response);
  const attributes: Attributes = {};
  putText(attributes, semconv.ATTR_GEN_AI_RESPONSE_ID, id);
  putText(attributes, semconv.ATTR_GEN_AI_RESPONSE_MODEL, model);
  return attributes;
}
