import { answer, call, type DocumentedCase, json, one, said } from "./case.ts";

const INPUT = "gen_ai.input.messages";
const OUTPUT = "gen_ai.output.messages";
const message = (name: string, kwargs: object): object => ({
  lc: 1,
  type: "constructor",
  id: ["langchain_core", "messages", name],
  kwargs,
});

const REQUEST = json({
  messages: [
    [
      message("SystemMessage", { content: "Be brief." }),
      message("AIMessage", { tool_calls: [{ id: "c1", name: "f", args: { a: 1 }, type: "tool_call" }] }),
      message("ToolMessage", { tool_call_id: "c1", content: "42" }),
    ],
  ],
});

const answered = (kwargs: object): string =>
  json({ generations: [[{ text: "Hello", message: message("AIMessage", kwargs) }]] });

/** What the instrumentation of LangChain writes (4.1.1): flattened names in short, and messages as LangChain has them. */
export const openinferenceLangChain: readonly DocumentedCase[] = [
  one(
    {
      "input.value": REQUEST,
      "llm.input_messages.0.message.role": "system",
      "llm.input_messages.0.message.content": "Be brief.",
      "llm.input_messages.1.message.role": "assistant",
      "llm.input_messages.2.message.role": "tool",
      "llm.input_messages.2.message.content": "42",
      metadata: json({ ls_provider: "mistral" }),
    },
    {
      [INPUT]: [
        said("system", "Be brief."),
        said("assistant", call("c1", "f", { a: 1 })),
        said("tool", answer("c1", "42")),
      ],
      "gen_ai.provider.name": "mistral_ai",
      "input.value": undefined,
    },
    { about: "calls and ids of LangChain's messages" },
  ),
  one(
    {
      "output.value": answered({ id: "chatcmpl-1", content: "Hello", response_metadata: { model_name: "m-1" } }),
      "llm.output_messages.0.message.content": "Hello",
    },
    { [OUTPUT]: [said("assistant", "Hello")], "gen_ai.response.id": "chatcmpl-1", "gen_ai.response.model": "m-1" },
    { about: "which model answered LangChain" },
  ),
  one(
    {
      "output.value": answered({ id: "run-1", content: "Hello" }),
      "llm.output_messages.0.message.content": "Hello",
    },
    { "gen_ai.response.id": undefined },
    { about: "an id that LangChain made" },
  ),
  one(
    { "input.value": REQUEST, "llm.input_messages.0.message.content": "__REDACTED__" },
    { [INPUT]: [said("user", "__REDACTED__")] },
    { about: "what the user of LangChain hides" },
  ),
];
