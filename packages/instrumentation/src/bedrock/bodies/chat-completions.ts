import * as semconv from "@genspan/semconv";
import type { ChunkFold } from "../../adapter.ts";
import { isRecord, record } from "../../engine/read.ts";
import { chatInput, chatRequest } from "../../openai-protocol/chat-request.ts";
import { chatOutput, chatResponse } from "../../openai-protocol/chat-response.ts";
import { chatStream } from "../../openai-protocol/chat-stream.ts";
import type { BodyFormat } from "./body-format.ts";

/**
 * Bodies of OpenAI's Chat Completions: gpt-oss, AI21 Jamba, Mistral's and DeepSeek's chat models, Qwen and others. Mistral's
 * choices have `stop_reason`, and `message` in the place of `delta` when streamed.
 */
export const chatCompletions: BodyFormat = {
  operation: semconv.GEN_AI_OPERATION_NAME_VALUE_CHAT,
  fits: (body) => Array.isArray(body["messages"]),
  request: (body) => {
    const { [semconv.ATTR_OPENAI_API_TYPE]: _api, ...attributes } = chatRequest(body);
    return attributes;
  },
  input: chatInput,
  response: (value) => chatResponse(withOpenAIWords(value)),
  output: (value) => chatOutput(withOpenAIWords(value)),
  stream: (content) => new Fold(content),
};

function withOpenAIWords(value: unknown): unknown {
  const response = record(value);
  const { choices } = response;
  if (!Array.isArray(choices)) return response;
  return { ...response, choices: choices.filter(isRecord).map(withFinishReason) };
}

function withFinishReason(choice: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const { stop_reason, finish_reason, message, delta } = choice;
  return { ...choice, finish_reason: finish_reason ?? stop_reason, delta: delta ?? message };
}

class Fold implements ChunkFold {
  readonly #fold: ChunkFold;

  constructor(content: boolean) {
    this.#fold = chatStream(content);
  }

  add(chunk: unknown): void {
    this.#fold.add(withOpenAIWords(chunk));
  }

  response(): unknown {
    return this.#fold.response();
  }
}
