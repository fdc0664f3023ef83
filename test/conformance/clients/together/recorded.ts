/** How recordings of Together AI are asked again. */
import Together from "together-ai";
import type { RecordedClient, Surface } from "../../recordings/recorded-client.ts";
import { recordedOrigin, recordedRoute, replayFetch } from "../../recordings/replay-fetch.ts";
import { responseObjects } from "../../recordings/response-objects.ts";
import { expectedSpan } from "../openai/expected.ts";

const surfaces: Readonly<Record<string, Surface<Together>>> = {
  "chat.completions": {
    path: "/chat/completions",
    rawChunks: responseObjects,
    call: (client, request) => client.chat.completions.create(request),
  },
  completions: {
    path: "/completions",
    rawChunks: responseObjects,
    call: (client, request) => client.completions.create(request),
  },
  embeddings: { path: "/embeddings", call: (client, request) => client.embeddings.create(request) },
  rerank: { path: "/rerank", call: (client, request) => client.rerank.create(request) },
};

export const together: RecordedClient<Together> = {
  module: "together-ai",
  providers: ["together"],
  surfaces,
  untraced: {},
  create(cassette, replayUrl) {
    const path = String(surfaces[cassette.api]?.path);
    return new Together({
      apiKey: "key",
      baseURL: `${recordedOrigin(cassette)}${recordedRoute(cassette).slice(0, -path.length)}`,
      maxRetries: 0,
      fetch: replayFetch(cassette, replayUrl),
    });
  },
  expected: expectedSpan,
};
