import { inputMessagesSchema } from "@genspan/semconv/messages";
import { describe, expect, it } from "vitest";
import { together } from "./index.ts";
import { rerank } from "./rerank.ts";
import { completionStream } from "./stream.ts";

describe("chunks of a text completion", () => {
  it.each([
    ["the choice", { choices: [{ index: 0, text: "Hi" }] }],
    ["the choice's delta", { choices: [{ index: 0, delta: { content: "Hi" } }] }],
    ["the token alone", { token: { text: "Hi" }, choices: [{ index: 0 }] }],
    ["a choice without an index", { choices: [{ text: "Hi" }] }],
  ])("have their text in %s", (_where, chunk) => {
    const fold = completionStream();
    fold.add(chunk);
    fold.add({ ...chunk, finish_reason: "eos", usage: { prompt_tokens: 1, completion_tokens: 2, total_tokens: 3 } });
    const completion = together.methods["Completions.create"];
    expect(completion?.response(fold.response())).toMatchObject({
      "gen_ai.response.finish_reasons": ["stop"],
      "gen_ai.usage.output_tokens": 2,
    });
    expect(completion?.output?.(fold.response())).toEqual([
      { role: "assistant", parts: [{ type: "text", content: "HiHi" }] },
    ]);
  });
});

describe("a rerank call", () => {
  it("has query and documents as one message, and tokens where they are reported", () => {
    const messages = rerank.input?.({ query: "best?", documents: ["a", { title: "b" }] }).messages;
    expect(messages).toEqual([
      {
        role: "user",
        parts: [
          { type: "text", content: "best?" },
          { type: "text", content: "a" },
          { type: "document", title: "b" },
        ],
      },
    ]);
    inputMessagesSchema.parse(messages);
    expect(rerank.response({ id: "r", model: "m", usage: { prompt_tokens: 5, completion_tokens: 0 } })).toMatchObject({
      "gen_ai.response.model": "m",
      "gen_ai.usage.input_tokens": 5,
    });
  });
});
