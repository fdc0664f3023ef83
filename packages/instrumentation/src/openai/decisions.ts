import type { InputMessage, OutputMessage } from "@genspan/semconv";
import * as semconv from "@genspan/semconv";
import type { Attributes } from "@opentelemetry/api";
import type { Body, InputContent, MethodAdapter } from "../adapter.ts";
import { isRecord, list, putText, record } from "../engine/read.ts";
import { unknownPart } from "../openai-protocol/unknown-part.ts";
import { putUsage } from "../openai-protocol/usage.ts";
import { responsesInput } from "./responses-request.ts";

/**
 * `decisions.create` (openai 7, `resources/decisions`): a model answers questions about an input with a probability, a
 * choice or a score. The conventions have no operation for it: it is named as Mistral's classifications are.
 */
export const decide: MethodAdapter = {
  operation: "classify",
  isOptional: true,
  path: "/decisions",
  request: () => ({}),
  input: decisionInput,
  response: decisionResponse,
  output: decisionOutput,
};

/** The questions come after what they are about. */
function decisionInput(body: Body): InputContent {
  const { messages = [] } = responsesInput(body);
  const questions: InputMessage = { role: "user", parts: partsOf(body["questions"]) };
  return { messages: [...messages, questions] };
}

function decisionResponse(response: unknown): Attributes {
  const { model, usage } = record(response);
  const attributes: Attributes = {};
  putText(attributes, semconv.ATTR_GEN_AI_RESPONSE_MODEL, model);
  putUsage(attributes, usage);
  return attributes;
}

function decisionOutput(response: unknown): OutputMessage[] {
  return [{ role: "assistant", parts: partsOf(record(response)["answers"]) }];
}

const partsOf = (values: unknown): OutputMessage["parts"] =>
  list(values)
    .filter(isRecord)
    .map((value) => unknownPart(value));
