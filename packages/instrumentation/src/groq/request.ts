import type { InputMessage } from "@genspan/semconv";
import type { Attributes } from "@opentelemetry/api";
import type { Body, InputContent } from "../adapter.ts";
import { isRecord, list, record, text } from "../engine/read.ts";
import { chatParameters, chatInput as protocolInput } from "../openai-protocol/chat-request.ts";

/** https://console.groq.com/docs/api-reference#chat-create */
export function chatRequest(body: Body): Attributes {
  return chatParameters(body);
}

/** `documents` give the model context beside the messages: text, or JSON data. */
export function chatInput(body: Body): InputContent {
  const input = protocolInput(body);
  const documents = list(body["documents"]).filter(isRecord);
  return documents.length === 0
    ? input
    : { ...input, messages: [documentsMessage(documents), ...(input.messages ?? [])] };
}

function documentsMessage(documents: readonly Readonly<Record<string, unknown>>[]): InputMessage {
  const parts = documents.map((document) => {
    const source = record(document["source"]);
    const content = text(source["text"]);
    return content === undefined ? { ...document, type: "document" } : { type: "text", content };
  });
  return { role: "user", parts };
}
