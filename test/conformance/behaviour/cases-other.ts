import { type BehaviourCase, chatRequest, PROMPT } from "./case.ts";
import { describe, describeResponse, shape } from "./describe-value.ts";

/** Surfaces without messages, and the client itself. */
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
  {
    name: "client_shape",
    extra: true,
    spans: 1,
    usage: { input: 11, output: 7, cached: 3 },
    async run({ client }) {
      const completions = client.chat.completions;
      const owners = [client, client.chat, completions, client.responses, client.embeddings].map(shape);
      const methods = [completions.create, client.responses.create, client.embeddings.create].map(shape);
      const { create } = completions;
      // A method taken off its object and called with it again, as decorating applications do.
      const value = await create.call(completions, chatRequest);
      return { owners, methods, same: completions.create === create, value: describe(value) };
    },
  },
];
