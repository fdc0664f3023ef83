import { answer, call, type Documented, json, kept, one, renamed, said } from "./case.ts";

const INPUT = "gen_ai.input.messages";
const OUTPUT = "gen_ai.output.messages";
const dd = (name: string) => ({ "_ml_obs.meta.span.kind": name });

export const datadog: Documented = {
  dialect: "datadog",
  scope: "dd-trace",
  always: dd("llm"),
  cases: [
    ...Object.entries({
      llm: "chat",
      agent: "invoke_agent",
      workflow: "invoke_workflow",
      tool: "execute_tool",
      embedding: "embeddings",
      retrieval: "retrieval",
      task: undefined,
    }).map(([name, operation]) => one(dd(name), { "gen_ai.operation.name": operation })),
    renamed("_ml_obs.meta.model_name", "gen_ai.request.model", "gpt-4o"),
    ...Object.entries({ llm: "chat", embedding: "embeddings", agent: "invoke_agent", task: undefined }).map(
      ([name, operation]) =>
        one(
          { "_ml_obs.meta.span.kind": undefined, "_dd.llmobs.submitted": "1", "gen_ai.operation.name": name },
          { "gen_ai.operation.name": operation },
          { scope: "dd-trace-js", about: `${name} under the current name, in OTLP` },
        ),
    ),
    one(
      {
        "_dd.llmobs.submitted": "1",
        "gen_ai.operation.name": "llm",
        "gen_ai.request.model": "gpt-4o-2024-08-06",
        "openai.request.model": "gpt-4o",
        "openai.response.model": "gpt-4o-2024-08-06",
        "openai.response.id": "chatcmpl-1",
        "openai.request.stream": 1,
      },
      {
        "gen_ai.request.model": "gpt-4o",
        "gen_ai.response.model": "gpt-4o-2024-08-06",
        "gen_ai.response.id": "chatcmpl-1",
        "gen_ai.request.stream": true,
        "openai.request.model": undefined,
      },
      { scope: "dd-trace-js", about: "the model that was asked for and the one that answered" },
    ),
    one(
      { "gen_ai.request.model": "custom", "gen_ai.provider.name": "custom" },
      { "gen_ai.request.model": undefined, "gen_ai.provider.name": undefined },
      { about: "a model that the tracer does not know" },
    ),
    renamed("gen_ai.provider.name", "gen_ai.provider.name", "amazon_bedrock", "aws.bedrock"),
    renamed("gen_ai.usage.cache_write_input_tokens", "gen_ai.usage.cache_write.input_tokens", 3),
    renamed("gen_ai.usage.reasoning_output_tokens", "gen_ai.usage.reasoning.output_tokens", 3),
    renamed("_ml_obs.meta.model_provider", "gen_ai.provider.name", "bedrock", "aws.bedrock"),
    one(
      { "_ml_obs.meta.metadata": json({ temperature: 0.5, max_tokens: 10 }) },
      {
        "gen_ai.request.temperature": 0.5,
        "gen_ai.request.max_tokens": 10,
      },
    ),
    one(
      {
        "_ml_obs.metrics": json({
          input_tokens: 10,
          output_tokens: 5,
          total_tokens: 15,
          cache_read_input_tokens: 3,
          cache_write_input_tokens: 2,
          reasoning_output_tokens: 1,
        }),
      },
      {
        "gen_ai.usage.input_tokens": 10,
        "gen_ai.usage.output_tokens": 5,
        "gen_ai.usage.cache_read.input_tokens": 3,
        "gen_ai.usage.cache_write.input_tokens": 2,
        "gen_ai.usage.reasoning.output_tokens": 1,
      },
    ),
    one(
      { "_ml_obs.metrics": json({ ephemeral_5m_input_tokens: 2, ephemeral_1h_input_tokens: 3 }) },
      { "genspan.usage.cache_write_5m.input_tokens": 2, "genspan.usage.cache_write_1h.input_tokens": 3 },
    ),
    one({ "_ml_obs.meta.model_provider": "unknown" }, { "gen_ai.provider.name": undefined }),
    one({ ...dd("tool"), "_ml_obs.name": "weather" }, { "gen_ai.tool.name": "weather" }),
    one({ ...dd("agent"), "_ml_obs.name": "planner" }, { "gen_ai.agent.name": "planner" }),
    one({ ...dd("workflow"), "_ml_obs.name": "flow" }, { "gen_ai.workflow.name": "flow", "_ml_obs.name": "flow" }),
    one(
      {
        "_ml_obs.meta.input.prompt": json({ id: "greeting", version: "2", variables: { city: "Rom" }, template: "t" }),
      },
      {
        "gen_ai.prompt.name": "greeting",
        "gen_ai.prompt.version": "2",
        "gen_ai.prompt.variable.city": "Rom",
      },
    ),
    one({ "_ml_obs.meta.input.prompt": json({ id: "shop_unnamed-prompt" }) }, { "gen_ai.prompt.name": undefined }),
    one({ "_ml_obs.tags": json({ "usr.id": "u", env: "prod" }) }, { "user.id": "u" }),
    one(
      { "_ml_obs.meta.tool_definitions": json([{ name: "f", description: "d", schema: { type: "object" } }]) },
      {
        "gen_ai.tool.definitions": [{ type: "function", name: "f", description: "d", parameters: { type: "object" } }],
      },
    ),
    one(
      { "_ml_obs.meta.output.messages": json([{ content: "Hello", role: "" }]) },
      { [OUTPUT]: [said("assistant", "Hello")] },
    ),
    renamed("_ml_obs.session_id", "gen_ai.conversation.id", "s"),
    one(
      {
        "_ml_obs.meta.input.messages": json([{ role: "user", content: "Hi" }]),
        "_ml_obs.meta.output.messages": json([{ content: "Hello" }]),
      },
      { [INPUT]: [said("user", "Hi")], [OUTPUT]: [said("assistant", "Hello")] },
    ),
    one(
      {
        "_ml_obs.meta.output.messages": json([
          {
            role: "assistant",
            content: "",
            tool_calls: [{ name: "f", arguments: { a: 1 }, tool_id: "c1", type: "function" }],
          },
        ]),
      },
      { [OUTPUT]: [said("assistant", call("c1", "f", { a: 1 }))] },
    ),
    one(
      {
        "_ml_obs.meta.input.messages": json([
          {
            role: "tool",
            content: "",
            tool_results: [{ name: "f", result: "42", tool_id: "c1", type: "tool_result" }],
          },
        ]),
      },
      { [INPUT]: [said("tool", answer("c1", "42"))] },
    ),
    one(
      {
        ...dd("retrieval"),
        "_ml_obs.meta.input.value": "Rom",
        "_ml_obs.meta.output.documents": json([{ text: "Rom", id: "d", score: 0.5 }]),
      },
      { "gen_ai.retrieval.query.text": "Rom", "gen_ai.retrieval.documents": [{ id: "d", score: 0.5, content: "Rom" }] },
    ),
    one(
      { ...dd("tool"), "_ml_obs.meta.input.value": '{"a":1}', "_ml_obs.meta.output.value": "42" },
      { "gen_ai.tool.call.arguments": { a: 1 }, "gen_ai.tool.call.result": "42" },
    ),
    one(
      { ...dd("agent"), "_ml_obs.meta.input.value": "go", "_ml_obs.meta.output.value": "done" },
      { [INPUT]: [said("user", "go")], [OUTPUT]: [said("assistant", "done")] },
    ),
    kept({ "_ml_obs.meta.ml_app": "shop", "_ml_obs.trace_id": "1" }),
  ],
};
