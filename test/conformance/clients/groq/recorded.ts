/** How recordings of Groq are asked again: OpenAI's forms, below the host alone. */
import Groq from "groq-sdk";
import type { Cassette } from "../../../support/cassettes.ts";
import type { RecordedClient, Surface } from "../../recordings/recorded-client.ts";
import { recordedOrigin, replayFetch } from "../../recordings/replay-fetch.ts";
import { isObject, responseObjects } from "../../recordings/response-objects.ts";
import { expectedSpan } from "../openai/expected.ts";

const surfaces: Readonly<Record<string, Surface<Groq>>> = {
  "chat.completions": {
    path: "/openai/v1/chat/completions",
    rawChunks: responseObjects,
    call: (client, request) => client.chat.completions.create(request),
  },
  embeddings: { path: "/openai/v1/embeddings", call: (client, request) => client.embeddings.create(request) },
};

export const groq: RecordedClient<Groq> = {
  module: "groq-sdk",
  providers: ["groq"],
  surfaces,
  untraced: {},
  create: (cassette, replayUrl) =>
    new Groq({
      apiKey: "key",
      baseURL: recordedOrigin(cassette),
      maxRetries: 0,
      fetch: replayFetch(cassette, replayUrl),
    }),
  expected: (cassette) => {
    const expected = expectedSpan(cassette);
    return Object.values(expected.usage).some(Number.isFinite) ? expected : { ...expected, usage: groqUsage(cassette) };
  },
};

/** Earlier streams have usage in `x_groq` of the last chunk only. */
function groqUsage(cassette: Cassette): Readonly<Record<string, number | undefined>> {
  const [usage] = responseObjects(cassette)
    .map((object) => (isObject(object["x_groq"]) ? object["x_groq"]["usage"] : undefined))
    .filter(isObject);
  const number = (value: unknown): number | undefined => (typeof value === "number" ? value : undefined);
  return {
    "gen_ai.usage.input_tokens": number(usage?.["prompt_tokens"]),
    "gen_ai.usage.output_tokens": number(usage?.["completion_tokens"]),
  };
}
