import { type Documented, gone, json, kept, one, renamed, said } from "./case.ts";
import { openllmetryMessages } from "./openllmetry-messages.ts";

const INPUT = "gen_ai.input.messages";
const OUTPUT = "gen_ai.output.messages";
const kind = (name: string) => ({ "traceloop.span.kind": name });

export const openllmetry: Documented = {
  dialect: "openllmetry",
  scope: "opentelemetry.instrumentation.openai.v1",
  always: { "traceloop.correlation.id": "c" },
  cases: [
    one(
      {
        "gen_ai.usage.input_tokens": 32,
        "gen_ai.usage.output_tokens": 41,
        "gen_ai.usage.reasoning_tokens": 47,
        "gen_ai.usage.total_tokens": 2515,
        "gen_ai.tool.definitions": json([{ urlContext: {} }, { google_search: {} }]),
      },
      {
        "gen_ai.usage.input_tokens": 2427,
        "gen_ai.usage.output_tokens": 88,
        "gen_ai.tool.definitions": [
          { type: "url_context", name: "url_context" },
          { type: "google_search", name: "google_search" },
        ],
      },
      { about: "Gemini's own tools, and what they answered", scope: "@traceloop/instrumentation-google-generativeai" },
    ),
    one(
      {
        "gen_ai.system": "TogetherAI",
        "gen_ai.completion.0.function_call.name": "f",
        "gen_ai.completion.0.function_call.arguments": '{"a":1}',
        "gen_ai.completion.0.tool_calls.0.name": "f",
        "gen_ai.completion.0.tool_calls.0.arguments": '{"a":1}',
      },
      {
        "gen_ai.provider.name": "together_ai",
        [OUTPUT]: [said("assistant", { type: "tool_call", name: "f", arguments: { a: 1 } })],
      },
      { about: "a call of Together's, which stands twice" },
    ),
    one(
      { "gen_ai.usage.output_tokens": 23, "gen_ai.usage.reasoning_tokens": 67 },
      { "gen_ai.usage.output_tokens": 90, "gen_ai.usage.reasoning.output_tokens": 67 },
      { about: "thoughts of Gemini's", scope: "@traceloop/instrumentation-google-generativeai" },
    ),
    one(
      { "gen_ai.usage.output_tokens": 23, "gen_ai.usage.reasoning_tokens": 7 },
      { "gen_ai.usage.output_tokens": 23, "gen_ai.usage.reasoning.output_tokens": 7 },
      { about: "thoughts of OpenAI's, which are in the output", scope: "@traceloop/instrumentation-openai" },
    ),
    one(
      {
        "gen_ai.tool.definitions": json([
          { functionDeclarations: [{ name: "f", parametersJsonSchema: { type: "object" } }] },
        ]),
      },
      { "gen_ai.tool.definitions": [{ type: "function", name: "f", parameters: { type: "object" } }] },
      { about: "tools of Gemini's with a JSON schema", scope: "@traceloop/instrumentation-google-generativeai" },
    ),
    one(
      {},
      { "gen_ai.operation.name": "chat" },
      { about: "a call of Bedrock's, by the span's name", name: "bedrock.completion" },
    ),
    one(
      { "gen_ai.operation.name": "workflow", "traceloop.span.kind": "workflow" },
      { "gen_ai.operation.name": "invoke_workflow" },
    ),
    one(
      { "gen_ai.operation.name": "execute_tool", "traceloop.entity.input": json({ args: [json({ a: 1 })] }) },
      { "gen_ai.tool.call.arguments": { a: 1 } },
      { about: "values of a tool of LangChain's" },
    ),
    one(
      { "gen_ai.operation.name": "execute_tool", "traceloop.entity.input": json({ args: ["a"] }) },
      { "gen_ai.tool.call.arguments": { args: ["a"] } },
    ),
    ...Object.entries({ chat: "chat", completion: "text_completion", embedding: "embeddings", rerank: "rerank" }).map(
      ([type, operation]) => one({ "llm.request.type": type }, { "gen_ai.operation.name": operation }),
    ),
    ...Object.entries({
      OpenAI: "openai",
      Anthropic: "anthropic",
      Azure: "azure.ai.openai",
      AWS: "aws.bedrock",
      Google: "gcp.gemini",
      Cohere: "cohere",
      MistralAI: "mistral_ai",
      Groq: "groq",
      VertexAI: "gcp.vertex_ai",
      Langchain: "langchain",
    }).map(([given, name]) => renamed("gen_ai.system", "gen_ai.provider.name", given, name)),
    ...openllmetryMessages,
    renamed("gen_ai.openai.system_fingerprint", "openai.response.system_fingerprint", "fp_1"),
    one(
      {
        "gen_ai.system": "Anthropic",
        "gen_ai.usage.prompt_tokens": 115,
        "gen_ai.usage.completion_tokens": 2,
        "llm.usage.total_tokens": 117,
        "gen_ai.usage.cache_read_input_tokens": 100,
        "gen_ai.usage.cache_creation_input_tokens": 5,
      },
      { "gen_ai.usage.input_tokens": 115, "gen_ai.usage.cache_read.input_tokens": 100 },
      { scope: "opentelemetry.instrumentation.anthropic", about: "Python adds the cache itself" },
    ),
    one(
      {
        "gen_ai.system": "Anthropic",
        "gen_ai.usage.prompt_tokens": 150,
        "llm.usage.total_tokens": 152,
        "gen_ai.usage.cache_read_input_tokens": 100,
      },
      { "gen_ai.usage.input_tokens": 250 },
      { scope: "@traceloop/instrumentation-anthropic", about: "JavaScript passes the provider's count on" },
    ),
    renamed("gen_ai.usage.prompt_tokens", "gen_ai.usage.input_tokens", 3),
    renamed("gen_ai.usage.completion_tokens", "gen_ai.usage.output_tokens", 4),
    gone({ "llm.usage.total_tokens": 7 }),
    gone({ "gen_ai.usage.total_tokens": 7 }),
    gone({ "llm.headers": '{"authorization":"Bearer x"}' }),
    renamed("llm.top_k", "gen_ai.request.top_k", 40),
    renamed("llm.frequency_penalty", "gen_ai.request.frequency_penalty", 0.5),
    renamed("llm.presence_penalty", "gen_ai.request.presence_penalty", -0.5),
    renamed("llm.chat.stop_sequences", "gen_ai.request.stop_sequences", ["a"]),
    renamed("llm.is_streaming", "gen_ai.request.stream", true),
    one({ "llm.is_streaming": false }, { "gen_ai.request.stream": undefined }),
    one(
      { "llm.request.type": "chat", "llm.response.finish_reason": "tool_calls" },
      { "gen_ai.response.finish_reasons": ["tool_call"] },
    ),
    one(
      { "llm.request.type": "chat", "llm.response.stop_reason": "end_turn" },
      { "gen_ai.response.finish_reasons": ["stop"] },
    ),
    one({ "llm.request.type": "chat", "llm.user": "u" }, { "user.id": "u", "llm.user": undefined }),
    one(
      { "llm.request.type": "chat", "llm.is_streaming": true },
      { "gen_ai.response.time_to_first_chunk": 0.25 },
      {
        events: [
          { name: "llm.content.completion.chunk", millis: 250 },
          { name: "llm.content.completion.chunk", millis: 300 },
        ],
      },
    ),
    renamed("gen_ai.usage.cache_creation_input_tokens", "gen_ai.usage.cache_write.input_tokens", 5),
    renamed("gen_ai.usage.cache_creation.input_tokens", "gen_ai.usage.cache_write.input_tokens", 5),
    renamed("gen_ai.usage.cache_read_input_tokens", "gen_ai.usage.cache_read.input_tokens", 5),
    renamed("gen_ai.usage.reasoning_tokens", "gen_ai.usage.reasoning.output_tokens", 5),
    renamed("gen_ai.is_streaming", "gen_ai.request.stream", true),
    renamed("gen_ai.request.reasoning_effort", "gen_ai.request.reasoning.level", "high"),
    renamed("gen_ai.request.n", "gen_ai.request.choice.count", 3),
    one({ "gen_ai.request.n": 1 }, { "gen_ai.request.choice.count": undefined }),
    renamed("gen_ai.request.max_completion_tokens", "gen_ai.request.max_tokens", 10),
    one(
      { "llm.request.type": "chat", "gen_ai.request.structured_output_schema": '{"type":"object"}' },
      { "gen_ai.output.type": "json" },
    ),
    renamed("gen_ai.user", "user.id", "u"),
    renamed("gen_ai.openai.api_base", "server.address", "https://eu.api.openai.com/v1/", "eu.api.openai.com"),
    kept({
      "gen_ai.openai.api_version": "2024",
      "gen_ai.openai.api_type": "azure",
      "gen_ai.request.thinking_type": "enabled",
      "gen_ai.request.thinking.budget_tokens": 100,
      "gen_ai.guardrail.name": "g",
      "gen_ai.task.name": "t",
      "gen_ai.workflow.nodes": "[]",
      "gen_ai.workflow.edges": "[]",
    }),
    one({ "gen_ai.operation.name": "vector_db_retrieve" }, { "gen_ai.operation.name": "retrieval" }),
    kept({ "gen_ai.operation.name": "execute_task" }),
    kept({ "gen_ai.operation.name": "llm_request" }),
    ...Object.entries({
      workflow: ["invoke_workflow", "gen_ai.workflow.name"],
      agent: ["invoke_agent", "gen_ai.agent.name"],
      tool: ["execute_tool", "gen_ai.tool.name"],
    } as const).map(([name, [operation, target]]) =>
      one({ ...kind(name), "traceloop.entity.name": "joe" }, { "gen_ai.operation.name": operation, [target]: "joe" }),
    ),
    kept({ ...kind("task"), "traceloop.entity.name": "step", "traceloop.workflow.name": "w" }),
    one({ ...kind("session") }, { "gen_ai.operation.name": undefined }),
    one({ ...kind("workflow"), "traceloop.workflow.name": "w" }, { "gen_ai.workflow.name": "w" }),
    one(
      { ...kind("tool"), "traceloop.workflow.name": "w" },
      { "gen_ai.workflow.name": undefined, "traceloop.workflow.name": "w" },
    ),
    one(
      { ...kind("tool"), "traceloop.entity.input": '{"a":1}', "traceloop.entity.output": '{"b":2}' },
      { "gen_ai.tool.call.arguments": { a: 1 }, "gen_ai.tool.call.result": { b: 2 } },
    ),
    one(
      { ...kind("agent"), "traceloop.entity.input": "go", "traceloop.entity.output": "done" },
      { [INPUT]: [said("user", "go")], [OUTPUT]: [said("assistant", "done")] },
    ),
    one(
      {
        ...kind("workflow"),
        "traceloop.entity.input": json({ messages: [{ role: "user", content: "go" }] }),
        "traceloop.entity.output": json({ output: "done" }),
      },
      { [INPUT]: [said("user", "go")], [OUTPUT]: [said("assistant", "done")] },
    ),
    kept({ "traceloop.entity.path": "a.b", "traceloop.entity.version": 2, "traceloop.correlation.id": "c" }),
    ...["session_id", "thread_id", "chat_id", "conversation_id"].map((key) =>
      renamed(`traceloop.association.properties.${key}`, "gen_ai.conversation.id", "s"),
    ),
    renamed("traceloop.association.properties.user_id", "user.id", "u"),
    kept({ "traceloop.association.properties.team": "blue" }),
    one(
      {
        "traceloop.prompt.key": "p",
        "traceloop.prompt.version": 3,
        "traceloop.prompt.template_variables": '{"city":"Rom"}',
      },
      { "gen_ai.prompt.name": "p", "gen_ai.prompt.version": "3", "gen_ai.prompt.variable.city": "Rom" },
    ),
    kept({ "traceloop.prompt.template": "About {{city}}", "traceloop.prompt.version_name": "prod" }),
    one({ ...kind("task"), "db.vector.query.top_k": 5 }, { "gen_ai.retrieval.top_k": 5 }),
    kept({ "db.vector.query.embeddings.vector": "[1]" }),
    one({ ...kind("tool"), "mcp.request.id": 7 }, { "jsonrpc.request.id": "7" }),
    one(
      { ...kind("tool"), "mcp.request.argument": '{"a":1}', "mcp.response.value": "42" },
      { "gen_ai.tool.call.arguments": { a: 1 }, "gen_ai.tool.call.result": "42" },
    ),
  ],
};
