import { answer, call, type Documented, gone, json, kept, one, said } from "./case.ts";

const INPUT = "gen_ai.input.messages";
const OUTPUT = "gen_ai.output.messages";
const AGENT = "gcp.vertex.agent";
const model = { "gen_ai.system": AGENT, "gen_ai.request.model": "gemini-2.5-pro" };

/** Written from `telemetry/tracing` of @google/adk 2.0.0 and of google-adk of Python, whose spans say the same. */
export const adk: Documented = {
  dialect: "adk",
  scope: AGENT,
  cases: [
    one(model, { "gen_ai.operation.name": "generate_content", "gen_ai.provider.name": "gcp.gen_ai" }),
    one(
      { ...model, "gen_ai.request.model": "openai/gpt-4o" },
      { "gen_ai.provider.name": "openai" },
      { about: "a model of LiteLLM, named with who serves it" },
    ),
    one(
      {
        ...model,
        [`${AGENT}.llm_request`]: json({
          model: "gemini-2.5-pro",
          config: {
            systemInstruction: "Be brief.",
            topK: 3,
            tools: [{ functionDeclarations: [{ name: "f", parameters: { type: "OBJECT" } }] }],
          },
          contents: [
            { role: "user", parts: [{ text: "Hi" }] },
            { role: "model", parts: [{ functionCall: { id: "c1", name: "f", args: { a: 1 } } }] },
            { role: "user", parts: [{ functionResponse: { id: "c1", name: "f", response: { b: 2 } } }] },
          ],
        }),
      },
      {
        [INPUT]: [
          said("system", "Be brief."),
          said("user", "Hi"),
          said("assistant", call("c1", "f", { a: 1 })),
          said("tool", answer("c1", { b: 2 })),
        ],
        "gen_ai.tool.definitions": [{ type: "function", name: "f", parameters: { type: "OBJECT" } }],
        "gen_ai.request.top_k": 3,
        [`${AGENT}.llm_request`]: undefined,
      },
    ),
    one(
      {
        ...model,
        "gen_ai.usage.output_tokens": 5,
        [`${AGENT}.llm_response`]: json({
          content: { role: "model", parts: [{ text: "Hm.", thought: true }, { text: "Hello" }] },
          usage_metadata: { candidates_token_count: 5, thoughts_token_count: 7, cached_content_token_count: 2 },
          finish_reason: "MAX_TOKENS",
        }),
      },
      {
        [OUTPUT]: [said("assistant", { type: "reasoning", content: "Hm." }, "Hello")],
        "gen_ai.response.finish_reasons": ["length"],
        "gen_ai.usage.output_tokens": 12,
        "gen_ai.usage.reasoning.output_tokens": 7,
        "gen_ai.usage.cache_read.input_tokens": 2,
      },
      { about: "a response as Python writes it" },
    ),
    one(
      {
        "gen_ai.operation.name": "execute_tool",
        "gen_ai.tool.type": "FunctionTool",
        "gen_ai.tool.call.id": "<not specified>",
        [`${AGENT}.tool_call_args`]: '{"a":1}',
        [`${AGENT}.tool_response`]: '{"b":2}',
      },
      {
        "gen_ai.tool.type": "function",
        "gen_ai.tool.call.id": undefined,
        "gen_ai.tool.call.arguments": { a: 1 },
        "gen_ai.tool.call.result": { b: 2 },
      },
    ),
    one(
      { "gen_ai.operation.name": "execute_tool", "gen_ai.tool.name": "(merged tools)" },
      { "gen_ai.operation.name": undefined },
    ),
    one({ [`${AGENT}.session_id`]: "s1" }, { "gen_ai.conversation.id": "s1" }),
    one(
      { ...model, "gen_ai.response.finish_reasons": ["spii"] },
      { "gen_ai.response.finish_reasons": ["content_filter"] },
    ),
    gone({
      [`${AGENT}.llm_request`]: "{}",
      [`${AGENT}.llm_response`]: "{}",
      [`${AGENT}.tool_call_args`]: "{}",
      [`${AGENT}.tool_response`]: "{}",
    }),
    kept({ [`${AGENT}.invocation_id`]: "e-1", [`${AGENT}.event_id`]: "v1" }),
  ],
};
