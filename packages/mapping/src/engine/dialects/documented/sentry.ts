import { call, type Documented, gone, json, kept, one, renamed, said } from "./case.ts";

const INPUT = "gen_ai.input.messages";
const OUTPUT = "gen_ai.output.messages";
const op = (name: string) => ({ "sentry.op": `gen_ai.${name}`, "sentry.origin": "auto.ai.openai" });

export const sentry: Documented = {
  dialect: "sentry",
  scope: "@sentry/node",
  always: op("chat"),
  cases: [
    one(
      { "gen_ai.tool.definitions": json([{ name: "f", description: "d", input_schema: { type: "object" } }]) },
      {
        "gen_ai.tool.definitions": [{ type: "function", name: "f", description: "d", parameters: { type: "object" } }],
      },
      { about: "tools of Anthropic's under the current name, since version 11" },
    ),
    ...Object.entries({
      invoke_agent: "invoke_agent",
      execute_tool: "execute_tool",
      generate_content: "generate_content",
      embeddings: "embeddings",
      rerank: "rerank",
      chat: "chat",
      create_agent: "create_agent",
    }).map(([name, operation]) => one(op(name), { "gen_ai.operation.name": operation })),
    one({ "sentry.op": "http.client" }, { "gen_ai.operation.name": undefined }),
    one(
      { "gen_ai.request.messages": json([{ role: "user", content: "Hi" }]) },
      { [INPUT]: [said("user", "Hi")], "gen_ai.request.messages": undefined },
    ),
    one({ "gen_ai.request.messages": "Hi" }, { [INPUT]: [said("user", "Hi")] }),
    one({ "gen_ai.prompt": json([{ role: "user", content: "Hi" }]) }, { [INPUT]: [said("user", "Hi")] }),
    one(
      {
        "gen_ai.response.text": json(["Look:"]),
        "gen_ai.response.tool_calls": json([
          { id: "c1", type: "function", function: { name: "f", arguments: '{"a":1}' } },
        ]),
      },
      { [OUTPUT]: [said("assistant", "Look:", call("c1", "f", { a: 1 }))] },
    ),
    ...["4", '{"name":"Ann"}', "[1]", '"quoted"'].map((text) =>
      one(
        { "gen_ai.response.text": text },
        { [OUTPUT]: [said("assistant", text)] },
        { about: `text that is JSON: ${text}` },
      ),
    ),
    one(
      {
        "gen_ai.response.text": "It is sunny.",
        "gen_ai.response.tool_calls": json([
          { type: "file_search_call", id: "fs_1", queries: ["Rom"], results: null, status: "completed" },
          { type: "message", role: "assistant", content: [{ type: "output_text", text: "It is sunny." }] },
        ]),
        "gen_ai.response.finish_reasons": json(["in_progress", "in_progress", "completed"]),
      },
      {
        [OUTPUT]: [
          said(
            "assistant",
            {
              type: "server_tool_call",
              id: "fs_1",
              name: "file_search",
              server_tool_call: { queries: ["Rom"], type: "file_search" },
            },
            "It is sunny.",
          ),
        ],
        "gen_ai.response.finish_reasons": ["stop"],
      },
      { about: "a stream of the Responses API: all items stand with the calls, and all its statuses with the reasons" },
    ),
    one(
      {
        "gen_ai.response.tool_calls": json([{ type: "function_call", call_id: "c1", name: "f", arguments: "{}" }]),
        "gen_ai.response.finish_reasons": ["completed"],
      },
      { "gen_ai.response.finish_reasons": ["tool_call"] },
    ),
    one({ "gen_ai.response.finish_reasons": ["in_progress"] }, { "gen_ai.response.finish_reasons": undefined }),
    ...[[""], '[""]'].map((none) =>
      one({ "gen_ai.response.finish_reasons": none }, { "gen_ai.response.finish_reasons": undefined }),
    ),
    one(
      { "gen_ai.system_instructions": json([{ type: "text", content: json([{ type: "text", text: "Be brief." }]) }]) },
      { "gen_ai.system_instructions": [{ type: "text", content: "Be brief." }] },
    ),
    one({ "gen_ai.response.text": "Hello" }, { [OUTPUT]: [said("assistant", "Hello")] }),
    one(
      { "gen_ai.response.tool_calls": json([{ type: "tool_use", id: "c1", name: "f", input: { a: 1 } }]) },
      { [OUTPUT]: [said("assistant", call("c1", "f", { a: 1 }))] },
    ),
    one(
      {
        "gen_ai.request.available_tools": json([
          { type: "function", function: { name: "f", parameters: { type: "object" } } },
        ]),
      },
      { "gen_ai.tool.definitions": [{ type: "function", name: "f", parameters: { type: "object" } }] },
    ),
    one(
      { ...op("execute_tool"), "gen_ai.tool.input": '{"a":1}', "gen_ai.tool.output": '{"b":2}' },
      { "gen_ai.tool.call.arguments": { a: 1 }, "gen_ai.tool.call.result": { b: 2 } },
    ),
    renamed("gen_ai.usage.input_tokens.cached", "gen_ai.usage.cache_read.input_tokens", 4),
    renamed("gen_ai.usage.input_tokens.cache_write", "gen_ai.usage.cache_write.input_tokens", 4),
    renamed("gen_ai.usage.cache_read_input_tokens", "gen_ai.usage.cache_read.input_tokens", 4),
    renamed("gen_ai.usage.cache_creation_input_tokens", "gen_ai.usage.cache_write.input_tokens", 4),
    renamed("gen_ai.usage.output_tokens.reasoning", "gen_ai.usage.reasoning.output_tokens", 4),
    renamed("gen_ai.request.dimensions", "gen_ai.embeddings.dimension.count", 256),
    renamed("gen_ai.request.encoding_format", "gen_ai.request.encoding_formats", "float", ["float"]),
    kept({ "gen_ai.embeddings.input": "a" }),
    renamed("gen_ai.system", "gen_ai.provider.name", "google_genai", "gcp.gemini"),
    renamed("gen_ai.response.streaming", "gen_ai.request.stream", true),
    renamed("gen_ai.response.stop_reason", "gen_ai.response.finish_reasons", "end_turn", ["stop"]),
    one({ "gen_ai.response.finish_reasons": '["stop"]' }, { "gen_ai.response.finish_reasons": ["stop"] }),
    renamed("gen_ai.pipeline.name", "gen_ai.workflow.name", "p"),
    gone({ "gen_ai.usage.total_tokens": 7 }),
    kept({ "sentry.origin": "auto.ai.openai", "sentry.source": "custom", "sentry.sample_rate": 1 }),
  ],
};
