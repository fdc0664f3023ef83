import { answer, call, type Documented, gone, json, kept, one, renamed, said } from "./case.ts";

const INPUT = "gen_ai.input.messages";
const OUTPUT = "gen_ai.output.messages";
const kind = (name: string) => ({ "langsmith.span.kind": name });
const lc = (name: string, kwargs: object) => ({
  lc: 1,
  type: "constructor",
  id: ["langchain_core", "messages", name],
  kwargs,
});

export const langsmith: Documented = {
  dialect: "langsmith",
  scope: "langsmith",
  always: kind("llm"),
  cases: [
    ...Object.entries({
      llm: "chat",
      tool: "execute_tool",
      retriever: "retrieval",
      embedding: "embeddings",
      chain: "invoke_workflow",
      prompt: undefined,
      parser: undefined,
    }).map(([name, operation]) => one(kind(name), { "gen_ai.operation.name": operation })),
    // What the bridge itself writes beside the kind.
    ...Object.entries({
      llm: ["chat", "chat"],
      tool: ["execute_tool", "execute_tool"],
      retriever: ["embeddings", "retrieval"],
      embedding: ["embeddings", "embeddings"],
      chain: ["chain", "invoke_workflow"],
      prompt: ["chat", undefined],
      parser: ["parser", undefined],
    }).map(([name, [written, operation]]) =>
      one(
        { ...kind(name), "gen_ai.operation.name": written },
        { "gen_ai.operation.name": operation },
        { about: `a ${name}, which the bridge calls ${written}` },
      ),
    ),
    renamed("gen_ai.system", "gen_ai.provider.name", "vertexai", "gcp.vertex_ai"),
    one({ "gen_ai.system": "langchain" }, { "gen_ai.provider.name": undefined, "gen_ai.system": undefined }),
    one(
      { "gen_ai.system": "deepseek", "langsmith.metadata.ls_provider": "openai" },
      { "gen_ai.provider.name": "openai" },
    ),
    one({ "langsmith.metadata.ls_stop": '["a, b","\\n"]' }, { "gen_ai.request.stop_sequences": ["a, b", "\n"] }),
    one(
      { "langsmith.metadata.ls_invocation_params": '{"n":2,"seed":7}' },
      { "gen_ai.request.choice.count": 2, "gen_ai.request.seed": 7 },
    ),
    one(
      { "gen_ai.tool.definitions": json([{ name: "f", description: "d", input_schema: { type: "object" } }]) },
      {
        "gen_ai.tool.definitions": [{ type: "function", name: "f", description: "d", parameters: { type: "object" } }],
      },
      { about: "the tools of Anthropic's client" },
    ),
    one(
      {
        "gen_ai.usage.input_token_details": json({
          cache_read: 3,
          ephemeral_5m_input_tokens: 2,
          ephemeral_1hr_input_tokens: 4,
        }),
      },
      {
        "gen_ai.usage.cache_read.input_tokens": 3,
        "gen_ai.usage.cache_write.input_tokens": 6,
        "genspan.usage.cache_write_5m.input_tokens": 2,
        "genspan.usage.cache_write_1h.input_tokens": 4,
      },
    ),
    one(
      {
        "gen_ai.usage.input_token_details": json({ flex_cache_read: 3 }),
        "gen_ai.usage.output_token_details": json({ priority_reasoning: 5 }),
      },
      { "gen_ai.usage.cache_read.input_tokens": 3, "gen_ai.usage.reasoning.output_tokens": 5 },
    ),
    one(
      { "gen_ai.prompt": json({ messages: [{ role: "user", content: "Hi" }], model: "m" }) },
      { [INPUT]: [said("user", "Hi")], "gen_ai.prompt": undefined },
    ),
    one(
      {
        "gen_ai.prompt": json({
          messages: [[lc("SystemMessage", { content: "Be brief." }), lc("HumanMessage", { content: "Hi" })]],
        }),
      },
      { [INPUT]: [said("system", "Be brief."), said("user", "Hi")] },
    ),
    one(
      {
        "gen_ai.prompt": json({
          messages: [
            { type: "human", data: { content: "Hi" } },
            { type: "AIMessageChunk", content: "", tool_calls: [{ id: "c1", name: "f", args: {}, type: "tool_call" }] },
            { type: "tool", content: "42", tool_call_id: "c1" },
          ],
        }),
      },
      { [INPUT]: [said("user", "Hi"), said("assistant", call("c1", "f", {})), said("tool", answer("c1", "42"))] },
      { about: "LangChain's messages as dictionaries" },
    ),
    one({ "gen_ai.prompt": json({ input: "Hi" }) }, { [INPUT]: [said("user", "Hi")] }),
    one(
      { "gen_ai.completion": json({ choices: [{ message: { role: "assistant", content: "Hello" } }] }) },
      { [OUTPUT]: [said("assistant", "Hello")] },
    ),
    one(
      {
        "gen_ai.completion": json({
          generations: [
            [
              {
                text: "",
                message: lc("AIMessage", { content: "", tool_calls: [{ id: "c1", name: "f", args: { a: 1 } }] }),
              },
            ],
          ],
        }),
      },
      { [OUTPUT]: [said("assistant", call("c1", "f", { a: 1 }))] },
    ),
    ...Object.entries({
      "Anthropic's client": {
        role: "assistant",
        content: [{ type: "text", text: "Hello" }],
        stop_reason: "max_tokens",
      },
      "Gemini's client": {
        candidates: [{ content: { role: "model", parts: [{ text: "Hello" }] }, finishReason: "MAX_TOKENS" }],
      },
      LangChain: {
        generations: [
          [
            {
              text: "Hello",
              message: lc("AIMessage", { content: "Hello", response_metadata: { finish_reason: "length" } }),
            },
          ],
        ],
      },
    }).map(([about, body]) =>
      one(
        { "gen_ai.completion": json(body) },
        { [OUTPUT]: [said("assistant", "Hello")], "gen_ai.response.finish_reasons": ["length"] },
        { about: `the response of ${about}` },
      ),
    ),
    one(
      {
        "gen_ai.prompt": json({
          systemInstruction: { parts: [{ text: "Be brief." }] },
          contents: [{ role: "user", parts: [{ text: "Hi" }] }],
        }),
      },
      { [INPUT]: [said("system", "Be brief."), said("user", "Hi")] },
    ),
    one({ "gen_ai.completion": json({ output: "Hello" }) }, { [OUTPUT]: [said("assistant", "Hello")] }),
    one({ "gen_ai.completion": json({ outputs: "Hello" }) }, { [OUTPUT]: [said("assistant", "Hello")] }),
    one(
      { ...kind("tool"), "gen_ai.prompt": '{"a":1}', "gen_ai.completion": '{"output":"42"}' },
      { "gen_ai.tool.call.arguments": { a: 1 } },
    ),
    one(
      {
        ...kind("retriever"),
        "gen_ai.prompt": '{"query":"Rom"}',
        "gen_ai.completion": json({ documents: [{ page_content: "Rom", metadata: { p: 1 } }] }),
      },
      {
        "gen_ai.retrieval.query.text": "Rom",
        "gen_ai.retrieval.documents": [{ content: "Rom", metadata: { p: 1 } }],
      },
    ),
    one(
      { "gen_ai.response.finish_reasons": "stop, tool_calls" },
      { "gen_ai.response.finish_reasons": ["stop", "tool_call"] },
    ),
    gone({ "gen_ai.usage.total_tokens": 7 }),
    one(
      {
        "gen_ai.usage.input_token_details": json({ cache_read: 3, cache_creation: 2, audio: 1 }),
        "gen_ai.usage.output_token_details": json({ reasoning: 5, audio: 4 }),
      },
      {
        "gen_ai.usage.cache_read.input_tokens": 3,
        "gen_ai.usage.cache_write.input_tokens": 2,
        "gen_ai.usage.audio.input_tokens": 1,
        "gen_ai.usage.reasoning.output_tokens": 5,
        "gen_ai.usage.audio.output_tokens": 4,
      },
    ),
    one(
      {
        "langsmith.usage_metadata": json({
          input_tokens: 10,
          output_tokens: 5,
          total_tokens: 15,
          input_token_details: { cache_read: 3 },
          output_token_details: { reasoning: 2 },
        }),
      },
      {
        "gen_ai.usage.input_tokens": 10,
        "gen_ai.usage.output_tokens": 5,
        "gen_ai.usage.cache_read.input_tokens": 3,
        "gen_ai.usage.reasoning.output_tokens": 2,
      },
    ),
    one(
      { "langsmith.usage_metadata": json({ input_tokens: 10 }), "gen_ai.usage.input_tokens": 11 },
      { "gen_ai.usage.input_tokens": 11 },
    ),
    renamed("gen_ai.response.service_tier", "openai.response.service_tier", "default"),
    renamed("gen_ai.response.system_fingerprint", "openai.response.system_fingerprint", "fp"),
    renamed("langsmith.request.streaming", "gen_ai.request.stream", true),
    one({ "langsmith.request.streaming": false }, { "gen_ai.request.stream": undefined }),
    ...["session_id", "thread_id", "conversation_id"].map((key) =>
      renamed(`langsmith.metadata.${key}`, "gen_ai.conversation.id", "c"),
    ),
    renamed("langsmith.metadata.ls_model_name", "gen_ai.request.model", "m"),
    renamed("langsmith.metadata.ls_provider", "gen_ai.provider.name", "mistral", "mistral_ai"),
    renamed("langsmith.metadata.ls_temperature", "gen_ai.request.temperature", "0.5", 0.5),
    renamed("langsmith.metadata.ls_max_tokens", "gen_ai.request.max_tokens", 10),
    kept({
      "langsmith.metadata.team": "blue",
      "langsmith.trace.session_id": "project",
      "langsmith.trace.session_name": "my project",
      "langsmith.span.tags": "a, b",
      "langsmith.span.id": "1",
      "langsmith.trace.id": "2",
      "langsmith.span.dotted_order": "3",
      "langsmith.span.parent_id": "4",
      "langsmith.is_root": true,
      "langsmith.reference_example_id": "5",
      "langsmith.trace.name": "n",
      "gen_ai.request.extra_query": "{}",
      "gen_ai.request.extra_body": "{}",
      "gen_ai.serialized.name": "ChatOpenAI",
      "gen_ai.serialized.signature": "s",
    }),
    one(
      { "langsmith.trace.session_id": "project" },
      { "gen_ai.conversation.id": undefined },
      { about: "a project is no conversation" },
    ),
    gone({ "langsmith.request.headers": '{"authorization":"Bearer x"}' }),
  ],
};
