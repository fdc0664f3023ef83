/** How recordings of OpenAI's surfaces, and of the many services that speak them, are asked again. */
import OpenAI, { toFile } from "openai";
import type { Cassette, FormField } from "../../../support/cassettes.ts";
import type { RecordedClient, Surface } from "../../recordings/recorded-client.ts";
import { recordedOrigin, recordedRoute, replayFetch } from "../../recordings/replay-fetch.ts";
import { responseObjects } from "../../recordings/response-objects.ts";
import { expectedSpan } from "./expected.ts";

async function form(cassette: Cassette): Promise<unknown> {
  const fields = await Promise.all((cassette.request.multipart ?? []).map(formEntry));
  return Object.fromEntries(fields);
}

async function formEntry({ name, value, filename, bytes }: FormField): Promise<[string, unknown]> {
  if (filename === undefined) return [name, value];
  return [name, await toFile(new Uint8Array(bytes ?? 0), filename)]; // the recording keeps the length only
}

/** The chunks as the provider sent them: before the client completes those of the Responses API. */
const rawChunks = responseObjects;
/** Files of a form are no JSON. */
const rawRequest = (): undefined => undefined;

const storedId = (cassette: Cassette): string => recordedRoute(cassette).split("/").at(-1) ?? "";

const threadOf = (cassette: Cassette): string => recordedRoute(cassette).split("/").at(-2) ?? "";

/** The query as an application passes it. */
function storedQuery({ request }: Cassette): OpenAI.Responses.ResponseRetrieveParamsNonStreaming {
  const {
    stream,
    starting_after: cursor,
    ...query
  } = Object.fromEntries(new URL(request.path, "http://host").searchParams);
  return {
    ...query,
    ...(cursor !== undefined && { starting_after: Number(cursor) }),
    ...(stream === "true" && ({ stream: true } as object)), // the type of the streaming form differs in this alone
  };
}

const surfaces: Readonly<Record<string, Surface<OpenAI>>> = {
  "chat.completions": {
    path: "/chat/completions",
    rawChunks,
    call: (client, request) => client.chat.completions.create(request),
  },
  completions: { path: "/completions", rawChunks, call: (client, request) => client.completions.create(request) },
  responses: { path: "/responses", rawChunks, call: (client, request) => client.responses.create(request) },
  "responses.compact": {
    path: "/responses/compact",
    call: (client, request) => client.responses.compact(request),
  },
  "responses.retrieve": {
    path: /\/responses\/[^/]+$/,
    rawRequest: (cassette) => ({ ...storedQuery(cassette), response_id: storedId(cassette) }),
    rawChunks,
    call: (client, _, cassette) => client.responses.retrieve(storedId(cassette), storedQuery(cassette)),
  },
  assistants: {
    path: /\/threads\/[^/]+\/runs$/,
    rawRequest: (cassette) => ({ ...(cassette.request.body as object), thread_id: threadOf(cassette) }), // as recorded
    call: (client, request, cassette) => client.beta.threads.runs.create(threadOf(cassette), request),
  },
  embeddings: { path: "/embeddings", call: (client, request) => client.embeddings.create(request) },
  moderations: { path: "/moderations", call: (client, request) => client.moderations.create(request) },
  "images.generations": {
    path: "/images/generations",
    rawChunks,
    call: (client, request) => client.images.generate(request),
  },
  "images.edits": {
    path: "/images/edits",
    request: form,
    rawRequest,
    rawChunks,
    call: (client, request) => client.images.edit(request),
  },
  "images.variations": {
    path: "/images/variations",
    request: form,
    rawRequest,
    call: (client, request) => client.images.createVariation(request),
  },
  "audio.transcriptions": {
    path: "/audio/transcriptions",
    request: form,
    rawRequest,
    rawChunks,
    call: (client, request) => client.audio.transcriptions.create(request),
  },
  "audio.translations": {
    path: "/audio/translations",
    request: form,
    rawRequest,
    call: (client, request) => client.audio.translations.create(request),
  },
};

export const openai: RecordedClient<OpenAI> = {
  module: "openai",
  surfaces,
  untraced: {},
  create(cassette, replayUrl) {
    const path = surfaces[cassette.api]?.path ?? "";
    const route = recordedRoute(cassette);
    const base = typeof path === "string" ? route.slice(0, -path.length) : route.replace(path, "");
    const [, query = ""] = cassette.request.path.split("?");
    return new OpenAI({
      apiKey: "key",
      baseURL: `${recordedOrigin(cassette)}${base}`,
      defaultQuery: Object.fromEntries(new URLSearchParams(query)),
      maxRetries: 0,
      fetch: replayFetch(cassette, replayUrl),
    });
  },
  expected: expectedSpan,
};
