/** How recordings of Cohere's API are asked again: version 1 by `CohereClient`, version 2 by its `v2`. */
import { CohereClient } from "cohere-ai";
import type { Cassette } from "../../../support/cassettes.ts";
import type { RecordedClient, Surface } from "../../recordings/recorded-client.ts";
import { recordedOrigin, recordedRoute, replayFetch } from "../../recordings/replay-fetch.ts";
import { requestFields } from "../../recordings/response-objects.ts";
import { expectedSpan } from "./expected.ts";
import { camelCased } from "./wire.ts";

const isV2 = (cassette: Cassette): boolean => recordedRoute(cassette).startsWith("/v2/");
const streams = (cassette: Cassette): boolean => requestFields(cassette)["stream"] === true;

/** The client's names of fields; whether it streams is a matter of the method. */
function request(cassette: Cassette): unknown {
  const { stream: _stream, ...body } = requestFields(cassette);
  return camelCased(body);
}

const surfaces: Readonly<Record<string, Surface<CohereClient>>> = {
  chat: {
    path: "/chat",
    request,
    call: (client, body, cassette) => {
      if (isV2(cassette)) return streams(cassette) ? client.v2.chatStream(body) : client.v2.chat(body);
      return streams(cassette) ? client.chatStream(body) : client.chat(body);
    },
  },
  generate: {
    path: "/generate",
    request,
    call: (client, body, cassette) => (streams(cassette) ? client.generateStream(body) : client.generate(body)),
  },
  embeddings: {
    path: "/embed",
    request,
    call: (client, body, cassette) => (isV2(cassette) ? client.v2.embed(body) : client.embed(body)),
  },
  rerank: {
    path: "/rerank",
    request,
    call: (client, body, cassette) => (isV2(cassette) ? client.v2.rerank(body) : client.rerank(body)),
  },
};

export const cohere: RecordedClient<CohereClient> = {
  module: "cohere-ai",
  providers: ["cohere"],
  surfaces,
  untraced: { tokenize: "counts tokens and calls no model" },
  contentFields: ["message", "preamble", "query", "tool_plan", "snippet", "thinking"],
  create: (cassette, replayUrl) =>
    new CohereClient({
      token: "key",
      environment: recordedOrigin(cassette),
      maxRetries: 0,
      fetch: replayFetch(cassette, replayUrl),
    }),
  expected: expectedSpan,
};
