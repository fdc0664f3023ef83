import { answer, call, type DocumentedCase, json, one, said } from "./case.ts";

const INPUT = "gen_ai.input.messages";
const OUTPUT = "gen_ai.output.messages";

/** `llm.input_messages` and `llm.output_messages`, flattened, and what stands for them. */
export const openinferenceMessages: readonly DocumentedCase[] = [
  one(
    {
      "llm.input_messages.0.message.role": "system",
      "llm.input_messages.0.message.content": "Be brief.",
      "llm.input_messages.1.message.role": "user",
      "llm.input_messages.1.message.content": "Hi",
      "llm.input_messages.1.message.name": "bob",
    },
    { [INPUT]: [said("system", "Be brief."), { ...said("user", "Hi"), name: "bob" }] },
  ),
  one(
    { "llm.input_messages.10.message.content": "k", "llm.input_messages.2.message.content": "c" },
    { [INPUT]: [said("user", "c"), said("user", "k")] },
    { about: "numbers are in numerical order, gaps are closed, and who does not say so is the user" },
  ),
  one(
    {
      "llm.input_messages.0.message.role": "user",
      "llm.input_messages.0.message.contents.0.message_content.type": "text",
      "llm.input_messages.0.message.contents.0.message_content.text": "What is it?",
      "llm.input_messages.0.message.contents.1.message_content.type": "image",
      "llm.input_messages.0.message.contents.1.message_content.image.image.url": "data:image/png;base64,AAAA",
      "llm.input_messages.0.message.contents.2.message_content.type": "image",
      "llm.input_messages.0.message.contents.2.message_content.image.image.url": "https://host/a.png",
    },
    {
      [INPUT]: [
        said(
          "user",
          "What is it?",
          { type: "blob", modality: "image", mime_type: "image/png", content: "AAAA" },
          { type: "uri", modality: "image", uri: "https://host/a.png" },
        ),
      ],
    },
  ),
  one(
    {
      "llm.output_messages.0.message.role": "assistant",
      "llm.output_messages.0.message.contents.0.message_content.type": "reasoning",
      "llm.output_messages.0.message.contents.0.message_content.text": "Hm.",
      "llm.output_messages.0.message.contents.0.message_content.id": "rs_1",
      "llm.output_messages.0.message.contents.0.message_content.signature": "sig",
      "llm.output_messages.0.message.contents.1.message_content.type": "text",
      "llm.output_messages.0.message.contents.1.message_content.text": "Yes",
    },
    { [OUTPUT]: [said("assistant", { type: "reasoning", content: "Hm." }, "Yes")] },
  ),
  one(
    {
      "llm.output_messages.0.message.role": "assistant",
      "llm.output_messages.0.message.tool_calls.0.tool_call.id": "call_1",
      "llm.output_messages.0.message.tool_calls.0.tool_call.function.name": "f",
      "llm.output_messages.0.message.tool_calls.0.tool_call.function.arguments": '{"a":1}',
      "llm.output_messages.0.message.tool_calls.1.tool_call.function.name": "g",
      "llm.output_messages.0.message.tool_calls.1.tool_call.function.arguments": "{cut",
      "llm.output_messages.0.message.tool_calls.1.tool_call.reasoning_signature": "s",
    },
    {
      [OUTPUT]: [said("assistant", call("call_1", "f", { a: 1 }), { type: "tool_call", name: "g", arguments: "{cut" })],
    },
  ),
  one(
    {
      "llm.input_messages.0.message.role": "tool",
      "llm.input_messages.0.message.tool_call_id": "call_1",
      "llm.input_messages.0.message.content": "42",
    },
    { [INPUT]: [said("tool", answer("call_1", "42"))] },
  ),
  one(
    {
      "llm.output_messages.0.message.role": "assistant",
      "llm.output_messages.0.message.function_call_name": "f",
      "llm.output_messages.0.message.function_call_arguments_json": '{"a":1}',
    },
    { [OUTPUT]: [said("assistant", { type: "tool_call", name: "f", arguments: { a: 1 } })] },
  ),
  one(
    { "llm.function_call": json({ name: "f", arguments: '{"a":1}' }) },
    {
      [OUTPUT]: [said("assistant", { type: "tool_call", name: "f", arguments: { a: 1 } })],
    },
  ),
  one(
    { "llm.prompts.0.prompt.text": "Once upon" },
    { "gen_ai.operation.name": "text_completion", [INPUT]: [said("user", "Once upon")] },
  ),
];
