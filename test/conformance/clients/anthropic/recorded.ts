/** How recordings of Anthropic are asked again. */
import Anthropic from "@anthropic-ai/sdk";
import type { RecordedClient, Surface } from "../../recordings/recorded-client.ts";
import { recordedOrigin, replayFetch } from "../../recordings/replay-fetch.ts";
import { responseObjects } from "../../recordings/response-objects.ts";
import { expectedSpan } from "./expected.ts";

const surfaces: Readonly<Record<string, Surface<Anthropic>>> = {
  messages: {
    path: "/v1/messages",
    // `ping` is the client's own affair, and a failure is thrown.
    rawChunks: (cassette) => responseObjects(cassette).filter(({ type }) => type !== "ping" && type !== "error"),
    call: (client, request) => client.messages.create(request),
  },
};

export const anthropic: RecordedClient<Anthropic> = {
  module: "@anthropic-ai/sdk",
  providers: ["anthropic"],
  surfaces,
  untraced: {
    "messages.count_tokens": "counting tokens is no call of a model",
    completions: "version 1 of the client has no text completions any more",
  },
  create: (cassette, replayUrl) =>
    new Anthropic({
      apiKey: "key",
      baseURL: recordedOrigin(cassette),
      maxRetries: 0,
      fetch: replayFetch(cassette, replayUrl),
    }),
  contentFields: [
    "thinking",
    "partial_json",
    "input",
    "cited_text",
    "data",
    "encrypted_content",
    "source",
    "signature",
  ],
  expected: expectedSpan,
};
