/** https://docs.cohere.com/reference/classify, version 1 only. The name is that of Mistral's classifications. */

import type { MessagePart, OutputMessage } from "@genspan/semconv";
import * as semconv from "@genspan/semconv";
import type { Attributes } from "@opentelemetry/api";
import type { Body, InputContent, MethodAdapter } from "../adapter.ts";
import { isRecord, list, putText, record } from "../engine/read.ts";
import { promptMessages } from "../openai-protocol/text-messages.ts";
import { field } from "./fields.ts";
import { putUsage } from "./usage.ts";

export const classify: Pick<MethodAdapter, "operation" | "request" | "input" | "response" | "output"> = {
  operation: "classify",
  request: () => ({}),
  input: classifyInput,
  response: classifyResponse,
  output: classifyOutput,
};

/** The examples, which show what the labels mean, are instructions. */
function classifyInput(body: Body): InputContent {
  const examples = list(body["examples"]).filter(isRecord);
  return {
    system: examples.map((example) => ({ ...example, type: "example" })),
    messages: list(body["inputs"]).flatMap(promptMessages),
  };
}

function classifyResponse(response: unknown): Attributes {
  const attributes: Attributes = {};
  putText(attributes, semconv.ATTR_GEN_AI_RESPONSE_ID, record(response)["id"]);
  putUsage(attributes, field(response, "meta"));
  return attributes;
}

function classifyOutput(response: unknown): OutputMessage[] {
  const found = list(record(response)["classifications"]).filter(isRecord);
  return found.map(({ input: _input, ...labels }) => {
    const part: MessagePart = { ...labels, type: "classification" };
    return { role: "assistant", parts: [part] };
  });
}
