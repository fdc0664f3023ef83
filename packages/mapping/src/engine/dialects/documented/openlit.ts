import { type Documented, gone, json, kept, one, renamed, said } from "./case.ts";

const INPUT = "gen_ai.input.messages";
const OUTPUT = "gen_ai.output.messages";

export const openlit: Documented = {
  dialect: "openlit",
  scope: "openlit",
  always: { "gen_ai.operation.name": "chat", "gen_ai.sdk.version": "1.15.0" },
  cases: [
    ...Object.entries({
      vertex_ai: "gcp.vertex_ai",
      mistral: "mistral_ai",
      xai: "x_ai",
      azure_openai: "azure.ai.openai",
      azure_ai_inference: "azure.ai.inference",
      huggingface: "huggingface",
      ollama: "ollama",
      together: "together_ai",
      openai: "openai",
    }).flatMap(([given, name]) => [
      renamed("gen_ai.system", "gen_ai.provider.name", given, name),
      one({ "gen_ai.provider.name": given }, { "gen_ai.provider.name": name }),
    ]),
    one({ "gen_ai.operation.name": "mcp_tool_call" }, { "gen_ai.operation.name": "execute_tool" }),
    one({ "gen_ai.operation.name": "vectordb" }, { "gen_ai.operation.name": "retrieval" }),
    ...["image", "audio", "fine_tuning", "execute_task", "memory"].map((name) =>
      kept({ "gen_ai.operation.name": name }),
    ),
    renamed("gen_ai.request.is_stream", "gen_ai.request.stream", true),
    one({ "gen_ai.request.is_stream": false }, { "gen_ai.request.stream": undefined }),
    renamed("gen_ai.request.user", "user.id", "u"),
    renamed("gen_ai.user.id", "user.id", "u"),
    gone({ "mcp.auth.authorization_code": "c0de", "mcp.auth.state": "s" }),
    renamed("gen_ai.request.reasoning_effort", "gen_ai.request.reasoning.level", "low"),
    renamed("gen_ai.request.embedding_dimension", "gen_ai.embeddings.dimension.count", 256),
    kept({ "gen_ai.request.tool_choice": "auto" }),
    renamed("gen_ai.usage.reasoning_tokens", "gen_ai.usage.reasoning.output_tokens", 4),
    renamed("gen_ai.usage.completion_tokens_details.reasoning", "gen_ai.usage.reasoning.output_tokens", 4),
    renamed("gen_ai.usage.completion_tokens_details.audio", "gen_ai.usage.audio.output_tokens", 4),
    renamed("gen_ai.usage.prompt_tokens_details.cache_read", "gen_ai.usage.cache_read.input_tokens", 4),
    renamed("gen_ai.usage.prompt_tokens_details.cache_write", "gen_ai.usage.cache_write.input_tokens", 4),
    kept({ "gen_ai.usage.cache_read.input_tokens": 4 }),
    renamed("gen_ai.usage.cache_creation.input_tokens", "gen_ai.usage.cache_write.input_tokens", 4),
    gone({ "gen_ai.usage.total_tokens": 7 }),
    one({ "gen_ai.usage.cost": 0.25 }, { "gen_ai.usage.cost": 0.25, "genspan.cost.usd": 0.25 }),
    renamed("gen_ai.response.system_fingerprint", "openai.response.system_fingerprint", "fp"),
    one(
      {},
      { [INPUT]: [said("user", "Hi")], [OUTPUT]: [said("assistant", "Hello")] },
      {
        about: "events of older releases",
        events: [
          { name: "gen_ai.content.prompt", attributes: { "gen_ai.prompt": "Hi" } },
          { name: "gen_ai.content.completion", attributes: { "gen_ai.completion": "Hello" } },
        ],
      },
    ),
    one(
      {},
      { [INPUT]: [said("user", "Hi")], "gen_ai.response.model": "m" },
      {
        about: "the event of the details",
        events: [
          {
            name: "gen_ai.client.inference.operation.details",
            attributes: {
              [INPUT]: json([{ role: "user", parts: [{ type: "text", content: "Hi" }] }]),
              "gen_ai.response.model": "m",
            },
          },
        ],
      },
    ),
    one(
      { [INPUT]: "Hi", [OUTPUT]: "Hello" },
      { [INPUT]: [said("user", "Hi")], [OUTPUT]: [said("assistant", "Hello")] },
    ),
    renamed("gen_ai.tool.call.type", "gen_ai.tool.type", "function"),
    renamed("gen_ai.tool.args", "gen_ai.tool.call.arguments", { a: 1 }),
    renamed("gen_ai.tool.input", "gen_ai.tool.call.arguments", { a: 1 }),
    renamed("gen_ai.tool.output", "gen_ai.tool.call.result", "42"),
    one(
      { "gen_ai.tools.message": json([{ type: "function", function: { name: "f", parameters: { type: "object" } } }]) },
      { "gen_ai.tool.definitions": [{ type: "function", name: "f", parameters: { type: "object" } }] },
    ),
    renamed("gen_ai.retrieval.query", "gen_ai.retrieval.query.text", "q"),
    one(
      { "gen_ai.operation.name": "invoke_workflow", "gen_ai.workflow.input": "go", "gen_ai.workflow.output": '"done"' },
      { [INPUT]: [said("user", "go")], [OUTPUT]: [said("assistant", "done")] },
    ),
    renamed("mcp.method", "mcp.method.name", "tools/call"),
    renamed("mcp.prompt.name", "gen_ai.prompt.name", "greeting"),
    renamed("mcp.tool.name", "gen_ai.tool.name", "f"),
    renamed("mcp.tool.arguments", "gen_ai.tool.call.arguments", { a: 1 }),
    renamed("mcp.tool.result", "gen_ai.tool.call.result", { b: 2 }),
    renamed("mcp.message_id", "jsonrpc.request.id", 7, "7"),
    renamed("mcp.jsonrpc_version", "jsonrpc.protocol.version", "2.0"),
    one({ "mcp.error.code": -32_602 }, { "rpc.response.status_code": "-32602", "error.type": "-32602" }),
    one(
      { "gen_ai.operation.name": undefined, "mcp.method": "tools/call", "mcp.tool.name": "f" },
      { "gen_ai.operation.name": "execute_tool", "mcp.method.name": "tools/call" },
    ),
  ],
};
