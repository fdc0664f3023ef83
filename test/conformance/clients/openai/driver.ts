import type OpenAI from "openai";
import type { Driver } from "../../behaviour/driver.ts";
import { ask, CHAT_USAGE, requestOptions } from "./calls.ts";
import { chatCases } from "./cases-chat.ts";
import { chatStreamCases } from "./cases-chat-stream.ts";
import { clientCases } from "./cases-client.ts";
import { otherCases } from "./cases-other.ts";
import { responsesCases } from "./cases-responses.ts";
import { replies } from "./replies.ts";

/** https://github.com/openai/openai-node */
export const openai: Driver<OpenAI, typeof import("openai")> = {
  name: "openai",
  module: "openai",
  installed: ["openai", "openai-6", "openai-5", "openai-4"],
  clientClass: (library) => library.OpenAI,
  options: ({ url, retries = 0, fetch }) => ({
    apiKey: "key",
    baseURL: `${url}/v1`,
    maxRetries: retries,
    ...(fetch && { fetch }),
  }),
  understands: { fetch: 4, retries: 4, signal: 4, timeout: 4 },
  isStainless: true,
  chat: (client, given) => client.chat.completions.create(ask(given.prompt), requestOptions(given)),
  stream: (client, given) =>
    client.chat.completions.create({ ...ask(given.prompt), stream: true }, requestOptions(given)),
  abort: (streamed: { readonly controller: AbortController }) => streamed.controller.abort(),
  embed: (client, { prompt }) => client.embeddings.create({ model: "text-embedding-3-small", input: prompt }),
  usage: { chat: CHAT_USAGE, embed: { input: 5 } },
  errors: {
    refused: /^(invalid_request_error|BadRequestError|400)$/,
    unreachable: /^(APIConnectionError|ECONNREFUSED)$/,
    aborted: /^APIUserAbortError$/,
    timeout: /^(APIConnectionTimeoutError|timeout)$/,
  },
  errorClasses: ["OpenAIError", "APIError", "BadRequestError", "APIConnectionError", "APIUserAbortError"],
  replies,
  cases: [...chatCases, ...chatStreamCases, ...responsesCases, ...otherCases, ...clientCases],
};
