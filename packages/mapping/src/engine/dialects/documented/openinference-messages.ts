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
      "llm.output_messages.0.message.contents.0.message_content.type": "redacted_thinking",
      "llm.output_messages.0.message.contents.0.message_content.data": "EmwK",
      "llm.output_messages.0.message.contents.1.message_content.type": "text",
      "llm.output_messages.0.message.contents.1.message_content.text": "Yes",
    },
    { [OUTPUT]: [said("assistant", { type: "redacted_reasoning", data: "EmwK" }, "Yes")] },
  ),
  one(
    {
      "llm.input_messages.0.message.role": "user",
      "llm.input_messages.0.message.contents.0.message_content.type": "audio",
      "llm.input_messages.0.message.contents.0.message_content.audio.audio.url": "https://host/a.wav",
      "llm.input_messages.0.message.contents.0.message_content.audio.audio.mime_type": "audio/wav",
      "llm.input_messages.0.message.contents.0.message_content.audio.audio.transcript": "Hi",
      "llm.input_messages.0.message.contents.1.message_content.type": "video",
      "llm.input_messages.0.message.contents.1.message_content.video.video.url": "data:video/mp4;base64,AAAA",
      "llm.input_messages.0.message.contents.2.message_content.type": "audio",
      "llm.input_messages.0.message.contents.2.message_content.audio.audio.transcript": "Only words",
    },
    {
      [INPUT]: [
        said(
          "user",
          { type: "uri", modality: "audio", mime_type: "audio/wav", uri: "https://host/a.wav", transcript: "Hi" },
          { type: "blob", modality: "video", mime_type: "video/mp4", content: "AAAA" },
          "Only words",
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
    {
      "llm.output_messages.0.message.role": "assistant",
      "llm.output_messages.0.message.content": "Yes",
      "output.value": json({
        object: "chat.completion",
        choices: [{ message: { role: "assistant", content: "Yes", reasoning_content: "Hm.", refusal: null } }],
        usage: { prompt_tokens_details: { cache_write_tokens: 7 } },
      }),
    },
    {
      [OUTPUT]: [said("assistant", { type: "reasoning", content: "Hm." }, "Yes")],
      "gen_ai.usage.cache_write.input_tokens": 7,
    },
    { about: "reasoning, which only the response has" },
  ),
  one(
    {
      "output.value": json({
        object: "chat.completion",
        choices: [{ message: { content: "x" }, finish_reason: "length" }],
      }),
    },
    { "gen_ai.response.finish_reasons": ["length"] },
    { about: "a version that had no attribute for the reason" },
  ),
  one(
    {
      "llm.output_messages.0.message.role": "assistant",
      "llm.output_messages.0.message.content": "__REDACTED__",
      "output.value": json({ object: "chat.completion", choices: [{ message: { content: "x", reasoning: "Hm." } }] }),
    },
    { [OUTPUT]: [said("assistant", "__REDACTED__")] },
    { about: "what the user hides stays hidden, whatever the response has" },
  ),
  one(
    {
      "llm.output_messages.0.message.role": "assistant",
      "llm.output_messages.0.message.tool_calls.0.tool_call.id": "ws_1",
      "llm.output_messages.0.message.tool_calls.0.tool_call.function.name": "web_search_call",
      "llm.output_messages.1.message.role": "assistant",
      "llm.output_messages.1.message.content": "Rom",
      "output.value": json({
        created_at: 1,
        id: "resp_1",
        object: "response",
        status: "completed",
        output: [
          { type: "web_search_call", id: "ws_1", status: "completed", action: { type: "search" } },
          { type: "message", role: "assistant", content: [{ type: "output_text", text: "Rom" }] },
        ],
      }),
    },
    {
      [OUTPUT]: [
        said(
          "assistant",
          {
            type: "server_tool_call",
            id: "ws_1",
            name: "web_search",
            server_tool_call: { action: { type: "search" }, type: "web_search" },
          },
          "Rom",
        ),
      ],
    },
    { about: "tools that the provider ran" },
  ),
  one(
    {
      "llm.output_messages.0.message.contents.0.message_content.type": "reasoning",
      "llm.output_messages.0.message.contents.0.message_content.text": "Hm.",
      "llm.output_messages.1.message.role": "assistant",
      "llm.output_messages.1.message.content": "Yes",
      "output.value": '{"created_at":1,"id":"resp_1","object":"response","output":[]}',
    },
    { [OUTPUT]: [said("assistant", { type: "reasoning", content: "Hm." }, "Yes")] },
    { about: "items of a response are one turn, in whatever order its keys are" },
  ),
  one(
    { "llm.prompts.0.prompt.text": "Once upon" },
    { "gen_ai.operation.name": "text_completion", [INPUT]: [said("user", "Once upon")] },
  ),
];
