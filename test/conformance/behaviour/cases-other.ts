import { type BehaviourCase, PROMPT } from "./case.ts";
import { describe, describeResponse, shape } from "./describe-value.ts";

/** Surfaces without messages. */
export const otherCases: readonly BehaviourCase[] = [
  {
    name: "embed",
    spans: 1,
    usage: { input: 5 },
    async run({ client }) {
      const promise = client.embeddings.create({ model: "text-embedding-3-small", input: PROMPT });
      const promiseShape = shape(promise);
      return { promise: promiseShape, value: describe(await promise) };
    },
  },
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
