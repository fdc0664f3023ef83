import type Groq from "groq-sdk";
import type { Driver } from "../../behaviour/driver.ts";
import { ask, CHAT_USAGE, requestOptions } from "../openai/calls.ts";
import { replies } from "../openai/replies.ts";

/** https://github.com/groq/groq-typescript: OpenAI's forms, below `/openai`. */
export const groq: Driver<Groq, typeof import("groq-sdk")> = {
  name: "groq",
  module: "groq-sdk",
  installed: ["groq-sdk", "groq-sdk-0"],
  clientClass: (library) => library.Groq,
  options: ({ url, retries = 0, fetch }) => ({
    apiKey: "key",
    baseURL: url,
    maxRetries: retries,
    ...(fetch && { fetch }),
  }),
  understands: { fetch: 0, retries: 0, signal: 0, timeout: 0 },
  isStainless: true,
  chat: (client, given) => client.chat.completions.create(ask(given.prompt), requestOptions(given)),
  stream: (client, given) =>
    client.chat.completions.create({ ...ask(given.prompt), stream: true }, requestOptions(given)),
  abort: (streamed: { readonly controller: AbortController }) => streamed.controller.abort(),
  embed: (client, { prompt }) => client.embeddings.create({ model: "nomic-embed-text-v1_5", input: prompt }),
  usage: { chat: CHAT_USAGE, embed: { input: 5 } },
  errors: {
    refused: /^(invalid_request_error|BadRequestError|400)$/,
    unreachable: /^(APIConnectionError|ECONNREFUSED)$/,
    aborted: /^APIUserAbortError$/,
    timeout: /^(APIConnectionTimeoutError|timeout)$/,
  },
  errorClasses: ["GroqError", "APIError", "BadRequestError", "APIConnectionError", "APIUserAbortError"],
  replies: {
    ...replies,
    answer: ({ path, body }) => replies.answer({ path: path.replace(/^\/openai/, ""), body }),
  },
};
