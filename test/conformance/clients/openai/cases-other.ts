import { PROMPT } from "../../behaviour/case.ts";
import { describe, describeResponse, shape } from "../../behaviour/describe-value.ts";
import { CHAT_USAGE, type OpenAICase } from "./calls.ts";

/** Surfaces beside chat completions and responses. */
export const otherCases: readonly OpenAICase[] = [
  {
    name: "image",
    spans: 1,
    async run({ client }) {
      return describe(await client.images.generate({ model: "gpt-image-1", prompt: PROMPT }));
    },
  },
  {
    name: "speech",
    spans: 1,
    async run({ client }) {
      const response = await client.audio.speech.create({ model: "gpt-4o-mini-tts", voice: "alloy", input: PROMPT });
      const described = describeResponse(response);
      return { described, bytes: [...new Uint8Array(await response.arrayBuffer())] };
    },
  },
  {
    name: "moderation",
    spans: 1,
    async run({ client }) {
      return describe(await client.moderations.create({ model: "omni-moderation-latest", input: PROMPT }));
    },
  },
  {
    name: "video",
    spans: 1,
    since: 6,
    // Asked for by the video that it is made from.
    unavailable: ["gen_ai.request.model"],
    async run({ client }) {
      return describe(await client.videos.remix("video_0", { prompt: PROMPT }));
    },
  },
  {
    name: "decision",
    spans: 1,
    since: 7,
    usage: CHAT_USAGE,
    unavailable: ["gen_ai.response.id", "gen_ai.response.finish_reasons"],
    async run({ client }) {
      const questions = [{ type: "predicate" as const, name: "is_polite", instructions: "Is this polite?" }];
      const promise = client.decisions.create({ model: "gpt-6-luna", input: PROMPT, questions });
      return { promise: shape(promise), value: describe(await promise) };
    },
  },
  {
    name: "chat_retrieve",
    spans: 1,
    // A stored completion is always a whole one.
    unavailable: ["gen_ai.response.status"],
    async run({ client }) {
      const promise = client.chat.completions.retrieve("chatcmpl_1");
      return { promise: shape(promise), value: describe(await promise) };
    },
  },
];
