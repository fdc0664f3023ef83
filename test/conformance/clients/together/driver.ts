import type Together from "together-ai";
import type { Driver } from "../../behaviour/driver.ts";
import { ask, CHAT_USAGE, requestOptions } from "../openai/calls.ts";
import { replies } from "../openai/replies.ts";

/** https://github.com/togethercomputer/together-typescript: OpenAI's forms. */
export const together: Driver<Together, typeof import("together-ai")> = {
  name: "together",
  module: "together-ai",
  installed: ["together-ai"],
  clientClass: (library) => library.Together,
  options: ({ url, retries = 0, fetch }) => ({
    apiKey: "key",
    baseURL: `${url}/v1`,
    maxRetries: retries,
    ...(fetch && { fetch }),
  }),
  understands: { fetch: 0, retries: 0, signal: 0, timeout: 0 },
  isStainless: true,
  chat: (client, given) => client.chat.completions.create(ask(given.prompt), requestOptions(given)),
  stream: (client, given) =>
    client.chat.completions.create({ ...ask(given.prompt), stream: true }, requestOptions(given)),
  abort: (streamed: { readonly controller: AbortController }) => streamed.controller.abort(),
  streamHelper: (client, { prompt }) => client.chat.completions.stream(ask(prompt)).finalChatCompletion(),
  embed: (client, { prompt }) => client.embeddings.create({ model: "BAAI/bge-base-en-v1.5", input: prompt }),
  usage: { chat: CHAT_USAGE, embed: { input: 5 } },
  errors: {
    refused: /^(invalid_request_error|BadRequestError|400)$/,
    unreachable: /^(APIConnectionError|ECONNREFUSED)$/,
    aborted: /^APIUserAbortError$/,
    timeout: /^(APIConnectionTimeoutError|timeout)$/,
  },
  errorClasses: ["TogetherError", "APIError", "BadRequestError", "APIConnectionError", "APIUserAbortError"],
  replies,
};
