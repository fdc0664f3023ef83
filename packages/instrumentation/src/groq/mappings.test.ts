import { outputMessagesSchema } from "@genspan/semconv/messages";
import { describe, expect, it } from "vitest";
import { chatInput } from "./request.ts";
import { chatFailure, chatOutput, chatResponse } from "./response.ts";
import { chatStream } from "./stream.ts";

const folded = (chunks: readonly object[], content = true): unknown => {
  const fold = chatStream(content);
  for (const chunk of chunks) fold.add(chunk);
  return fold.response();
};
const delta = (value: object, rest: object = {}): object => ({ choices: [{ index: 0, delta: value, ...rest }] });

describe("a stream", () => {
  it("has its usage in the last chunk's x_groq, where older models report it", () => {
    const usage = { prompt_tokens: 40, completion_tokens: 2, total_tokens: 42 };
    const response = folded([delta({ content: "Hi" }), { ...delta({}), x_groq: { id: "req", usage } }]);
    expect(chatResponse(response)).toMatchObject({
      "gen_ai.usage.input_tokens": 40,
      "gen_ai.usage.output_tokens": 2,
    });
  });

  it("that was stopped early has failed, and keeps what was said", () => {
    const response = folded([delta({ content: "Hi" }), { choices: [], x_groq: { error: "over capacity" } }]);
    expect(chatFailure(response)).toEqual({ type: "stream_error", message: "over capacity" });
    expect(chatOutput(response)).toEqual([{ role: "assistant", parts: [{ type: "text", content: "Hi" }] }]);
    expect(chatFailure(folded([delta({})]))).toBeUndefined();
  });

  it("puts the deltas of a tool that Groq ran together", () => {
    const call = { index: 0, type: "search", arguments: '{"query":"otel"}' };
    const chunks = [
      delta({ executed_tools: [call] }),
      delta({ executed_tools: [{ index: 0, type: "search", arguments: call.arguments, output: "found" }] }),
      delta({ content: "Yes." }, { finish_reason: "stop" }),
    ];
    const output = chatOutput(folded(chunks));
    expect(output).toEqual([
      {
        role: "assistant",
        parts: [
          {
            type: "server_tool_call",
            name: "search",
            server_tool_call: { type: "search", arguments: { query: "otel" } },
          },
          { type: "server_tool_call_response", server_tool_call_response: { type: "search", output: "found" } },
          { type: "text", content: "Yes." },
        ],
      },
    ]);
    outputMessagesSchema.parse(output);
    expect(chatResponse(folded(chunks, false))).toEqual(chatResponse(folded(chunks)));
  });
});

describe("documents of a request", () => {
  it("are the first message: texts as text, data as it is", () => {
    const body = {
      messages: [{ role: "user", content: "Why?" }],
      documents: [
        { id: "1", source: { type: "text", text: "Because." } },
        { id: "2", source: { type: "json", data: { a: 1 } } },
      ],
    };
    expect(chatInput(body).messages).toEqual([
      {
        role: "user",
        parts: [
          { type: "text", content: "Because." },
          { type: "document", id: "2", source: { type: "json", data: { a: 1 } } },
        ],
      },
      { role: "user", parts: [{ type: "text", content: "Why?" }] },
    ]);
  });
});
