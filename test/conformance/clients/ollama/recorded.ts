/** How recordings of Ollama's own API are asked again; its OpenAI-compatible endpoint is for the `openai` client. */
import { Ollama } from "ollama";
import type { RecordedClient, Surface } from "../../recordings/recorded-client.ts";
import { recordedOrigin, replayFetch } from "../../recordings/replay-fetch.ts";
import { responseObjects } from "../../recordings/response-objects.ts";
import { expectedSpan } from "./expected.ts";

/** The client writes `stream: false` into the request that it is given. */
const surfaces: Readonly<Record<string, Surface<Ollama>>> = {
  chat: { path: "/api/chat", rawChunks: responseObjects, call: (client, request) => client.chat(request) },
  generate: { path: "/api/generate", rawChunks: responseObjects, call: (client, request) => client.generate(request) },
  embeddings: { path: "/api/embed", call: (client, request) => client.embed(request) },
};

export const ollama: RecordedClient<Ollama> = {
  module: "ollama",
  providers: ["ollama"],
  surfaces,
  untraced: {},
  create: (cassette, replayUrl) =>
    new Ollama({ host: recordedOrigin(cassette), fetch: replayFetch(cassette, replayUrl) as typeof fetch }),
  contentFields: ["thinking", "response", "prompt", "system"],
  expected: expectedSpan,
};
