import * as semconv from "@genspan/semconv";
import type { Attributes } from "@opentelemetry/api";
import type { Body, MethodAdapter } from "../adapter.ts";
import { claudeInput } from "../anthropic-protocol/messages.ts";
import { isRecord, list, putText, record } from "../engine/read.ts";

/**
 * https://docs.anthropic.com/en/api/creating-message-batches. The answers come later, by other calls; the conventions have
 * no operation for it.
 */
export const createBatch: MethodAdapter = {
  operation: "create_batch",
  isOptional: true,
  path: "/v1/messages/batches",
  model: oneModel,
  request: () => ({}),
  input: (body) => ({ messages: paramsOf(body).flatMap((params) => claudeInput(params).messages ?? []) }),
  response: batchResponse,
};

function paramsOf(body: Body): readonly Body[] {
  return list(body["requests"])
    .filter(isRecord)
    .map(({ params }) => record(params));
}

/** Where all requests of the batch are for one. */
function oneModel(body: Body): string | undefined {
  const models = new Set(paramsOf(body).map(({ model }) => model));
  const [model] = models;
  return models.size === 1 && typeof model === "string" ? model : undefined;
}

function batchResponse(response: unknown): Attributes {
  const attributes: Attributes = {};
  putText(attributes, semconv.ATTR_GEN_AI_RESPONSE_ID, record(response)["id"]);
  return attributes;
}
