/** How recordings of the Gemini API and of Vertex AI are asked again. */
import { GoogleGenAI } from "@google/genai";
import type { RecordedClient, Surface } from "../../recordings/recorded-client.ts";
import { recordedOrigin, recordedRoute, replayFetch } from "../../recordings/replay-fetch.ts";
import { expectedSpan } from "./expected.ts";
import { embedContentParameters, generateContentParameters, isVertex } from "./wire.ts";

/** `processAfcStream` and `embedContent` hand on what they were given with fields of their own. */
const surfaces: Readonly<Record<string, Surface<GoogleGenAI>>> = {
  generateContent: {
    path: ":generateContent",
    request: generateContentParameters,
    call: (client, request) => client.models.generateContent(request),
  },
  streamGenerateContent: {
    path: ":streamGenerateContent",
    request: generateContentParameters,
    call: (client, request) => client.models.generateContentStream(request),
  },
  batchEmbedContents: {
    path: ":batchEmbedContents",
    request: embedContentParameters,
    call: (client, request) => client.models.embedContent(request),
  },
  embedContent: {
    path: ":embedContent",
    request: embedContentParameters,
    call: (client, request) => client.models.embedContent(request),
  },
  interactions: {
    path: "/interactions",
    call: (client, request) => client.interactions.create(request),
  },
};

export const googleGenAI: RecordedClient<GoogleGenAI> = {
  module: "@google/genai",
  providers: ["google-genai", "google-vertex"],
  surfaces,
  untraced: {
    countTokens: "counts tokens and calls no model",
    cachedContents: "stores a prompt and calls no model",
  },
  refuses(cassette) {
    const { tags, api } = cassette;
    if (tags.includes("json-array-stream")) return "without alt=sse: this client always asks for server-sent events";
    const isSingle = api === "embedContent" && !isVertex(cassette);
    return isSingle ? "this client asks the Gemini API for embeddings in batches" : undefined;
  },
  create(cassette, replayUrl) {
    const [, apiVersion = "v1beta"] = recordedRoute(cassette).split("/");
    const fetch = replayFetch(cassette, replayUrl);
    const httpOptions = { apiVersion, baseUrl: recordedOrigin(cassette), fetch };
    if (!isVertex(cassette)) return new GoogleGenAI({ apiKey: "key", httpOptions });
    const [, project = "", location = ""] = /projects\/([^/]+)\/locations\/([^/]+)/.exec(recordedRoute(cassette)) ?? [];
    const authClient = { getRequestHeaders: async () => new Headers(), request: async () => ({}) };
    // Only what the client asks of an authentication client is there.
    const googleAuthOptions = { authClient: authClient as never };
    return new GoogleGenAI({ vertexai: true, project, location, httpOptions, googleAuthOptions });
  },
  checksFirst: true,
  contentFields: ["args", "output", "code", "result", "response"],
  expected: expectedSpan,
};
