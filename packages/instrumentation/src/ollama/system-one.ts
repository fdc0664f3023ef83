import type { MessagePart, OutputMessage } from "@genspan/semconv";
import * as semconv from "@genspan/semconv";
import type { Attributes } from "@opentelemetry/api";
import type { Body, InputContent, MethodAdapter } from "../adapter.ts";
import { isRecord, putCount, putText, record } from "../engine/read.ts";

/**
 * `systemone` (ollama 0.6.4): a model answers questions about a state with a choice, a probability or a score. The name is
 * that of Mistral's classifications.
 */
export const systemOne: MethodAdapter = {
  operation: "classify",
  isOptional: true,
  path: "/v1/systemone",
  request: () => ({}),
  input: stateAndQuestions,
  response: systemOneResponse,
  output: answers,
};

/** Either may be text or JSON. */
function stateAndQuestions({ state, questions }: Body): InputContent {
  const about: MessagePart = { type: "text", content: typeof state === "string" ? state : JSON.stringify(state ?? "") };
  return { messages: [{ role: "user", parts: [about, ...namedParts(questions)] }] };
}

function systemOneResponse(response: unknown): Attributes {
  const { model, usage } = record(response);
  const attributes: Attributes = {};
  putText(attributes, semconv.ATTR_GEN_AI_RESPONSE_MODEL, model);
  putCount(attributes, semconv.ATTR_GEN_AI_USAGE_INPUT_TOKENS, record(usage)["input_tokens"]);
  putCount(attributes, semconv.ATTR_GEN_AI_USAGE_OUTPUT_TOKENS, record(usage)["output_tokens"]);
  return attributes;
}

function answers(response: unknown): OutputMessage[] {
  return [{ role: "assistant", parts: namedParts(record(response)["answers"]) }];
}

/** Of an object by name: questions, or their answers. */
function namedParts(byName: unknown): MessagePart[] {
  return Object.entries(record(byName)).flatMap(([name, value]) =>
    isRecord(value) ? [{ ...value, name, type: String(value["type"]) }] : [],
  );
}
