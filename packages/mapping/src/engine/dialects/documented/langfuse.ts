import { call, type Documented, json, kept, one, renamed, said } from "./case.ts";

const INPUT = "gen_ai.input.messages";
const OUTPUT = "gen_ai.output.messages";
const type = (name: string) => ({ "langfuse.observation.type": name });
const TOOL_MESSAGE = json({
  lc: 1,
  type: "constructor",
  id: ["langchain_core", "messages", "ToolMessage"],
  kwargs: { content: "42", tool_call_id: "c1", name: "f" },
});
const usage = (details: object) => ({ "langfuse.observation.usage_details": json(details) });

export const langfuse: Documented = {
  dialect: "langfuse",
  scope: "langfuse-sdk",
  always: type("generation"),
  cases: [
    ...Object.entries({ agent: "gen_ai.agent.name", tool: "gen_ai.tool.name", chain: "gen_ai.workflow.name" }).map(
      ([kind, named]) => one(type(kind), { [named]: "weather" }, { about: `the name of a ${kind}`, name: "weather" }),
    ),
    one(
      { "langfuse.observation.input": json([{ content: "42", additional_kwargs: {}, role: "get_weather" }]) },
      { [INPUT]: [said("tool", { type: "tool_call_response", response: "42" })] },
      { about: "an answer of a tool of LangChain's, whose role is the tool's name" },
    ),
    one(
      { ...type("tool"), "langfuse.observation.output": TOOL_MESSAGE },
      { "gen_ai.tool.call.result": "42", "gen_ai.tool.call.id": "c1", "gen_ai.tool.name": "f" },
      { about: "a tool of LangChain's, which answers a message" },
    ),
    one(
      {
        "langfuse.observation.metadata.ls_model_name": "gpt-4o",
        "langfuse.observation.model.name": "gpt-4o-2024-08-06",
      },
      {
        "gen_ai.request.model": "gpt-4o",
        "gen_ai.response.model": "gpt-4o-2024-08-06",
        "langfuse.observation.metadata.ls_model_name": "gpt-4o",
      },
      { about: "the models of LangChain's handler" },
    ),
    ...Object.entries({
      generation: "chat",
      embedding: "embeddings",
      agent: "invoke_agent",
      tool: "execute_tool",
      chain: "invoke_workflow",
      retriever: "retrieval",
      evaluator: undefined,
      guardrail: undefined,
      span: undefined,
      event: undefined,
    }).map(([name, operation]) => one(type(name), { "gen_ai.operation.name": operation })),
    renamed("langfuse.observation.model.name", "gen_ai.request.model", "gpt-4o"),
    one(
      { "langfuse.observation.model.parameters": json({ temperature: 0.5, max_tokens: "10", top_p: 1 }) },
      { "gen_ai.request.temperature": 0.5, "gen_ai.request.max_tokens": 10, "gen_ai.request.top_p": 1 },
    ),
    one(
      {
        "langfuse.observation.input": json([{ role: "user", content: "Hi" }]),
        "langfuse.observation.output": json({ role: "assistant", content: "Hello" }),
      },
      { [INPUT]: [said("user", "Hi")], [OUTPUT]: [said("assistant", "Hello")] },
    ),
    one(
      { "langfuse.observation.input": "Hi", "langfuse.observation.output": "Hello" },
      { [INPUT]: [said("user", "Hi")], [OUTPUT]: [said("assistant", "Hello")] },
    ),
    one(
      {
        "langfuse.observation.output": json({
          role: "assistant",
          content: null,
          tool_calls: [{ id: "c1", type: "function", function: { name: "f", arguments: '{"a":1}' } }],
        }),
      },
      { [OUTPUT]: [said("assistant", call("c1", "f", { a: 1 }))] },
    ),
    one(
      { ...type("tool"), "langfuse.observation.input": '{"a":1}', "langfuse.observation.output": '{"b":2}' },
      { "gen_ai.tool.call.arguments": { a: 1 }, "gen_ai.tool.call.result": { b: 2 } },
    ),
    one(
      {
        ...type("retriever"),
        "langfuse.observation.input": "Rom",
        "langfuse.observation.output": json([{ id: "d", content: "Rom", score: 0.5 }]),
      },
      {
        "gen_ai.retrieval.query.text": "Rom",
        "gen_ai.retrieval.documents": [{ id: "d", score: 0.5, content: "Rom" }],
      },
    ),
    one(
      { ...type("agent"), "langfuse.observation.input": '"go"', "langfuse.observation.output": '"done"' },
      { [INPUT]: [said("user", "go")], [OUTPUT]: [said("assistant", "done")] },
    ),
    one(usage({ input: 10, output: 5 }), { "gen_ai.usage.input_tokens": 10, "gen_ai.usage.output_tokens": 5 }),
    one(usage({ input: 10, output: 5, input_cached_tokens: 4, output_reasoning_tokens: 3, total: 22 }), {
      "gen_ai.usage.input_tokens": 14,
      "gen_ai.usage.output_tokens": 8,
      "gen_ai.usage.cache_read.input_tokens": 4,
      "gen_ai.usage.reasoning.output_tokens": 3,
    }),
    one(usage({ input: 10, output: 5, input_cached_tokens: 4, total: 15 }), {
      "gen_ai.usage.input_tokens": 10,
      "gen_ai.usage.cache_read.input_tokens": 4,
    }),
    one(usage({ input: 10, output: 5, cache_read_input_tokens: 4, cache_creation_input_tokens: 2 }), {
      "gen_ai.usage.input_tokens": 16,
      "gen_ai.usage.cache_read.input_tokens": 4,
      "gen_ai.usage.cache_write.input_tokens": 2,
    }),
    one(usage({ input: 3, output: 0, output_reasoning_tokens: 3 }), { "gen_ai.usage.output_tokens": 3 }),
    // The names that its handler for LangChain has.
    one(usage({ input: 1, output: 2, input_cache_read: 4, input_cache_creation: 3, output_reasoning: 5, total: 15 }), {
      "gen_ai.usage.input_tokens": 8,
      "gen_ai.usage.output_tokens": 7,
      "gen_ai.usage.cache_read.input_tokens": 4,
      "gen_ai.usage.cache_write.input_tokens": 3,
      "gen_ai.usage.reasoning.output_tokens": 5,
    }),
    one(
      usage({ input: 0, output: 100, total: 2268, input_cache_write_tokens: 2161, input_cached_tokens: 2161 }),
      {
        "gen_ai.usage.input_tokens": 2168,
        "gen_ai.usage.output_tokens": 100,
        "gen_ai.usage.cache_write.input_tokens": 2161,
      },
      { about: "tokens that were written to a cache and read again: the total tells how many there were" },
    ),
    one(
      usage({
        input: 0,
        output: 0,
        total: 560,
        input_text_tokens: 307,
        input_cached_tokens: 306,
        output_reasoning_tokens: 227,
      }),
      { "gen_ai.usage.input_tokens": 307, "gen_ai.usage.output_tokens": 253 },
      { about: "text of which a part was cached: kinds of the input are counted, not what became of them" },
    ),
    one(usage({ input: 0, output: 7, total: 12, input_cached_tokens: 5 }), { "gen_ai.usage.input_tokens": 5 }),
    kept({ "langfuse.observation.usage_details": '{"input": 1' }),
    one(
      { "langfuse.observation.cost_details": json({ input: 0.1, output: 0.2, total: 0.3 }) },
      { "genspan.cost.usd": 0.3, "langfuse.observation.cost_details": { input: 0.1, output: 0.2, total: 0.3 } },
    ),
    one({ "langfuse.observation.cost_details": json({ input: 0.5, output: 0.25 }) }, { "genspan.cost.usd": 0.75 }),
    one(
      { "langfuse.observation.cost_details": json({ input: 0, output: 0, total: 0 }) },
      { "genspan.cost.usd": undefined },
    ),
    one(
      { "langfuse.observation.metadata.ls_provider": "google_vertexai" },
      { "gen_ai.provider.name": "gcp.vertex_ai" },
    ),
    one(
      {
        "langfuse.observation.input": json({
          messages: [{ role: "user", content: "Hi" }],
          functions: [{ name: "f", parameters: { type: "object" } }],
        }),
        "langfuse.observation.metadata.response_format": json({ type: "json_schema", json_schema: {} }),
      },
      {
        "gen_ai.tool.definitions": [{ type: "function", name: "f", parameters: { type: "object" } }],
        "gen_ai.output.type": "json",
      },
      { name: "OpenAI.chat" },
    ),
    one(
      {
        "langfuse.observation.metadata.instructions": "Be brief.",
        "langfuse.observation.metadata.previous_response_id": "resp_1",
        "langfuse.observation.metadata.status": "incomplete",
        "langfuse.observation.metadata.incomplete_details": json({ reason: "max_output_tokens" }),
        "langfuse.observation.output": "Hel",
      },
      {
        "gen_ai.system_instructions": [{ type: "text", content: "Be brief." }],
        "gen_ai.request.previous_response.id": "resp_1",
        "gen_ai.response.finish_reasons": ["length"],
        "langfuse.observation.metadata.status": "incomplete",
      },
      { name: "OpenAI.responses" },
    ),
    one(
      {
        "langfuse.observation.metadata.status": "completed",
        "langfuse.observation.output": json([
          { type: "reasoning", summary: [], content: [{ type: "reasoning_text", text: "Hm." }] },
          { type: "web_search_call", id: "ws_1", status: "completed", action: { type: "search", query: "Rom" } },
          { type: "mcp_call", id: "m_1", name: "find", arguments: '{"a":1}', output: "42", error: null },
          { type: "function_call", call_id: "c1", name: "f", arguments: "{}" },
        ]),
      },
      {
        "gen_ai.response.finish_reasons": ["tool_call"],
        [OUTPUT]: [
          said(
            "assistant",
            { type: "reasoning", content: "Hm." },
            {
              type: "server_tool_call",
              id: "ws_1",
              name: "web_search",
              server_tool_call: { action: { type: "search", query: "Rom" }, type: "web_search" },
            },
            {
              type: "server_tool_call",
              id: "m_1",
              name: "find",
              server_tool_call: { arguments: { a: 1 }, type: "mcp" },
            },
            { type: "server_tool_call_response", id: "m_1", server_tool_call_response: { output: "42", type: "mcp" } },
            call("c1", "f", {}),
          ),
        ],
      },
      { name: "OpenAI.responses" },
    ),
    one(
      {
        "langfuse.observation.metadata.status": "completed",
        "langfuse.observation.metadata.tools": json([{ type: "mcp", server_label: "wiki", headers: { a: "secret" } }]),
        "langfuse.observation.output": "Hello",
      },
      {
        "gen_ai.response.finish_reasons": undefined,
        "gen_ai.tool.definitions": [{ type: "mcp", server_label: "wiki", name: "wiki" }],
      },
      { name: "OpenAI.responses", about: "of an answer with tools only the text is known, and no reason" },
    ),
    one(
      { "langfuse.observation.metadata.status": "completed", "langfuse.observation.output": "Hello" },
      { "gen_ai.response.finish_reasons": undefined },
      { about: "a status that the application noted is no reason" },
    ),
    one(
      { "langfuse.observation.completion_start_time": '"2026-11-20T10:15:30.260Z"' },
      { "gen_ai.response.time_to_first_chunk": 0.25, "gen_ai.request.stream": true },
    ),
    one(
      { "langfuse.observation.completion_start_time": "2026-11-20T10:15:29.000Z" },
      { "gen_ai.response.time_to_first_chunk": undefined },
      { about: "a first chunk before the start is none" },
    ),
    renamed("langfuse.observation.prompt.name", "gen_ai.prompt.name", "p"),
    renamed("langfuse.observation.prompt.version", "gen_ai.prompt.version", 3, "3"),
    one(
      { "langfuse.observation.level": "ERROR", "langfuse.observation.status_message": "429 too many" },
      { "error.type": "_OTHER", "langfuse.observation.status_message": "429 too many" },
    ),
    one({ "langfuse.observation.level": "WARNING" }, { "error.type": undefined }),
    one({ "session.id": "s" }, { "gen_ai.conversation.id": "s" }),
    renamed("langfuse.session.id", "gen_ai.conversation.id", "s"),
    renamed("langfuse.user.id", "user.id", "u"),
    kept({ "user.id": "u" }),
    kept({
      "langfuse.trace.name": "n",
      "langfuse.trace.tags": ["a"],
      "langfuse.trace.public": true,
      "langfuse.trace.metadata.team": "blue",
      "langfuse.trace.input": "i",
      "langfuse.trace.output": "o",
      "langfuse.version": "1",
      "langfuse.internal.as_root": true,
      "langfuse.experiment.id": "x",
    }),
    renamed("langfuse.environment", "deployment.environment.name", "prod"),
    renamed("langfuse.release", "service.version", "1.2.3"),
    one({ "gen_ai.request.model": "a", "langfuse.observation.model.name": "b" }, { "gen_ai.request.model": "a" }),
  ],
};
