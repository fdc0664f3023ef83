import type { FinishReason, OutputMessage } from "@genspan/semconv";
import * as semconv from "@genspan/semconv";
import type { Attributes } from "@opentelemetry/api";
import { isRecord, list, putCount, putText, record, text } from "../engine/read.ts";
import { putVectorLength } from "../engine/rules.ts";
import { message } from "./request.ts";

/**
 * Of chat and generate. Prompt tokens include those that were found in a cache, which are not reported by themselves;
 * thinking is part of the output.
 */
export function answerResponse(value: unknown): Attributes {
  const { model, done_reason, prompt_eval_count, eval_count } = record(value);
  const attributes: Attributes = {};
  putText(attributes, semconv.ATTR_GEN_AI_RESPONSE_MODEL, model);
  const reason = text(done_reason);
  if (reason !== undefined) attributes[semconv.ATTR_GEN_AI_RESPONSE_FINISH_REASONS] = [reason satisfies FinishReason];
  putCount(attributes, semconv.ATTR_GEN_AI_USAGE_INPUT_TOKENS, prompt_eval_count);
  putCount(attributes, semconv.ATTR_GEN_AI_USAGE_OUTPUT_TOKENS, eval_count);
  return attributes;
}

export function chatOutput(value: unknown): OutputMessage[] {
  const { message: said } = record(value);
  return isRecord(said) ? [message(said)] : [];
}

export function generateOutput(value: unknown): OutputMessage[] {
  const { response, thinking } = record(value);
  return [message({ role: "assistant", content: response, thinking })];
}

/** Of `embed`, which has several vectors, and of the older `embeddings`, which has one and no count of tokens. */
export function embedResponse(value: unknown): Attributes {
  const { model, embeddings, embedding, prompt_eval_count } = record(value);
  const attributes: Attributes = {};
  putText(attributes, semconv.ATTR_GEN_AI_RESPONSE_MODEL, model);
  putCount(attributes, semconv.ATTR_GEN_AI_USAGE_INPUT_TOKENS, prompt_eval_count);
  putVectorLength(attributes, list(embeddings)[0] ?? embedding);
  return attributes;
}
