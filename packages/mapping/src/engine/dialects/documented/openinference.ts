import { type Documented, gone, json, kept, one, renamed, said } from "./case.ts";
import { openinferenceAnthropic } from "./openinference-anthropic.ts";
import { openinferenceBedrock } from "./openinference-bedrock.ts";
import { openinferenceLangChain } from "./openinference-langchain.ts";
import { openinferenceMessages } from "./openinference-messages.ts";

const INPUT = "gen_ai.input.messages";
const OUTPUT = "gen_ai.output.messages";
const kind = (name: string) => ({ "openinference.span.kind": name });
const io = (name: string, input: unknown, output: unknown) => ({
  ...kind(name),
  "input.value": input,
  "output.value": output,
});

export const openinference: Documented = {
  dialect: "openinference",
  scope: "@arizeai/openinference-instrumentation-langchain",
  always: kind("LLM"),
  cases: [
    one(
      { "openinference.span.kind": "AGENT", "graph.node.id": "weather" },
      { "gen_ai.agent.name": "weather", "graph.node.id": "weather" },
    ),
    one({ "openinference.span.kind": "CHAIN", "graph.node.id": "tools" }, { "gen_ai.agent.name": undefined }),
    one(
      {
        "openinference.span.kind": "LLM",
        "output.value": json([{ id: "chatcmpl-1", object: "chat.completion", model: "m-1", choices: [] }]),
        "llm.output_messages.0.message.content": "Hello",
      },
      { "gen_ai.response.id": "chatcmpl-1", "gen_ai.response.model": "m-1" },
      { about: "a response in a list, as OpenAI's agents have it" },
    ),
    ...Object.entries({
      LLM: "chat",
      CHAIN: "invoke_workflow",
      TOOL: "execute_tool",
      RETRIEVER: "retrieval",
      EMBEDDING: "embeddings",
      AGENT: "invoke_agent",
      RERANKER: "rerank",
      GUARDRAIL: undefined,
      PROMPT: undefined,
      EVALUATOR: undefined,
    }).map(([name, operation]) => one(kind(name), { "gen_ai.operation.name": operation })),
    one(
      { "llm.model_name": "a", "llm.request.model_name": "b", "llm.response.model_name": "c" },
      { "gen_ai.request.model": "b", "gen_ai.response.model": "c" },
    ),
    renamed("llm.model_name", "gen_ai.request.model", "gpt-4o"),
    ...Object.entries({
      openai: "openai",
      anthropic: "anthropic",
      cohere: "cohere",
      mistralai: "mistral_ai",
      google: "gcp.gemini",
      aws: "aws.bedrock",
      azure: "azure.ai.openai",
      xai: "x_ai",
      moonshot: "moonshot_ai",
      deepseek: "deepseek",
      groq: "groq",
      perplexity: "perplexity",
      fireworks: "fireworks",
      cerebras: "cerebras",
      together: "together_ai",
      ollama: "ollama",
    }).map(([given, name]) => renamed("llm.provider", "gen_ai.provider.name", given, name)),
    one({ "llm.provider": "google", "llm.system": "vertexai" }, { "gen_ai.provider.name": "gcp.vertex_ai" }),
    one({ "llm.provider": "azure", "llm.system": "mistralai" }, { "gen_ai.provider.name": "azure.ai.inference" }),
    one({ "llm.provider": "azure", "llm.system": "openai" }, { "gen_ai.provider.name": "azure.ai.openai" }),
    renamed("llm.system", "gen_ai.provider.name", "mistralai", "mistral_ai"),
    renamed("llm.system", "gen_ai.provider.name", "vertexai", "gcp.vertex_ai"),
    renamed("llm.system", "gen_ai.provider.name", "amazon", "aws.bedrock"),
    one(
      {
        "llm.invocation_parameters": json({
          model: "m",
          temperature: 0,
          top_p: 0.5,
          top_k: 40,
          max_tokens: 10,
          frequency_penalty: 0.1,
          presence_penalty: -0.1,
          stop: "END",
          seed: 7,
          n: 2,
          stream: true,
          reasoning_effort: "low",
        }),
      },
      {
        "gen_ai.request.model": "m",
        "gen_ai.request.temperature": 0,
        "gen_ai.request.top_p": 0.5,
        "gen_ai.request.top_k": 40,
        "gen_ai.request.max_tokens": 10,
        "gen_ai.request.frequency_penalty": 0.1,
        "gen_ai.request.presence_penalty": -0.1,
        "gen_ai.request.stop_sequences": ["END"],
        "gen_ai.request.seed": 7,
        "gen_ai.request.choice.count": 2,
        "gen_ai.request.stream": true,
        "gen_ai.request.reasoning.level": "low",
      },
    ),
    one({ "llm.invocation_parameters": json({ max_completion_tokens: 9 }) }, { "gen_ai.request.max_tokens": 9 }),
    one({ "llm.invocation_parameters": json({ max_output_tokens: 8 }) }, { "gen_ai.request.max_tokens": 8 }),
    one(
      { "llm.invocation_parameters": json({ reasoning: { effort: "high" }, stop_sequences: ["a", "b"] }) },
      { "gen_ai.request.reasoning.level": "high", "gen_ai.request.stop_sequences": ["a", "b"] },
    ),
    ...[
      ["a, b", ["a, b"]],
      ["\n\nHuman:", ["\n\nHuman:"]],
      ["1", ["1"]],
    ].map(([stop, sequences]) =>
      one({ "llm.invocation_parameters": json({ stop }) }, { "gen_ai.request.stop_sequences": sequences }),
    ),
    one(
      {
        "llm.invocation_parameters": json({
          response_format: { type: "json_schema", json_schema: {} },
          functions: [{ name: "f", parameters: { type: "object" } }],
          service_tier: "auto",
        }),
      },
      {
        "gen_ai.output.type": "json",
        "gen_ai.tool.definitions": [{ type: "function", name: "f", parameters: { type: "object" } }],
        "openai.request.service_tier": undefined,
      },
    ),
    one(
      { "llm.tools.0.tool.json_schema": json({ type: "openrouter:advisor", parameters: { model: "m" } }) },
      {
        "gen_ai.tool.definitions": [
          { type: "openrouter:advisor", parameters: { model: "m" }, name: "openrouter:advisor" },
        ],
      },
      { about: "a tool of the provider's, whose parameters are no schema" },
    ),
    kept({ "llm.invocation_parameters": '{"temperature": 0.' }),
    ...openinferenceMessages,
    ...openinferenceAnthropic,
    ...openinferenceBedrock,
    ...openinferenceLangChain,
    one({ "llm.finish_reason": "tool_calls" }, { "gen_ai.response.finish_reasons": ["tool_call"] }),
    renamed("llm.token_count.prompt", "gen_ai.usage.input_tokens", 12),
    renamed("llm.token_count.completion", "gen_ai.usage.output_tokens", "34", 34),
    gone({ "llm.token_count.total": 46 }),
    renamed("llm.token_count.prompt_details.cache_read", "gen_ai.usage.cache_read.input_tokens", 5),
    renamed("llm.token_count.prompt_details.cache_write", "gen_ai.usage.cache_write.input_tokens", 6),
    renamed("llm.token_count.prompt_details.audio", "gen_ai.usage.audio.input_tokens", 7),
    renamed("llm.token_count.completion_details.audio", "gen_ai.usage.audio.output_tokens", 8),
    renamed("llm.token_count.completion_details.reasoning", "gen_ai.usage.reasoning.output_tokens", 9),
    kept({ "llm.token_count.prompt_details.cache_input": 3, "llm.cost.prompt": 0.1, "llm.cost.completion": 0.2 }),
    one({ "llm.cost.prompt": 0.25, "llm.cost.completion": 0.5 }, { "genspan.cost.usd": 0.75, "llm.cost.prompt": 0.25 }),
    one({ "llm.cost.prompt": 0.25 }, { "genspan.cost.usd": undefined }),
    one({ "llm.cost.total": 0.3 }, { "genspan.cost.usd": 0.3, "llm.cost.total": 0.3 }),
    one(
      {
        "llm.tools.0.tool.json_schema": json({
          type: "function",
          function: { name: "f", description: "d", parameters: { type: "object" } },
        }),
        "llm.tools.1.tool.json_schema": json({ name: "g", input_schema: { type: "object" } }),
      },
      {
        "gen_ai.tool.definitions": [
          { type: "function", name: "f", description: "d", parameters: { type: "object" } },
          { type: "function", name: "g", parameters: { type: "object" } },
        ],
      },
    ),
    one(
      { "llm.prompt_template.version": "v2", "llm.prompt_template.variables": '{"city":"Rom"}' },
      { "gen_ai.prompt.version": "v2", "gen_ai.prompt.variable.city": "Rom" },
    ),
    kept({
      "llm.prompt_template.template": "About {{city}}",
      "prompt.id": "p",
      "prompt.url": "https://host/p",
      "prompt.vendor": "v",
      metadata: '{"a":1}',
      "tag.tags": ["x"],
      "graph.node.id": "n",
      "graph.node.name": "N",
      "graph.node.parent_id": "m",
      "user.id": "u",
    }),
    one(io("LLM", json({ messages: [{ role: "user", content: "Hi" }] }), "Hello"), {
      [INPUT]: [said("user", "Hi")],
      [OUTPUT]: [said("assistant", "Hello")],
      "input.value": undefined,
    }),
    one(io("TOOL", '{"city":"Rom"}', "sunny"), {
      "gen_ai.tool.call.arguments": { city: "Rom" },
      "gen_ai.tool.call.result": "sunny",
    }),
    one(
      { ...io("RETRIEVER", "capital of Italy", undefined), "input.mime_type": "text/plain" },
      {
        "gen_ai.retrieval.query.text": "capital of Italy",
        "input.mime_type": undefined,
      },
    ),
    one(io("AGENT", "go", "done"), { [INPUT]: [said("user", "go")], [OUTPUT]: [said("assistant", "done")] }),
    one(io("CHAIN", "go", "done"), { [INPUT]: [said("user", "go")], [OUTPUT]: [said("assistant", "done")] }),
    one(
      { ...kind("EMBEDDING"), "embedding.model_name": "e", "embedding.embeddings.0.embedding.vector": [1, 2, 3] },
      {
        "gen_ai.request.model": "e",
        "gen_ai.embeddings.dimension.count": 3,
        "embedding.embeddings.0.embedding.vector": undefined,
      },
    ),
    kept({ "embedding.embeddings.0.embedding.text": "a" }),
    one(
      {
        ...kind("RETRIEVER"),
        "retrieval.documents.0.document.id": "d1",
        "retrieval.documents.0.document.score": 0.5,
        "retrieval.documents.0.document.content": "Rom",
        "retrieval.documents.0.document.metadata": '{"page":1}',
        "retrieval.documents.1.document.content": "Mailand",
      },
      {
        "gen_ai.retrieval.documents": [
          { id: "d1", score: 0.5, content: "Rom", metadata: { page: 1 } },
          { content: "Mailand" },
        ],
      },
    ),
    one({ ...kind("RERANKER"), "reranker.model_name": "r" }, { "gen_ai.request.model": "r" }),
    kept({ "reranker.query": "q", "reranker.top_k": 3, "reranker.input_documents.0.document.content": "a" }),
    one(
      { ...kind("TOOL"), "tool.name": "f", "tool.description": "d", "tool.id": "call_1" },
      { "gen_ai.tool.name": "f", "gen_ai.tool.description": "d", "gen_ai.tool.call.id": "call_1" },
    ),
    one({ ...kind("TOOL"), "tool.parameters": '{"city":"Rom"}' }, { "gen_ai.tool.call.arguments": { city: "Rom" } }),
    one(
      { ...kind("TOOL"), "tool.name": "f", "tool.json_schema": json({ type: "object", properties: { a: {} } }) },
      {
        "gen_ai.tool.definitions": [
          { type: "function", name: "f", parameters: { type: "object", properties: { a: {} } } },
        ],
      },
    ),
    one(
      { ...kind("TOOL"), "tool.name": "f", "tool.parameters": json({ type: "object", properties: { a: {} } }) },
      {
        "gen_ai.tool.definitions": [
          { type: "function", name: "f", parameters: { type: "object", properties: { a: {} } } },
        ],
      },
    ),
    one({ ...kind("AGENT"), "agent.name": "planner" }, { "gen_ai.agent.name": "planner" }),
    one({ "session.id": "s" }, { "gen_ai.conversation.id": "s", "session.id": "s" }),
    one(
      { "llm.token_count.prompt": 12, "gen_ai.usage.input_tokens": 13 },
      { "gen_ai.usage.input_tokens": 13 },
      { about: "a current name wins" },
    ),
  ],
};
