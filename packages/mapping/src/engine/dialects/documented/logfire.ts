import { answer, call, type Documented, json, kept, one, renamed, said } from "./case.ts";
import { logfireReal } from "./logfire-real.ts";

const INPUT = "gen_ai.input.messages";
const OUTPUT = "gen_ai.output.messages";

export const logfire: Documented = {
  dialect: "logfire",
  scope: "logfire.openai",
  always: { "logfire.msg": "Chat Completion with 'm'", "logfire.span_type": "span" },
  cases: [
    kept({
      "logfire.msg_template": "Chat Completion with {request_data[model]!r}",
      "logfire.tags": ["LLM"],
      "logfire.json_schema": "{}",
      "logfire.level_num": 9,
      "logfire.scrubbed": "[]",
      "logfire.null_args": ["a"],
      "logfire.sample_rate": 1,
      "logfire.pending_parent_id": "0000000000000000",
    }),
    ...logfireReal,
    one(
      { "logfire.span_type": "pending_span", "gen_ai.operation.name": "chat" },
      { "gen_ai.operation.name": undefined },
      { about: "a pending span, whose record is dropped" },
    ),
    one(
      {
        request_data: json({
          messages: [{ role: "user", content: "Hi" }],
          model: "m",
          temperature: 0.5,
          max_tokens: 10,
          stream: true,
          tools: [{ type: "function", function: { name: "f", parameters: { type: "object" } } }],
        }),
        response_data: json({
          message: { role: "assistant", content: "Hello" },
          usage: { prompt_tokens: 3, completion_tokens: 4 },
        }),
      },
      {
        "gen_ai.operation.name": "chat",
        "gen_ai.request.model": "m",
        "gen_ai.request.temperature": 0.5,
        "gen_ai.request.max_tokens": 10,
        "gen_ai.request.stream": true,
        [INPUT]: [said("user", "Hi")],
        [OUTPUT]: [said("assistant", "Hello")],
        "gen_ai.tool.definitions": [{ type: "function", name: "f", parameters: { type: "object" } }],
        "gen_ai.usage.input_tokens": 3,
        "gen_ai.usage.output_tokens": 4,
      },
    ),
    one(
      {
        response_data: json({
          message: { role: "assistant", content: "Hello" },
          usage: { input_tokens: 3, cache_read_input_tokens: 20, cache_creation_input_tokens: 5, output_tokens: 4 },
        }),
      },
      {
        "gen_ai.usage.input_tokens": 28,
        "gen_ai.usage.cache_read.input_tokens": 20,
        "gen_ai.usage.cache_write.input_tokens": 5,
      },
      { about: "Anthropic's usage, which leaves the cache out of the input" },
    ),
    one(
      {
        response_data: json({
          usage: {
            prompt_tokens: 30,
            prompt_tokens_details: { cached_tokens: 20 },
            completion_tokens: 9,
            completion_tokens_details: { reasoning_tokens: 5 },
          },
        }),
      },
      {
        "gen_ai.usage.input_tokens": 30,
        "gen_ai.usage.cache_read.input_tokens": 20,
        "gen_ai.usage.reasoning.output_tokens": 5,
      },
    ),
    one({ "operation.cost": 0.25 }, { "genspan.cost.usd": 0.25, "operation.cost": 0.25 }),
    one(
      { response_data: json({ combined_chunk_content: "Hello", chunk_count: 2 }) },
      { [OUTPUT]: [said("assistant", "Hello")] },
    ),
    one(
      {
        response_data: json({
          message: {
            role: "assistant",
            content: null,
            tool_calls: [{ id: "c1", function: { name: "f", arguments: "{}" } }],
          },
          usage: { input_tokens: 3, output_tokens: 4 },
        }),
      },
      { [OUTPUT]: [said("assistant", call("c1", "f", {}))], "gen_ai.usage.input_tokens": 3 },
    ),
    one(
      {
        events: json([
          { "event.name": "gen_ai.system.message", role: "system", content: "Be brief." },
          { "event.name": "gen_ai.user.message", role: "user", content: "Hi" },
          { "event.name": "gen_ai.choice", index: 0, message: { role: "assistant", content: "Hello" } },
        ]),
      },
      { [INPUT]: [said("system", "Be brief."), said("user", "Hi")], [OUTPUT]: [said("assistant", "Hello")] },
    ),
  ],
};

