/** What we say in OpenInference, held against the converter that its makers publish. */
import { convertGenAISpanAttributesToOpenInferenceSpanAttributes } from "@arizeai/openinference-genai";
import { to } from "@genspan/mapping";
import type { Attributes } from "@opentelemetry/api";
import { describe, expect, it } from "vitest";
import { SAMPLES } from "../../packages/mapping/src/engine/dialects/out/samples.ts";
import { spanOf } from "../../packages/mapping/src/engine/testing.ts";

const ONE_TEXT = "one text is `message.content`, as the instrumentation of OpenAI writes it";
const IMAGE = "an image is one, where the converter writes JSON of the part as text";
const IO = "the last word of the input and the first of the output; the messages say the rest once";

/** Attributes of the converter's that ours differ from or lack, and why. */
const DIFFERENCES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  chat: {
    "llm.finish_reason": "the word of the chat endpoint, as the instrumentations write it",
    "llm.invocation_parameters": "the names of the chat endpoint, and all parameters",
    "llm.input_messages.0.message.contents.0.message_content.type": ONE_TEXT,
    "llm.input_messages.0.message.contents.0.message_content.text": ONE_TEXT,
    "llm.input_messages.1.message.contents.1.message_content.type": IMAGE,
    "llm.input_messages.1.message.contents.1.message_content.text": IMAGE,
    "llm.input_messages.1.message.contents.2.message_content.type": IMAGE,
    "llm.input_messages.1.message.contents.2.message_content.text": IMAGE,
    "llm.output_messages.0.message.contents.0.message_content.type": ONE_TEXT,
    "llm.output_messages.0.message.contents.0.message_content.text": ONE_TEXT,
    "input.value": IO,
    "input.mime_type": IO,
    "output.value": IO,
    "output.mime_type": IO,
  },
  tool: { "tool.parameters": "arguments are `input.value`; that name is the schema's elsewhere" },
  embeddings: {
    "llm.model_name": "the model of an embedding is `embedding.model_name`",
    "llm.invocation_parameters": "it repeats the model alone",
  },
};

describe("a span said in OpenInference", () => {
  it.each(["chat", "tool", "embeddings"])(
    "(%s) has what its makers' converter says, but for the differences named",
    (name) => {
      const attributes = SAMPLES[name] ?? {};
      const ours = to("openinference")(spanOf({ attributes })).attributes;
      const theirs = convertGenAISpanAttributesToOpenInferenceSpanAttributes(attributes as Attributes) ?? {}; // plain values
      const differing = Object.keys(theirs).filter((key) => JSON.stringify(theirs[key]) !== JSON.stringify(ours[key]));
      expect(differing.sort()).toEqual(Object.keys(DIFFERENCES[name] ?? {}).sort());
    },
  );
});
