import { type Documented, gone, json, kept, one, renamed, said } from "./case.ts";

const INPUT = "gen_ai.input.messages";
const OUTPUT = "gen_ai.output.messages";

/** Version 7 speaks the conventions, with habits of its own. */
export const vercel7: Documented = {
  dialect: "vercel",
  scope: "gen_ai",
  always: { "gen_ai.operation.name": "chat" },
  cases: [
    kept({ "gen_ai.operation.name": "agent_step" }),
    kept({ "gen_ai.operation.name": "rerank" }),
    kept({ "ai.settings.context.team": "blue" }),
    gone({
      "gen_ai.client.operation.duration": 1,
      "gen_ai.client.inference.duration": 1,
      "gen_ai.execute_tool.duration": 1,
      "gen_ai.client.operation.time_per_output_chunk": 0.01,
    }),
    renamed("gen_ai.usage.cache_creation.input_tokens", "gen_ai.usage.cache_write.input_tokens", 4),
    one(
      { [OUTPUT]: json([{ role: "assistant", parts: [{ type: "text", content: "a" }], finish_reason: "tool-calls" }]) },
      { "gen_ai.response.finish_reasons": ["tool_call"], [OUTPUT]: [said("assistant", "a")] },
    ),
    one(
      { "gen_ai.client.operation.time_to_first_chunk": 0.25 },
      { "gen_ai.response.time_to_first_chunk": 0.25, "gen_ai.request.stream": true },
    ),
    one(
      {
        [INPUT]: json([
          {
            role: "user",
            parts: [{ type: "blob", modality: "image", mime_type: null, content: "data:application/pdf;base64,AAAA" }],
          },
        ]),
      },
      {
        [INPUT]: [said("user", { type: "blob", modality: "document", mime_type: "application/pdf", content: "AAAA" })],
      },
      { about: "the modality of a document falls back to image" },
    ),
    one(
      {
        [OUTPUT]: json([
          {
            role: "assistant",
            parts: [
              { type: "tool_call", id: "s1", name: "web_search", arguments: {} },
              { type: "tool_call_response", id: "s1", response: { results: [] } },
              { type: "tool_call", id: "c1", name: "f", arguments: { a: 1 } },
            ],
          },
        ]),
      },
      {
        [OUTPUT]: [
          said(
            "assistant",
            {
              type: "server_tool_call",
              id: "s1",
              name: "web_search",
              server_tool_call: { type: "web_search", input: {} },
            },
            {
              type: "server_tool_call_response",
              id: "s1",
              server_tool_call_response: { type: "tool_result", content: { results: [] } },
            },
            { type: "tool_call", id: "c1", name: "f", arguments: { a: 1 } },
          ),
        ],
      },
      { about: "a tool that has answered within the model's turn was run by the provider" },
    ),
    kept({ [INPUT]: json([{ role: "user", parts: [{ type: "tool_approval_response", approval_id: "a" }] }]) }),
  ],
};
