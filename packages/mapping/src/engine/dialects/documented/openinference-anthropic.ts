import { answer, call, type DocumentedCase, json, one, said } from "./case.ts";

const INPUT = "gen_ai.input.messages";
const OUTPUT = "gen_ai.output.messages";
const user = "llm.input_messages.0.message";
const said0 = "llm.output_messages.0.message";
const anthropic = { "llm.system": "anthropic", "llm.provider": "anthropic" };
const request = (body: object): object => ({ "input.value": json(body), "input.mime_type": "application/json" });

/** What the instrumentation of Anthropic's client writes (0.2.8): its blocks, and the request and response beside them. */
export const openinferenceAnthropic: readonly DocumentedCase[] = [
  one(
    {
      [`${said0}.role`]: "assistant",
      [`${said0}.contents.0.message_content.type`]: "text",
      [`${said0}.contents.0.message_content.text`]: "Let me look.",
      [`${said0}.contents.1.message_content.type`]: "tool_use",
      [`${said0}.contents.1.tool_call.id`]: "toolu_1",
      [`${said0}.contents.1.tool_call.function.name`]: "f",
      [`${said0}.contents.1.tool_call.function.arguments`]: '{"a":1}',
      [`${said0}.contents.2.message_content.type`]: "tool_use",
      [`${said0}.contents.2.tool_call.id`]: "toolu_2",
      [`${said0}.contents.2.tool_call.function.name`]: "g",
      [`${said0}.contents.2.tool_call.function.arguments`]: "",
      [`${said0}.tool_calls.0.tool_call.id`]: "toolu_1",
      [`${said0}.tool_calls.0.tool_call.function.name`]: "f",
      [`${said0}.tool_calls.0.tool_call.function.arguments`]: '{"a":1}',
      [`${said0}.tool_calls.1.tool_call.id`]: "toolu_2",
      [`${said0}.tool_calls.1.tool_call.function.name`]: "g",
      [`${said0}.tool_calls.1.tool_call.function.arguments`]: "",
    },
    { [OUTPUT]: [said("assistant", "Let me look.", call("toolu_1", "f", { a: 1 }), call("toolu_2", "g", {}))] },
    { about: "calls, which are written twice" },
  ),
  one(
    {
      [`${user}.role`]: "user",
      [`${user}.tool_call_id`]: "toolu_1",
      [`${user}.content`]: json([{ type: "text", text: "42" }]),
      [`${user}.contents.1.message_content.type`]: "text",
      [`${user}.contents.1.message_content.text`]: "Go on.",
    },
    { [INPUT]: [said("user", answer("toolu_1", "42"), "Go on.")] },
    { about: "a result beside the words of the user" },
  ),
  one(
    {
      ...anthropic,
      ...request({ system: "Be brief.", messages: [{ role: "user", content: "Hi" }] }),
      [`${user}.role`]: "user",
      [`${user}.content`]: "Hi",
    },
    { [INPUT]: [said("system", "Be brief."), said("user", "Hi")], "input.value": undefined },
    { about: "the instructions, which only the request has" },
  ),
  one(
    {
      ...anthropic,
      ...request({
        messages: [
          {
            role: "user",
            content: [
              { type: "tool_result", tool_use_id: "toolu_1", content: "1" },
              { type: "tool_result", tool_use_id: "toolu_2", content: "2" },
              { type: "image", source: { type: "url", url: "https://host/a.png" } },
            ],
          },
        ],
      }),
      [`${user}.role`]: "user",
      [`${user}.tool_call_id`]: "toolu_2",
      [`${user}.content`]: '"2"',
      [`${user}.contents.2.message_content.type`]: "image",
    },
    {
      [INPUT]: [
        said("user", answer("toolu_1", "1"), answer("toolu_2", "2"), {
          type: "uri",
          modality: "image",
          uri: "https://host/a.png",
        }),
      ],
    },
    { about: "several results and an image, which only the request has whole" },
  ),
  one(
    {
      ...anthropic,
      ...request({ system: "secret", messages: [{ role: "user", content: "secret" }] }),
      [`${user}.role`]: "user",
      [`${user}.content`]: "__REDACTED__",
    },
    { [INPUT]: [said("user", "__REDACTED__")] },
    { about: "what the user hides stays hidden, whatever the request has" },
  ),
  one(
    {
      ...anthropic,
      [`${said0}.role`]: "assistant",
      [`${said0}.contents.0.message_content.type`]: "text",
      [`${said0}.contents.0.message_content.text`]: "Rom",
      "output.value": json({
        id: "msg_1",
        type: "message",
        role: "assistant",
        model: "claude-x",
        stop_reason: "end_turn",
        content: [{ type: "text", text: "Rom", citations: [{ url: "https://host" }] }],
      }),
    },
    {
      [OUTPUT]: [
        { role: "assistant", parts: [{ type: "text", content: "Rom", citations: [{ url: "https://host" }] }] },
      ],
      "gen_ai.response.id": "msg_1",
      "gen_ai.response.model": "claude-x",
      "gen_ai.response.finish_reasons": ["stop"],
    },
    { about: "citations, which only the response has" },
  ),
];
