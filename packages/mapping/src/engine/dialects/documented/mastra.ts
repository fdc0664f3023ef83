import { call, type Documented, json, kept, one, renamed, said } from "./case.ts";

const INPUT = "gen_ai.input.messages";
const OUTPUT = "gen_ai.output.messages";
const type = (name: string) => ({ "mastra.span.type": name });

export const mastra: Documented = {
  dialect: "mastra",
  scope: "@mastra/otel-exporter",
  always: type("model_generation"),
  cases: [
    ...Object.entries({
      agent_run: "invoke_agent",
      model_generation: "chat",
      model_inference: "chat",
      model_step: "agent_step",
      model_chunk: undefined,
      tool_call: "execute_tool",
      provider_tool_call: "execute_tool",
      mcp_tool_call: "execute_tool",
      rag_embedding: "embeddings",
      workflow_run: "invoke_workflow",
      workflow_step: undefined,
      workflow_conditional: undefined,
      workflow_parallel: undefined,
      workflow_loop: undefined,
      workflow_sleep: undefined,
      workflow_wait_event: undefined,
      memory_operation: undefined,
      processor_run: undefined,
      scorer_run: undefined,
      generic: undefined,
    }).map(([name, operation]) => one(type(name), { "gen_ai.operation.name": operation })),
    ...["workflow_step", "generic", "model_chunk", "processor_run", "memory_operation"].map((name) =>
      one(
        { ...type(name), "gen_ai.operation.name": name },
        { "gen_ai.operation.name": undefined },
        { about: `a ${name}, which the exporter calls an operation` },
      ),
    ),
    one(
      { "gen_ai.operation.name": "model_generation", "mastra.model_generation.input": '{"messages":[]}' },
      { "gen_ai.operation.name": "agent_step" },
      { about: "a generation that is the loop around its calls" },
    ),
    one(
      { ...type("agent_run"), "gen_ai.tool.definitions": '["weather","time"]' },
      {
        "gen_ai.tool.definitions": [
          { type: "function", name: "weather" },
          { type: "function", name: "time" },
        ],
      },
    ),
    one(
      {
        ...type("model_inference"),
        [INPUT]: json([
          { role: "assistant", parts: [{ type: "tool_call", id: "c1", name: "f", arguments: '{"a":1}' }] },
        ]),
      },
      { [INPUT]: [said("assistant", call("c1", "f", { a: 1 }))] },
    ),
    renamed("gen_ai.usage.cache_creation.5m_input_tokens", "genspan.usage.cache_write_5m.input_tokens", 3),
    renamed("gen_ai.usage.cache_creation.1h_input_tokens", "genspan.usage.cache_write_1h.input_tokens", 3),
    one(type("mcp_tool_call"), { "mcp.method.name": "tools/call" }, { about: "the method of an MCP tool call" }),
    one(
      { ...type("mcp_server_request"), "mcp.method.name": "tools/call" },
      { "gen_ai.operation.name": "execute_tool" },
    ),
    one({ ...type("mcp_server_request"), "mcp.method.name": "tools/list" }, { "gen_ai.operation.name": undefined }),
    renamed("gen_ai.system", "gen_ai.provider.name", "mistral", "mistral_ai"),
    ...[
      ["openai.responses", "openai"],
      ["anthropic.messages", "anthropic"],
      ["google.generative-ai", "gcp.gemini"],
      ["aws.bedrock", "aws.bedrock"],
      ["azure.ai.openai", "azure.ai.openai"],
      ["gcp.vertex_ai", "gcp.vertex_ai"],
      ["ibm.watsonx.ai", "ibm.watsonx.ai"],
      ["my.own", "my.own"],
    ].map(([given, name]) => one({ "gen_ai.provider.name": given }, { "gen_ai.provider.name": name })),
    one(
      {
        "gen_ai.prompt": json({ messages: [{ role: "user", content: "Hi" }] }),
        "gen_ai.completion": json({ text: "Hello" }),
      },
      { [INPUT]: [said("user", "Hi")], [OUTPUT]: [said("assistant", "Hello")] },
    ),
    one(
      { ...type("tool_call"), "gen_ai.tool.input": '{"a":1}', "gen_ai.tool.output": '{"b":2}' },
      { "gen_ai.tool.call.arguments": { a: 1 }, "gen_ai.tool.call.result": { b: 2 } },
    ),
    renamed("gen_ai.usage.cached_input_tokens", "gen_ai.usage.cache_read.input_tokens", 4),
    renamed("gen_ai.usage.reasoning_tokens", "gen_ai.usage.reasoning.output_tokens", 4),
    renamed("gen_ai.usage.audio_input_tokens", "gen_ai.usage.audio.input_tokens", 4),
    renamed("gen_ai.usage.audio_output_tokens", "gen_ai.usage.audio.output_tokens", 4),
    renamed("gen_ai.usage.cache_creation.input_tokens", "gen_ai.usage.cache_write.input_tokens", 4),
    one(
      { "gen_ai.request.stop_sequences": '["END"]', "gen_ai.response.finish_reasons": '["tool-calls"]' },
      { "gen_ai.request.stop_sequences": ["END"], "gen_ai.response.finish_reasons": ["tool_call"] },
    ),
    one(
      { "gen_ai.system_instructions": "Be brief." },
      { "gen_ai.system_instructions": [{ type: "text", content: "Be brief." }] },
    ),
    one(
      { "mastra.completion_start_time": "2026-11-20T10:15:30.260Z" },
      { "gen_ai.response.time_to_first_chunk": 0.25 },
    ),
    one(
      { ...type("agent_run"), "mastra.agent_run.input": '"go"', "mastra.agent_run.output": json({ text: "done" }) },
      { [INPUT]: [said("user", "go")], [OUTPUT]: [said("assistant", "done")] },
    ),
    one(
      {
        "gen_ai.operation.name": "model_generation",
        "mastra.model_generation.input": json({
          messages: [
            { role: "system", content: "Be brief." },
            { role: "user", content: [{ type: "text", text: "Hi", providerOptions: { mastra: { createdAt: 1 } } }] },
          ],
        }),
        "mastra.model_generation.output": json({
          text: "",
          reasoning: [{ type: "reasoning", text: "Hm." }],
          toolCalls: [{ toolCallId: "c1", toolName: "f", args: { a: 1 }, observability: { traceparent: "00-1" } }],
        }),
      },
      {
        [INPUT]: [said("system", "Be brief."), said("user", "Hi")],
        [OUTPUT]: [said("assistant", { type: "reasoning", content: "Hm." }, call("c1", "f", { a: 1 }))],
        "mastra.model_generation.input": undefined,
        "mastra.model_generation.output": undefined,
      },
      { about: "a generation around its calls, which has their messages" },
    ),
    one(
      {
        ...type("model_step"),
        "mastra.model_step.input": json([{ role: "user", content: "Hi" }]),
        "mastra.model_step.output": json({ text: "Hello", toolCalls: [] }),
        "mastra.metadata.headers": json({ "set-cookie": "secret" }),
        "mastra.metadata.body": json({ id: "chatcmpl-1", choices: [] }),
      },
      {
        [INPUT]: [said("user", "Hi")],
        [OUTPUT]: [said("assistant", "Hello")],
        "mastra.metadata.headers": undefined,
        "mastra.metadata.body": undefined,
      },
    ),
    kept({ ...type("agent_run"), "mastra.metadata.headers": "a", "mastra.metadata.body": "b" }),
    one(
      {
        ...type("agent_run"),
        "gen_ai.system_instructions": "",
        "mastra.agent_run.output": json({ text: "", files: [] }),
      },
      { "gen_ai.system_instructions": undefined, [OUTPUT]: undefined, "mastra.agent_run.output": undefined },
      { about: "an agent that was told nothing and said nothing" },
    ),
    one(
      { ...type("model_inference"), [OUTPUT]: json([said("assistant", "")]) },
      { [OUTPUT]: undefined },
      { about: "a call that said nothing but calls, which the exporter leaves out" },
    ),
    one(
      { ...type("tool_call"), "mastra.tool_call.input": '{"a":1}', "mastra.tool_call.output": "42" },
      { "gen_ai.tool.call.arguments": { a: 1 }, "gen_ai.tool.call.result": "42" },
    ),
    one(
      { ...type("workflow_run"), "mastra.workflow_run.input": '"go"', "mastra.workflow_run.output": '"done"' },
      { [INPUT]: [said("user", "go")], [OUTPUT]: [said("assistant", "done")] },
    ),
    renamed("mastra.metadata.threadId", "gen_ai.conversation.id", "t"),
    renamed("mastra.metadata.userId", "user.id", "u"),
    kept({ "mastra.metadata.team": "blue", "mastra.tags": '["a"]', "error.domain": "TOOL", "error.category": "USER" }),
    one(
      { ...type("mcp_tool_call"), "server.address": "weather-server" },
      { "server.address": undefined, "mastra.mcp.server": "weather-server" },
    ),
    kept({ "server.address": "api.openai.com" }),
  ],
};
