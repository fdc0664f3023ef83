import type { InputMessage, MessagePart } from "@genspan/semconv";
import * as semconv from "@genspan/semconv";
import type { Attributes } from "@opentelemetry/api";
import type { Body, MethodAdapter } from "../adapter.ts";
import { isRecord, list, putText, record, text } from "../engine/read.ts";
import { putUsage } from "../openai-protocol/usage.ts";

/** https://docs.together.ai/reference/rerank-1. The conventions have no operation for it, and their list is open. */
export const rerank: MethodAdapter = {
  operation: "rerank",
  path: "/rerank",
  request: () => ({}),
  input: (body) => ({ messages: rerankMessages(body) }),
  response: rerankResponse,
};

/** The query, then the documents: texts, or objects of which `rank_fields` are ranked. */
function rerankMessages(body: Body): InputMessage[] {
  const query = text(body["query"]);
  const parts: MessagePart[] = query === undefined ? [] : [{ type: "text", content: query }];
  for (const document of list(body["documents"])) {
    if (typeof document === "string") parts.push({ type: "text", content: document });
    else if (isRecord(document)) parts.push({ ...document, type: "document" });
  }
  return parts.length === 0 ? [] : [{ role: "user", parts }];
}

function rerankResponse(response: unknown): Attributes {
  const { id, model, usage } = record(response);
  const attributes: Attributes = {};
  putText(attributes, semconv.ATTR_GEN_AI_RESPONSE_ID, id);
  putText(attributes, semconv.ATTR_GEN_AI_RESPONSE_MODEL, model);
  putUsage(attributes, usage);
  return attributes;
}