/** pydantic-ai in its data formats 1 to 6. */
export const pydanticAI: Documented = {
  dialect: "logfire",
  scope: "pydantic-ai",
  always: { "logfire.msg": "x" },
  cases: [
    one(
      { agent_name: "joe" },
      { "gen_ai.operation.name": "invoke_agent", "gen_ai.agent.name": "joe" },
      { name: "agent run" },
    ),
    one(
      { tool_arguments: '{"a":1}', tool_response: "42" },
      {
        "gen_ai.operation.name": "execute_tool",
        "gen_ai.tool.call.arguments": { a: 1 },
        "gen_ai.tool.call.result": "42",
      },
      { name: "running tool" },
    ),
    one(
      {},
      { "gen_ai.operation.name": "execute_tool" },
      { name: "running output function", about: "an output function" },
    ),
    renamed("model_name", "gen_ai.request.model", "gpt-4o"),
    one(
      {
        "pydantic_ai.all_messages": json([
          { role: "system", parts: [{ type: "text", content: "Be brief." }] },
          { role: "user", parts: [{ type: "text", content: "Hi" }] },
          {
            role: "assistant",
            parts: [
              { type: "thinking", content: "Hm." },
              { type: "tool_call", id: "c1", name: "f", arguments: '{"a":1}' },
            ],
          },
          { role: "user", parts: [{ type: "tool_call_response", id: "c1", name: "f", result: "42" }] },
          { role: "assistant", parts: [{ type: "text", content: "It is 42." }] },
        ]),
      },
      {
        [INPUT]: [
          said("system", "Be brief."),
          said("user", "Hi"),
          said("assistant", { type: "reasoning", content: "Hm." }, call("c1", "f", { a: 1 })),
          said("tool", answer("c1", "42")),
        ],
        [OUTPUT]: [said("assistant", "It is 42.")],
      },
    ),
    one(
      {
        all_messages_events: json([
          { role: "user", content: "Hi", "gen_ai.message.index": 0, "event.name": "gen_ai.user.message" },
          { role: "assistant", content: "Hello", "gen_ai.message.index": 1, "event.name": "gen_ai.assistant.message" },
        ]),
      },
      { [INPUT]: [said("user", "Hi")], [OUTPUT]: [said("assistant", "Hello")] },
    ),
    one(
      { final_result: "done" },
      { "gen_ai.operation.name": "invoke_agent", [OUTPUT]: [said("assistant", "done")] },
      { name: "agent run" },
    ),
    kept({ "gen_ai.aggregated_usage.input_tokens": 9, "gen_ai.aggregated_usage.details.reasoning_tokens": 2 }),
    ...Object.entries({
      "image-url": "image",
      "audio-url": "audio",
      "video-url": "video",
      "document-url": "document",
    }).map(([type, modality]) =>
      one(
        { [INPUT]: json([{ role: "user", parts: [{ type, url: "https://host/a" }] }]) },
        { [INPUT]: [said("user", { type: "uri", modality, uri: "https://host/a" })] },
        { about: `part ${type}` },
      ),
    ),
    one(
      { [INPUT]: json([{ role: "user", parts: [{ type: "binary", media_type: "audio/wav", content: "AAAA" }] }]) },
      { [INPUT]: [said("user", { type: "blob", modality: "audio", mime_type: "audio/wav", content: "AAAA" })] },
      { about: "part binary" },
    ),
    one(
      {
        model_request_parameters: json({
          function_tools: [{ name: "f", description: "d", parameters_json_schema: { type: "object" } }],
        }),
      },
      {
        "gen_ai.tool.definitions": [{ type: "function", name: "f", description: "d", parameters: { type: "object" } }],
      },
    ),
    renamed("gen_ai.usage.details.reasoning_tokens", "gen_ai.usage.reasoning.output_tokens", 3),
    renamed("gen_ai.usage.details.cache_read_tokens", "gen_ai.usage.cache_read.input_tokens", 3),
    renamed("gen_ai.usage.details.cache_write_tokens", "gen_ai.usage.cache_write.input_tokens", 3),
    renamed("gen_ai.usage.details.cache_read_input_tokens", "gen_ai.usage.cache_read.input_tokens", 3),
    renamed("gen_ai.usage.details.cache_creation_input_tokens", "gen_ai.usage.cache_write.input_tokens", 3),
    renamed("gen_ai.usage.details.thoughts_tokens", "gen_ai.usage.reasoning.output_tokens", 3),
    renamed("gen_ai.usage.details.input_audio_tokens", "gen_ai.usage.audio.input_tokens", 3),
    renamed("gen_ai.usage.details.output_audio_tokens", "gen_ai.usage.audio.output_tokens", 3),
    one(
      {
        [OUTPUT]: json([
          {
            role: "assistant",
            parts: [
              { type: "tool_call", id: "s1", name: "web_search", arguments: { query: "Rom" }, builtin: true },
              { type: "tool_call_response", id: "s1", name: "web_search", result: ["Rom"], builtin: true },
              { type: "uri", uri: "https://host/a.pdf", mime_type: "application/pdf" },
              { type: "blob", mime_type: "application/pdf", content: "AAAA" },
            ],
          },
        ]),
      },
      {
        [OUTPUT]: [
          said(
            "assistant",
            {
              type: "server_tool_call",
              id: "s1",
              name: "web_search",
              server_tool_call: { type: "web_search", input: { query: "Rom" } },
            },
            {
              type: "server_tool_call_response",
              id: "s1",
              server_tool_call_response: { type: "tool_result", content: ["Rom"] },
            },
            { type: "uri", modality: "document", uri: "https://host/a.pdf", mime_type: "application/pdf" },
            { type: "blob", modality: "document", mime_type: "application/pdf", content: "AAAA" },
          ),
        ],
      },
      { about: "tools of the provider's and documents, as pydantic-ai writes them" },
    ),
    kept({ "gen_ai.usage.details.audio_tokens": 3 }),
  ],
};
