import { PROMPT } from "../../behaviour/case.ts";
import { describe, describeResponse } from "../../behaviour/describe-value.ts";
import type { OpenAICase } from "./calls.ts";

/** Surfaces without messages. */
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
];
