/** Surfaces beside chat completions and responses, by what their documented bodies say. */
import { inputMessagesSchema, outputMessagesSchema } from "@genspan/semconv/messages";
import { describe, expect, it } from "vitest";
import { generateVideo, remixVideo } from "../openai-protocol/videos.ts";
import { fetchChatCompletion } from "./chat-fetch.ts";
import { decide } from "./decisions.ts";

describe("a decision", () => {
  const request = {
    model: "gpt-6-luna",
    input: [{ role: "user", content: [{ type: "input_text", text: "Thanks a lot!" }] }],
    questions: [{ type: "choice", name: "tone", instructions: "Which tone?", choices: [{ value: "polite" }] }],
  };

  it("has its questions after what they are about", () => {
    const messages = decide.input?.(request).messages;
    expect(messages).toEqual([
      { role: "user", parts: [{ type: "text", content: "Thanks a lot!" }] },
      { role: "user", parts: request.questions },
    ]);
    inputMessagesSchema.parse(messages);
  });

  it("has its answers, and its usage with what was cached", () => {
    const answers = [
      { type: "choice", name: "tone", choice: "polite", confidence: 0.9, probabilities: [] },
      { type: "refusal", name: null },
    ];
    const response = {
      model: "gpt-6-luna",
      answers,
      usage: { input_tokens: 20, input_tokens_details: { cached_tokens: 16, cache_write_tokens: 2 }, output_tokens: 3 },
    };
    expect(decide.response(response)).toEqual({
      "gen_ai.response.model": "gpt-6-luna",
      "gen_ai.usage.input_tokens": 20,
      "gen_ai.usage.cache_read.input_tokens": 16,
      "gen_ai.usage.cache_write.input_tokens": 2,
      "gen_ai.usage.output_tokens": 3,
    });
    const output = decide.output?.(response);
    expect(output).toEqual([{ role: "assistant", parts: answers }]);
    outputMessagesSchema.parse(output);
  });
});

describe("a chat completion that is fetched", () => {
  it("is asked for by its id, and leaves the usage to the call that made it", () => {
    const body = fetchChatCompletion.body?.(["chatcmpl/1"]) as Record<string, unknown>;
    expect((fetchChatCompletion.path as (body: object) => string)(body)).toBe("/chat/completions/chatcmpl%2F1");
    expect(fetchChatCompletion.request(body)).toMatchObject({ "gen_ai.response.id": "chatcmpl/1" });
    const choices = [{ index: 0, message: { role: "assistant", content: "Hi" }, finish_reason: "stop" }];
    expect(
      fetchChatCompletion.response({ id: "chatcmpl/1", model: "m", choices, usage: { prompt_tokens: 1 } }),
    ).toEqual({
      "gen_ai.response.id": "chatcmpl/1",
      "gen_ai.response.model": "m",
      "gen_ai.response.finish_reasons": ["stop"],
    });
  });
});

describe("a video", () => {
  it("of a job that failed at once is an error with the provider's code", () => {
    expect(generateVideo.failure?.({ status: "queued", error: null })).toBeUndefined();
    expect(generateVideo.failure?.({ status: "failed", error: { code: "moderation_blocked", message: "no" } })).toEqual(
      {
        type: "moderation_blocked",
        message: "no",
      },
    );
  });

  it("is where Together says it is", () => {
    const output = generateVideo.output?.({ status: "completed", outputs: { video_url: "https://v.example/1.mp4" } });
    expect(output).toEqual([
      { role: "assistant", parts: [{ type: "uri", modality: "video", uri: "https://v.example/1.mp4" }] },
    ]);
  });

  it("that is made from another names it in the path", () => {
    const body = remixVideo.body?.(["video_1", { prompt: "Again" }]) as Record<string, unknown>;
    expect((remixVideo.path as (body: object) => string)(body)).toBe("/videos/video_1/remix");
  });
});
