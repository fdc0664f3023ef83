import { answer, call, type DocumentedCase, json, one, said } from "./case.ts";

const INPUT = "gen_ai.input.messages";
const OUTPUT = "gen_ai.output.messages";

/** What spans of Logfire 5.2.0 and pydantic-ai 1.0.0 hold beside what their sources say. */
export const logfireReal: readonly DocumentedCase[] = [
  one(
    {
      "gen_ai.usage.input_tokens": 20,
      "gen_ai.usage.raw": json({
        input_tokens: 20,
        input_tokens_details: { cached_tokens: 1, cache_write_tokens: 2 },
        output_tokens: 4,
        output_tokens_details: { reasoning_tokens: 3 },
      }),
    },
    {
      "gen_ai.usage.input_tokens": 20,
      "gen_ai.usage.output_tokens": 4,
      "gen_ai.usage.cache_read.input_tokens": 1,
      "gen_ai.usage.cache_write.input_tokens": 2,
      "gen_ai.usage.reasoning.output_tokens": 3,
      "gen_ai.usage.raw": undefined,
    },
  ),
  one(
    {
      "gen_ai.provider.name": "anthropic",
      response_data: json({
        message: {
          role: "assistant",
          tool_calls: [{ id: "c1", function: { name: "f", arguments: '{"input":{"a":1}}' } }],
        },
      }),
    },
    { [OUTPUT]: [said("assistant", call("c1", "f", { a: 1 }))] },
    { about: "a call of Anthropic's, whose values stand one level deeper" },
  ),
  one(
    {
      events: json([
        { "event.name": "gen_ai.user.message", role: "user", content: "Hi" },
        { "event.name": "gen_ai.tool.message", role: "tool", id: "c1", content: "42" },
        {
          "event.name": "gen_ai.unknown",
          role: "unknown",
          content: "reasoning\n\nSee JSON for details",
          data: { type: "reasoning", summary: [{ type: "summary_text", text: "Hm." }] },
        },
        { "event.name": "gen_ai.assistant.message", role: "assistant", content: "Hello" },
      ]),
    },
    {
      [INPUT]: [said("user", "Hi"), said("tool", answer("c1", "42"))],
      [OUTPUT]: [said("assistant", { type: "reasoning", content: "Hm." }, "Hello")],
    },
    { about: "a turn of the Responses API, with an item that there is no event for" },
  ),
  one(
    {
      events: json([
        { "event.name": "gen_ai.user.message", role: "user", content: "Hi" },
        { "event.name": "gen_ai.assistant.message", role: "assistant", content: "It is" },
        { "event.name": "gen_ai.choice", message: { role: "assistant", content: "fine" } },
      ]),
    },
    { [INPUT]: [said("user", "Hi"), said("assistant", "It is")], [OUTPUT]: [said("assistant", "fine")] },
    { about: "what the assistant said before stays with the input" },
  ),
  one(
    {
      events: json([
        {
          "event.name": "gen_ai.user.message",
          role: "user",
          content: ["What is it?", { kind: "binary", media_type: "image/png", binary_content: "AAAA" }],
        },
      ]),
    },
    {
      [INPUT]: [
        said("user", "What is it?", { type: "blob", modality: "image", mime_type: "image/png", content: "AAAA" }),
      ],
    },
    { scope: "pydantic-ai", about: "an image in the first format of pydantic-ai" },
  ),
  one(
    { [OUTPUT]: json([said("assistant", call("c1", "f", {})), said("assistant", call("c2", "f", {}))]) },
    { [OUTPUT]: [said("assistant", call("c1", "f", {}), call("c2", "f", {}))] },
    { about: "items of one turn" },
  ),
  one(
    {
      [INPUT]: json([said("user", { type: "uri", modality: "image", uri: "data:image/png;base64,AAAA" })]),
      "gen_ai.tool.definitions": json([{ name: "f", description: "d", input_schema: { type: "object" } }]),
    },
    {
      [INPUT]: [said("user", { type: "blob", modality: "image", mime_type: "image/png", content: "AAAA" })],
      "gen_ai.tool.definitions": [{ type: "function", name: "f", description: "d", parameters: { type: "object" } }],
    },
    { about: "bytes that pass for a URI, and tools of Anthropic's" },
  ),
  one({ "gen_ai.client.operation.time_to_first_chunk": 0.25 }, { "gen_ai.response.time_to_first_chunk": 0.25 }),
];
