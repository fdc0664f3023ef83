import type { OutputMessage } from "@genspan/semconv";
import * as semconv from "@genspan/semconv";
import type { Attributes } from "@opentelemetry/api";
import type { Body, ChunkFold, InputContent, MethodAdapter } from "../adapter.ts";
import { finishReason } from "../anthropic-protocol/finish-reason.ts";
import { isRecord, putCount, putNumber, putText, putTexts, record, text } from "../engine/read.ts";
import { promptMessages } from "../openai-protocol/text-messages.ts";

/** https://docs.anthropic.com/en/api/complete: the older API, which reports no usage. Gone from version 1 of the client on. */
export const completions: MethodAdapter = {
  operation: semconv.GEN_AI_OPERATION_NAME_VALUE_TEXT_COMPLETION,
  isOptional: true,
  path: "/v1/complete",
  request: completionRequest,
  input: (body): InputContent => ({ messages: promptMessages(body["prompt"]) }),
  response: completionResponse,
  output: (response): OutputMessage[] => [
    { role: "assistant", parts: [{ type: "text", content: text(record(response)["completion"]) ?? "" }] },
  ],
  stream: () => new CompletionFold(),
};

function completionRequest(body: Body): Attributes {
  const attributes: Attributes = {};
  putCount(attributes, semconv.ATTR_GEN_AI_REQUEST_MAX_TOKENS, body["max_tokens_to_sample"]);
  putNumber(attributes, semconv.ATTR_GEN_AI_REQUEST_TEMPERATURE, body["temperature"]);
  putNumber(attributes, semconv.ATTR_GEN_AI_REQUEST_TOP_P, body["top_p"]);
  putCount(attributes, semconv.ATTR_GEN_AI_REQUEST_TOP_K, body["top_k"]);
  putTexts(attributes, semconv.ATTR_GEN_AI_REQUEST_STOP_SEQUENCES, body["stop_sequences"]);
  return attributes;
}

function completionResponse(value: unknown): Attributes {
  const { id, model, stop_reason } = record(value);
  const attributes: Attributes = {};
  putText(attributes, semconv.ATTR_GEN_AI_RESPONSE_ID, id);
  putText(attributes, semconv.ATTR_GEN_AI_RESPONSE_MODEL, model);
  if (stop_reason) attributes[semconv.ATTR_GEN_AI_RESPONSE_FINISH_REASONS] = [finishReason(stop_reason)];
  return attributes;
}

class CompletionFold implements ChunkFold {
  #completion = "";
  #last: Readonly<Record<string, unknown>> = {};

  add(chunk: unknown): void {
    if (!isRecord(chunk)) return;
    this.#completion += text(chunk["completion"]) ?? "";
    this.#last = chunk;
  }

  response(): unknown {
    return { ...this.#last, completion: this.#completion };
  }
}
