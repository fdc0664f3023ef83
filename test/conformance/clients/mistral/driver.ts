import type { Mistral } from "@mistralai/mistralai";
import type { Ask, Driver } from "../../behaviour/driver.ts";
import { ask, mistralCases, usage } from "./cases.ts";
import { replies } from "./replies.ts";

const requestOptions = ({ signal, timeoutMillis }: Ask) => ({
  ...(signal && { fetchOptions: { signal } }),
  ...(timeoutMillis !== undefined && { timeoutMs: timeoutMillis }),
});

/** https://github.com/mistralai/client-ts */
export const mistral: Driver<Mistral, typeof import("@mistralai/mistralai")> = {
  name: "mistral",
  module: "@mistralai/mistralai",
  installed: ["@mistralai/mistralai", "mistralai-1"],
  clientClass: (library) => library.Mistral,
  options: ({ url, retries = 0, fetch }, library) => ({
    apiKey: "key",
    serverURL: url,
    ...(fetch && { httpClient: new library.HTTPClient({ fetcher: fetch }) }),
    retryConfig:
      retries === 0
        ? { strategy: "none" }
        : { strategy: "backoff", backoff: { initialInterval: 1, maxInterval: 5, exponent: 1, maxElapsedTime: 2_000 } },
  }),
  understands: { fetch: 1, retries: 1, signal: 1, timeout: 1 },
  chat: (client, given) => client.chat.complete(ask(given.prompt), requestOptions(given)),
  stream: (client, given) => client.chat.stream(ask(given.prompt), requestOptions(given)),
  embed: (client, { prompt }) => client.embeddings.create({ model: "mistral-embed", inputs: [prompt] }),
  usage: { chat: usage, stream: usage, embed: { input: 5 } },
  errors: {
    refused: /^(invalid_request_error|SDKError|MistralError|3051|400)$/,
    unreachable: /^(ConnectionError|ECONNREFUSED)$/,
    aborted: /^(RequestAbortedError|AbortError)$/,
    timeout: /^(RequestTimeoutError|timeout)$/,
  },
  errorClasses: [],
  replies,
  cases: mistralCases,
};
