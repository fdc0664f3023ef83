import { answer, call, type DocumentedCase, json, one, said } from "./case.ts";

const INPUT = "gen_ai.input.messages";
const always = { "openinference.span.kind": "LLM", "llm.provider": "aws" };
const REQUEST = json({
  modelId: "us.anthropic.claude-sonnet-4-5-20250929-v1:0",
  system: [{ text: "Be brief." }],
  messages: [
    { role: "assistant", content: [{ toolUse: { toolUseId: "c1", name: "f", input: { a: 1 } } }] },
    { role: "user", content: [{ toolResult: { toolUseId: "c1", content: [{ text: "42" }] } }] },
  ],
});
const usage = (counts: object): string => json({ usage: counts });

/** What the instrumentation of Bedrock writes (0.5.1). */
export const openinferenceBedrock: readonly DocumentedCase[] = [
  one(
    {
      ...always,
      "llm.model_name": "anthropic",
      "input.value": REQUEST,
      "llm.input_messages.0.message.role": "user",
      "llm.input_messages.0.message.tool_call_id": "c1",
    },
    {
      "gen_ai.request.model": "us.anthropic.claude-sonnet-4-5-20250929-v1:0",
      [INPUT]: [
        said("system", "Be brief."),
        said("assistant", call("c1", "f", { a: 1 })),
        said("tool", answer("c1", "42")),
      ],
    },
    { about: "the whole name of a model of Bedrock's, and results of tools" },
  ),
  one(
    { ...always, "input.value": REQUEST, "llm.input_messages.0.message.content": "__REDACTED__" },
    { [INPUT]: [said("user", "__REDACTED__")] },
    { about: "what the user of Bedrock hides" },
  ),
  one(
    {
      ...always,
      "llm.token_count.prompt": 2,
      "output.value": usage({ inputTokens: 2, cacheReadInputTokens: 30, cacheWriteInputTokens: 4 }),
    },
    {
      "gen_ai.usage.input_tokens": 36,
      "gen_ai.usage.cache_read.input_tokens": 30,
      "gen_ai.usage.cache_write.input_tokens": 4,
    },
    { about: "a cache of Converse" },
  ),
  one(
    {
      ...always,
      "llm.token_count.prompt": 2,
      "llm.token_count.prompt_details.cache_read": 30,
      "output.value": usage({ input_tokens: 2, cache_read_input_tokens: 30 }),
    },
    { "gen_ai.usage.input_tokens": 32, "gen_ai.usage.cache_read.input_tokens": 30 },
    { about: "a cache of Anthropic's at Bedrock" },
  ),
];
