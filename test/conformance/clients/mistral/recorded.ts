/** How recordings of Mistral are asked again. */
import { HTTPClient, Mistral } from "@mistralai/mistralai";
import type { Cassette } from "../../../support/cassettes.ts";
import type { RecordedClient, Surface } from "../../recordings/recorded-client.ts";
import { recordedOrigin, recordedRoute, replayFetch } from "../../recordings/replay-fetch.ts";
import { isObject, objectsIn, requestFields } from "../../recordings/response-objects.ts";
import { expectedSpan } from "./expected.ts";
import { camelCased } from "./wire.ts";

const streams = (cassette: Cassette): boolean => requestFields(cassette)["stream"] === true;

/**
 * The client's names of fields; whether it streams is a matter of the method. Of a tool without a type, which the API takes
 * for a function, the client wants to be told so.
 */
function request(cassette: Cassette): unknown {
  const { stream: _stream, tools, ...body } = requestFields(cassette);
  const typed = objectsIn(tools).map((tool) => ({ type: "function", ...tool }));
  return camelCased({ ...body, ...(typed.length > 0 && { tools: typed }) });
}

const surfaces: Readonly<Record<string, Surface<Mistral>>> = {
  "chat.completions": {
    path: "/v1/chat/completions",
    request,
    call: (client, body, cassette) => (streams(cassette) ? client.chat.stream(body) : client.chat.complete(body)),
  },
  "agents.completions": {
    path: "/v1/agents/completions",
    request,
    call: (client, body, cassette) => (streams(cassette) ? client.agents.stream(body) : client.agents.complete(body)),
  },
  "fim.completions": {
    path: "/v1/fim/completions",
    request,
    call: (client, body, cassette) => (streams(cassette) ? client.fim.stream(body) : client.fim.complete(body)),
  },
  embeddings: { path: "/v1/embeddings", request, call: (client, body) => client.embeddings.create(body) },
  moderations: {
    path: /^\/v1\/(chat\/)?moderations$/,
    request,
    call: (client, body, cassette) =>
      recordedRoute(cassette) === "/v1/moderations"
        ? client.classifiers.moderate(body)
        : client.classifiers.moderateChat(body),
  },
};

export const mistral: RecordedClient<Mistral> = {
  module: "@mistralai/mistralai",
  providers: ["mistral"],
  surfaces,
  untraced: { agents: "makes an agent and calls no model", ocr: "reads documents: no call of a language model" },
  refuses: ({ response }) =>
    isObject(response.body) && "choices" in response.body && !isObject(response.body["usage"])
      ? "the client throws on a whole answer without usage"
      : undefined,
  contentFields: ["prompt", "suffix", "thinking", "title", "url"],
  create: (cassette, replayUrl) =>
    new Mistral({
      apiKey: "key",
      serverURL: recordedOrigin(cassette),
      httpClient: new HTTPClient({ fetcher: replayFetch(cassette, replayUrl) }),
    }),
  expected: expectedSpan,
};
