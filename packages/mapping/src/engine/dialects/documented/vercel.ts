import { answer, call, type Documented, gone, json, kept, one, renamed, said } from "./case.ts";

const INPUT = "gen_ai.input.messages";
const OUTPUT = "gen_ai.output.messages";
const id = (name: string) => ({ "ai.operationId": name, "operation.name": `${name} fn` });

/** Versions 4 to 6. */
export const vercel: Documented = {
  dialect: "vercel",
  scope: "ai",
  always: id("ai.generateText.doGenerate"),
  cases: [
    ...Object.entries({
      "ai.generateText": "invoke_agent",
      "ai.streamText": "invoke_agent",
      "ai.generateObject": "invoke_agent",
      "ai.streamObject": "invoke_agent",
      "ai.generateText.doGenerate": "chat",
      "ai.streamText.doStream": "chat",
      "ai.generateObject.doGenerate": "chat",
      "ai.streamObject.doStream": "chat",
      "ai.embed.doEmbed": "embeddings",
      "ai.embedMany.doEmbed": "embeddings",
      "ai.embed": undefined,
      "ai.embedMany": undefined,
      "ai.toolCall": "execute_tool",
      "ai.rerank.doRerank": "rerank",
      "ai.rerank": undefined,
    }).map(([name, operation]) => one(id(name), { "gen_ai.operation.name": operation })),
    renamed("ai.model.id", "gen_ai.request.model", "gpt-4o"),
    ...Object.entries({
      "openai.chat": "openai",
      "openai.responses": "openai",
      "anthropic.messages": "anthropic",
      "google.generative-ai": "gcp.gemini",
      "google.vertex.chat": "gcp.vertex_ai",
      "google-vertex": "gcp.vertex_ai",
      "vertex.anthropic.messages": "gcp.vertex_ai",
      "amazon-bedrock": "aws.bedrock",
      "bedrock.converse": "aws.bedrock",
      "azure-openai.chat": "azure.ai.openai",
      "azure.chat": "azure.ai.inference",
      "mistral.chat": "mistral_ai",
      "xai.chat": "x_ai",
      "cohere.chat": "cohere",
      "groq.chat": "groq",
      "deepseek.chat": "deepseek",
      perplexity: "perplexity",
      "togetherai.chat": "together_ai",
    }).flatMap(([given, name]) => [
      renamed("ai.model.provider", "gen_ai.provider.name", given, name),
      renamed("gen_ai.system", "gen_ai.provider.name", given, name),
    ]),
    one({ "ai.model.provider": "openai.responses" }, { "openai.api.type": "responses" }),
    one({ "ai.model.provider": "openai.chat" }, { "openai.api.type": "chat_completions" }),
    one({ ...id("ai.generateText"), "ai.telemetry.functionId": "fn" }, { "gen_ai.agent.name": "fn" }),
    kept({ "ai.telemetry.functionId": "fn", "resource.name": "fn" }),
    ...["conversationId", "sessionId", "threadId", "chatId"].map((key) =>
      renamed(`ai.telemetry.metadata.${key}`, "gen_ai.conversation.id", "c"),
    ),
    renamed("ai.telemetry.metadata.userId", "user.id", "u"),
    kept({ "ai.telemetry.metadata.team": "blue" }),
    renamed("ai.settings.temperature", "gen_ai.request.temperature", 0),
    renamed("ai.settings.topP", "gen_ai.request.top_p", 0.9),
    renamed("ai.settings.topK", "gen_ai.request.top_k", 40),
    renamed("ai.settings.maxTokens", "gen_ai.request.max_tokens", 10),
    renamed("ai.settings.maxOutputTokens", "gen_ai.request.max_tokens", 10),
    renamed("ai.settings.frequencyPenalty", "gen_ai.request.frequency_penalty", 0.1),
    renamed("ai.settings.presencePenalty", "gen_ai.request.presence_penalty", 0.1),
    renamed("ai.settings.stopSequences", "gen_ai.request.stop_sequences", ["END"]),
    renamed("ai.settings.seed", "gen_ai.request.seed", 7),
    kept({ "ai.settings.maxRetries": 2, "ai.settings.maxSteps": 3, "ai.settings.mode": "json" }),
    one({ "ai.settings.output": "object" }, { "gen_ai.output.type": "json" }),
    gone({ "ai.request.headers.authorization": "Bearer secret", "ai.request.headers.user-agent": "x" }),
    one(
      { ...id("ai.generateText"), "ai.prompt": json({ system: "Be brief.", prompt: "Hi" }) },
      { [INPUT]: [said("user", "Hi")], "gen_ai.system_instructions": [{ type: "text", content: "Be brief." }] },
    ),
    one(
      {
        ...id("ai.streamText"),
        "ai.prompt": json({ messages: [{ role: "user", content: [{ type: "text", text: "Hi" }] }] }),
      },
      { [INPUT]: [said("user", "Hi")] },
    ),
    one(
      {
        "ai.prompt.messages": json([
          { role: "system", content: "Be brief." },
          {
            role: "user",
            content: [
              { type: "text", text: "Look" },
              { type: "image", image: "https://host/a.png" },
            ],
          },
          { role: "assistant", content: [{ type: "tool-call", toolCallId: "c1", toolName: "f", input: { a: 1 } }] },
          {
            role: "tool",
            content: [
              { type: "tool-result", toolCallId: "c1", toolName: "f", output: { type: "json", value: { b: 2 } } },
            ],
          },
        ]),
      },
      {
        [INPUT]: [
          said("system", "Be brief."),
          said("user", "Look", { type: "uri", modality: "image", uri: "https://host/a.png" }),
          said("assistant", call("c1", "f", { a: 1 })),
          said("tool", answer("c1", { b: 2 })),
        ],
      },
    ),
    one(
      {
        "ai.prompt.messages": json([
          { role: "assistant", content: [{ type: "tool-call", toolCallId: "c1", toolName: "f", args: { a: 1 } }] },
          { role: "tool", content: [{ type: "tool-result", toolCallId: "c1", toolName: "f", result: "42" }] },
        ]),
      },
      { [INPUT]: [said("assistant", call("c1", "f", { a: 1 })), said("tool", answer("c1", "42"))] },
      { about: "ai.prompt.messages of version 4" },
    ),
    one(
      {
        "ai.prompt.tools": [
          json({ type: "function", name: "f", description: "d", parameters: { type: "object" } }),
          json({ type: "function", name: "g", inputSchema: { type: "object" } }),
        ],
      },
      {
        "gen_ai.tool.definitions": [
          { type: "function", name: "f", description: "d", parameters: { type: "object" } },
          { type: "function", name: "g", parameters: { type: "object" } },
        ],
      },
    ),
    kept({ "ai.prompt.toolChoice": '{"type":"auto"}', "ai.prompt.format": "messages" }),
    one(
      {
        "ai.response.text": "Look:",
        "ai.response.reasoning": "Hm.",
        "ai.response.toolCalls": json([{ toolCallType: "function", toolCallId: "c1", toolName: "f", args: '{"a":1}' }]),
        "ai.response.files": json([{ type: "file", mediaType: "image/png", data: "AAAA" }]),
      },
      {
        [OUTPUT]: [
          said(
            "assistant",
            { type: "reasoning", content: "Hm." },
            "Look:",
            { type: "blob", modality: "image", mime_type: "image/png", content: "AAAA" },
            call("c1", "f", { a: 1 }),
          ),
        ],
      },
    ),
    one(
      {
        "ai.response.reasoning": "\n\n",
        "ai.response.text": "Hi",
        "ai.response.toolCalls": json([
          { toolCallId: "s1", toolName: "web_search", input: "{}", providerExecuted: true },
        ]),
      },
      {
        [OUTPUT]: [
          said("assistant", "Hi", {
            type: "server_tool_call",
            id: "s1",
            name: "web_search",
            server_tool_call: { type: "web_search", input: {} },
          }),
        ],
      },
      { about: "reasoning without a word, and a tool that the provider ran" },
    ),
    one(
      { "ai.response.toolCalls": json([{ type: "tool-call", toolCallId: "c1", toolName: "f", input: { a: 1 } }]) },
      { [OUTPUT]: [said("assistant", call("c1", "f", { a: 1 }))] },
    ),
    one({ "ai.response.object": '{"a":1}' }, { [OUTPUT]: [said("assistant", '{"a":1}')] }),
    ...Object.entries({
      "tool-calls": "tool_call",
      "content-filter": "content_filter",
      stop: "stop",
      length: "length",
    }).map(([given, reason]) =>
      one({ "ai.response.finishReason": given }, { "gen_ai.response.finish_reasons": [reason] }),
    ),
    renamed("ai.response.id", "gen_ai.response.id", "r"),
    renamed("ai.response.model", "gen_ai.response.model", "m"),
    kept({
      "ai.response.timestamp": "2026-11-20T10:15:31Z",
      "ai.response.msToFinish": 5,
      "ai.response.avgCompletionTokensPerSecond": 5,
      "ai.response.avgOutputTokensPerSecond": 5,
    }),
    one(
      { ...id("ai.streamText.doStream"), "ai.response.msToFirstChunk": 250 },
      { "gen_ai.response.time_to_first_chunk": 0.25, "gen_ai.request.stream": true },
    ),
    one(
      { ...id("ai.streamObject.doStream"), "ai.stream.msToFirstChunk": 250 },
      { "gen_ai.response.time_to_first_chunk": 0.25, "gen_ai.request.stream": true },
    ),
    one(
      id("ai.streamText.doStream"),
      { "gen_ai.response.time_to_first_chunk": 0.25 },
      { events: [{ name: "ai.stream.firstChunk", attributes: { "ai.response.msToFirstChunk": 250 } }] },
    ),
    one(
      id("ai.streamObject.doStream"),
      { "gen_ai.response.time_to_first_chunk": 0.25 },
      { events: [{ name: "ai.stream.firstChunk", attributes: { "ai.stream.msToFirstChunk": 250 } }] },
    ),
    one(
      {
        "ai.model.provider": "anthropic.messages",
        "ai.usage.promptTokens": 10,
        "ai.response.providerMetadata": json({ anthropic: { cacheCreationInputTokens: 5, cacheReadInputTokens: 3 } }),
      },
      {
        "gen_ai.usage.input_tokens": 18,
        "gen_ai.usage.cache_read.input_tokens": 3,
        "gen_ai.usage.cache_write.input_tokens": 5,
      },
    ),
    one(
      {
        "ai.usage.promptTokens": 10,
        "ai.usage.completionTokens": 20,
        "ai.response.providerMetadata": json({ openai: { cachedPromptTokens: 4, reasoningTokens: 6 } }),
      },
      {
        "gen_ai.usage.input_tokens": 10,
        "gen_ai.usage.cache_read.input_tokens": 4,
        "gen_ai.usage.reasoning.output_tokens": 6,
      },
    ),
    renamed("ai.usage.promptTokens", "gen_ai.usage.input_tokens", 3),
    renamed("ai.usage.completionTokens", "gen_ai.usage.output_tokens", 4),
    renamed("ai.usage.inputTokens", "gen_ai.usage.input_tokens", 3),
    renamed("ai.usage.outputTokens", "gen_ai.usage.output_tokens", 4),
    renamed("ai.usage.reasoningTokens", "gen_ai.usage.reasoning.output_tokens", 4),
    renamed("ai.usage.cachedInputTokens", "gen_ai.usage.cache_read.input_tokens", 4),
    renamed("ai.usage.inputTokenDetails.cacheReadTokens", "gen_ai.usage.cache_read.input_tokens", 4),
    renamed("ai.usage.inputTokenDetails.cacheWriteTokens", "gen_ai.usage.cache_write.input_tokens", 4),
    renamed("ai.usage.outputTokenDetails.reasoningTokens", "gen_ai.usage.reasoning.output_tokens", 4),
    gone({
      "ai.usage.totalTokens": 7,
      "ai.usage.inputTokenDetails.noCacheTokens": 3,
      "ai.usage.outputTokenDetails.textTokens": 4,
    }),
    one({ ...id("ai.embed.doEmbed"), "ai.usage.tokens": 6 }, { "gen_ai.usage.input_tokens": 6 }),
    one(
      { ...id("ai.embed.doEmbed"), "ai.embeddings": ["[1,2,3]"], "ai.values": ['"a"'] },
      { "gen_ai.embeddings.dimension.count": 3, "ai.embeddings": undefined },
    ),
    one(
      { ...id("ai.embed"), "ai.embedding": "[1,2]", "ai.value": '"a"' },
      { "gen_ai.embeddings.dimension.count": 2, "ai.embedding": undefined },
    ),
    kept({ ...id("ai.rerank"), "ai.documents": ["a"], "ai.ranking": ["b"], "ai.ranking.type": "text" }),
    one(
      { "ai.schema": '{"type":"object"}', "ai.schema.name": "n", "ai.schema.description": "d" },
      { "gen_ai.output.type": "json" },
    ),
    one(
      {
        ...id("ai.toolCall"),
        "ai.toolCall.name": "f",
        "ai.toolCall.id": "c1",
        "ai.toolCall.args": '{"a":1}',
        "ai.toolCall.result": '{"b":2}',
      },
      {
        "gen_ai.tool.name": "f",
        "gen_ai.tool.call.id": "c1",
        "gen_ai.tool.call.arguments": { a: 1 },
        "gen_ai.tool.call.result": { b: 2 },
        "gen_ai.tool.type": "function",
      },
    ),
    one(
      { "gen_ai.usage.prompt_tokens": 3, "gen_ai.usage.input_tokens": 3, "ai.usage.promptTokens": 3 },
      { "gen_ai.usage.input_tokens": 3, "gen_ai.usage.prompt_tokens": undefined },
    ),
  ],
};
