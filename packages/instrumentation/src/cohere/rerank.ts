/** https://docs.cohere.com/reference/rerank, both versions. */

import * as semconv from "@genspan/semconv";
import type { Attributes } from "@opentelemetry/api";
import type { Body, InputContent, MethodAdapter } from "../adapter.ts";
import { putText, text } from "../engine/read.ts";
import { documentParts } from "./documents.ts";
import { field } from "./fields.ts";
import { putUsage } from "./usage.ts";

/** The conventions have no operation for it: `retrieval` searches a data source, and this orders what was found. */
export const rerank: Pick<MethodAdapter, "operation" | "request" | "input" | "response"> = {
  operation: "rerank",
  request: () => ({}),
  input: rerankInput,
  response: rerankResponse,
};

function rerankInput(body: Body): InputContent {
  const query = text(body["query"]);
  const asked = query === undefined ? [] : [{ type: "text", content: query }];
  return { messages: [{ role: "user", parts: [...asked, ...documentParts(body["documents"])] }] };
}

/** It is billed by searches; tokens are only said by some models. */
function rerankResponse(response: unknown): Attributes {
  const attributes: Attributes = {};
  putText(attributes, semconv.ATTR_GEN_AI_RESPONSE_ID, field(response, "id"));
  putUsage(attributes, field(response, "meta"));
  return attributes;
}
