import { answer, call, type Documented, json, one, renamed, said } from "./case.ts";

const INPUT = "gen_ai.input.messages";
const OUTPUT = "gen_ai.output.messages";
const DETAILS = "gen_ai.client.inference.operation.details";

/**
 * Strands' agents, whose spans have the names of the conventions 1.36, and with `gen_ai_latest_experimental` those of 1.40,
 * and their own words beside them. Written from `telemetry/tracer.ts` of @strands-agents/sdk 1.19.0.
 */
export const strands: Documented = {
  dialect: "genai",
  scope: "strands-agents",
  always: { "gen_ai.event.start_time": "2026-11-20T10:15:30.010Z", "gen_ai.operation.name": "chat" },
  cases: [
    // It names itself in the place of who serves the model.
    renamed("gen_ai.system", "gen_ai.provider.name", "strands-agents"),
    renamed("gen_ai.usage.cache_write_input_tokens", "gen_ai.usage.cache_write.input_tokens", 4),
    one(
      { "gen_ai.agent.name": "a", "gen_ai.system": "strands-agents", system_prompt: '"Be brief."' },
      { "gen_ai.system_instructions": [{ type: "text", content: "Be brief." }], system_prompt: undefined },
    ),
    one(
      { "gen_ai.system": "strands-agents" },
      {
        [INPUT]: [
          said("user", "Hi"),
          said("assistant", call("c1", "f", { a: 1 })),
          said("tool", answer("c1", "42")),
          said("user", '[{"text":"Hi","lang":"en"}]'),
        ],
        [OUTPUT]: [said("assistant", "Hello", call("c2", "f", { b: 2 }))],
        "gen_ai.response.finish_reasons": ["tool_call"],
      },
      {
        about: "blocks of Bedrock's in events",
        events: [
          { name: "gen_ai.user.message", attributes: { content: json([{ text: "Hi" }]) } },
          {
            name: "gen_ai.assistant.message",
            attributes: { content: json([{ toolUse: { name: "f", toolUseId: "c1", input: { a: 1 } } }]) },
          },
          {
            name: "gen_ai.tool.message",
            attributes: { content: json([{ toolResult: { toolUseId: "c1", content: [{ text: "42" }] } }]) },
          },
          { name: "gen_ai.user.message", attributes: { content: json([{ text: "Hi", lang: "en" }]) } },
          {
            name: "gen_ai.choice",
            attributes: {
              finish_reason: "toolUse",
              message: json([{ text: "Hello" }, { type: "toolUse", name: "f", toolUseId: "c2", input: { b: 2 } }]),
            },
          },
        ],
      },
    ),
    one(
      { "gen_ai.operation.name": "execute_tool", "gen_ai.system": "strands-agents" },
      {
        "gen_ai.tool.call.arguments": { a: 1 },
        "gen_ai.tool.call.result": "42",
        [INPUT]: undefined,
        [OUTPUT]: undefined,
      },
      {
        about: "a tool's values and answer in events",
        events: [
          { name: "gen_ai.tool.message", attributes: { role: "tool", content: '{"a":1}', id: "c1" } },
          { name: "gen_ai.choice", attributes: { message: json([{ text: "42" }]), id: "c1" } },
        ],
      },
    ),
    one(
      { "gen_ai.usage.prompt_tokens": 3 },
      {
        "gen_ai.system_instructions": [{ type: "text", content: "Be brief." }],
        [INPUT]: [said("user", "Hi")],
        [OUTPUT]: [said("assistant", "Hello")],
        "gen_ai.response.finish_reasons": ["stop"],
      },
      {
        about: "details in several events",
        events: [
          {
            name: DETAILS,
            attributes: { "gen_ai.system_instructions": json([{ type: "text", content: "Be brief." }]) },
          },
          { name: DETAILS, attributes: { [INPUT]: json([said("user", "Hi")]) } },
          {
            name: DETAILS,
            attributes: { [OUTPUT]: json([{ ...said("assistant", "Hello"), finish_reason: "endTurn" }]) },
          },
        ],
      },
    ),
  ],
};
