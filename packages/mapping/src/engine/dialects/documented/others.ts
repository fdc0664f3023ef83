import { answer, call, type Documented, json, kept, one, renamed, said } from "./case.ts";

const INPUT = "gen_ai.input.messages";
const OUTPUT = "gen_ai.output.messages";

export const anthropic: Documented = {
  dialect: "anthropic",
  scope: "com.anthropic.sdk.typescript",
  always: { "gen_ai.operation.name": "chat" },
  cases: [
    renamed("anthropic.message.stop_reason", "gen_ai.response.finish_reasons", "tool_use", ["tool_call"]),
    renamed("anthropic.message.stop_reason", "gen_ai.response.finish_reasons", "max_tokens", ["length"]),
    renamed("anthropic.message.stop_reason", "gen_ai.response.finish_reasons", "refusal", ["content_filter"]),
    renamed("anthropic.usage.cache_creation.ephemeral_5m_input_tokens", "genspan.usage.cache_write_5m.input_tokens", 3),
    renamed("anthropic.usage.cache_creation.ephemeral_1h_input_tokens", "genspan.usage.cache_write_1h.input_tokens", 3),
    renamed("anthropic.request.id", "genspan.response.request_id", "req_1"),
    kept({ "gen_ai.usage.input_tokens": 10, "gen_ai.usage.cache_read.input_tokens": 4 }),
  ],
};

/** The conventions before the current snapshot, and Azure's and OpenAI's own names. */
export const genai: Documented = {
  dialect: "genai",
  scope: "@opentelemetry/instrumentation-openai",
  always: { "gen_ai.operation.name": "chat" },
  cases: [
    ...Object.entries({
      vertex_ai: "gcp.vertex_ai",
      gemini: "gcp.gemini",
      "az.ai.inference": "azure.ai.inference",
      "az.ai.openai": "azure.ai.openai",
      xai: "x_ai",
      openai: "openai",
    }).flatMap(([given, name]) => [
      renamed("gen_ai.system", "gen_ai.provider.name", given, name),
      one({ "gen_ai.provider.name": given }, { "gen_ai.provider.name": name }),
    ]),
    renamed("gen_ai.usage.prompt_tokens", "gen_ai.usage.input_tokens", 3),
    renamed("gen_ai.usage.completion_tokens", "gen_ai.usage.output_tokens", 3),
    renamed("gen_ai.usage.cache_creation.input_tokens", "gen_ai.usage.cache_write.input_tokens", 3),
    renamed("gen_ai.openai.request.seed", "gen_ai.request.seed", 3),
    renamed("gen_ai.openai.request.response_format", "gen_ai.output.type", "json_schema", "json"),
    renamed("gen_ai.openai.request.service_tier", "openai.request.service_tier", "auto"),
    renamed("gen_ai.openai.response.service_tier", "openai.response.service_tier", "default"),
    renamed("gen_ai.openai.response.system_fingerprint", "openai.response.system_fingerprint", "fp"),
    renamed("az.namespace", "azure.resource_provider.namespace", "Microsoft.CognitiveServices"),
    renamed("az.service_request_id", "azure.service.request.id", "r"),
    one({ "gen_ai.request.top_k": 40.0 }, { "gen_ai.request.top_k": 40 }),
    one({ "gen_ai.request.top_k": 40.5 }, { "gen_ai.request.top_k": 40 }),
    one(
      { "gen_ai.operation.name": "retrieval", "gen_ai.request.top_k": 5 },
      { "gen_ai.retrieval.top_k": 5, "gen_ai.request.top_k": undefined },
    ),
    one({ "gen_ai.prompt": json([{ role: "user", content: "Hi" }]) }, { [INPUT]: [said("user", "Hi")] }),
    one(
      { "gen_ai.completion": json([{ role: "assistant", content: "Hello" }]) },
      { [OUTPUT]: [said("assistant", "Hello")] },
    ),
    one(
      { [OUTPUT]: json([{ role: "assistant", parts: [{ type: "text", content: "a" }], finish_reason: "stop" }]) },
      { "gen_ai.response.finish_reasons": ["stop"] },
    ),
    kept({ "gen_ai.token.type": "input" }),
    one(
      {
        [INPUT]: json([
          { role: "user", content: "Hi" },
          {
            role: "assistant",
            tool_calls: [{ id: "c1", type: "function", function: { name: "f", arguments: '{"a":1}' } }],
          },
          { role: "tool", tool_call_id: "c1", content: "42" },
        ]),
        [OUTPUT]: json([{ role: "assistant", content: [{ type: "text", text: "It is 42." }] }]),
      },
      {
        [INPUT]: [said("user", "Hi"), said("assistant", call("c1", "f", { a: 1 })), said("tool", answer("c1", "42"))],
        [OUTPUT]: [said("assistant", "It is 42.")],
      },
      { about: "messages of an API under the current names, as Sentry and others have them" },
    ),
    kept({ [INPUT]: json([said("user", 'Say "content" and "parts"')]), [OUTPUT]: "[]" }),
    one(
      { "gen_ai.system_instructions": json([{ type: "text", text: "Be brief." }]) },
      { "gen_ai.system_instructions": [{ type: "text", content: "Be brief." }] },
    ),
    one(
      {
        "gen_ai.tool.definitions": json([
          { type: "function", function: { name: "f", parameters: { type: "object" } } },
        ]),
      },
      { "gen_ai.tool.definitions": [{ type: "function", name: "f", parameters: { type: "object" } }] },
    ),
    one(
      {},
      {
        [INPUT]: [
          said("system", "Be brief."),
          said("user", "Hi"),
          said("assistant", call("c1", "f", { a: 1 })),
          said("tool", answer("c1", "42")),
        ],
        [OUTPUT]: [said("assistant", "It is 42.")],
        "gen_ai.response.finish_reasons": ["stop"],
      },
      {
        about: "events of 1.36 on the span",
        events: [
          { name: "gen_ai.system.message", attributes: { content: "Be brief." } },
          { name: "gen_ai.user.message", attributes: { content: "Hi" } },
          {
            name: "gen_ai.assistant.message",
            attributes: {
              tool_calls: json([{ id: "c1", type: "function", function: { name: "f", arguments: '{"a":1}' } }]),
            },
          },
          { name: "gen_ai.tool.message", attributes: { id: "c1", content: "42" } },
          {
            name: "gen_ai.choice",
            attributes: { index: 0, finish_reason: "stop", message: json({ role: "assistant", content: "It is 42." }) },
          },
        ],
      },
    ),
    ...Object.entries({
      end_turn: "stop",
      stop_sequence: "stop",
      STOP: "stop",
      COMPLETE: "stop",
      completed: "stop",
      max_tokens: "length",
      MAX_TOKENS: "length",
      max_output_tokens: "length",
      model_length: "length",
      tool_calls: "tool_call",
      tool_use: "tool_call",
      "tool-calls": "tool_call",
      function_call: "tool_call",
      "content-filter": "content_filter",
      safety: "content_filter",
      SAFETY: "content_filter",
      refusal: "content_filter",
      guardrail_intervened: "content_filter",
      failed: "error",
      cancelled: "error",
      something_new: "something_new",
    }).map(([given, reason]) =>
      one(
        { "gen_ai.response.finish_reasons": [given] },
        { "gen_ai.response.finish_reasons": [reason] },
        { about: given },
      ),
    ),
    one(
      { "gen_ai.operation.name": undefined, "mcp.method.name": "tools/call", "gen_ai.tool.name": "f" },
      { "gen_ai.operation.name": "execute_tool" },
    ),
  ],
};
