import type { CohereClient, CohereClientV2 } from "cohere-ai";
import { PROMPT } from "../../behaviour/case.ts";
import { describeDeep } from "../../behaviour/describe-value.ts";
import type { Ask, Driver } from "../../behaviour/driver.ts";
import { replies } from "./replies.ts";

type Library = typeof import("cohere-ai");

const usage = { input: 11, output: 7 };
const model = "command-a-03-2025";
const requestOptions = ({ signal, timeoutMillis }: Ask) => ({
  ...(signal && { abortSignal: signal }),
  ...(timeoutMillis !== undefined && { timeoutInSeconds: timeoutMillis / 1_000 }),
});

const common = {
  module: "cohere-ai",
  installed: ["cohere-ai", "cohere-ai-7"],
  options: ({ url, retries = 0, fetch }) => ({
    token: "key",
    environment: url,
    maxRetries: retries,
    ...(fetch && { fetch }),
  }),
  understands: { fetch: 7, retries: 7, signal: 7, timeout: 7 },
  usage: { chat: usage, stream: usage, embed: { input: 5 } },
  errors: {
    refused: /^(BadRequestError|400)$/,
    unreachable: /^(CohereError|TypeError|ECONNREFUSED)$/,
    aborted: /^(AbortError|CohereError|Error)$/,
    timeout: /^(CohereTimeoutError|CohereError|timeout)$/,
  },
  errorClasses: ["CohereError", "CohereTimeoutError"],
  replies,
} satisfies Partial<Driver<object, Library>>;

/** https://github.com/cohere-ai/cohere-typescript: the client of version 2 of the API. */
export const cohere: Driver<CohereClientV2, Library> = {
  ...common,
  name: "cohere",
  clientClass: (library) => library.CohereClientV2,
  chat: (client, given) =>
    client.chat({ model, messages: [{ role: "user", content: given.prompt }] }, requestOptions(given)),
  stream: (client, given) =>
    client.chatStream({ model, messages: [{ role: "user", content: given.prompt }] }, requestOptions(given)),
  embed: (client, { prompt }) =>
    client.embed({ model: "embed-v4.0", texts: [prompt], inputType: "search_document", embeddingTypes: ["float"] }),
  unavailable: ["gen_ai.response.model"],
  cases: [
    {
      name: "rerank",
      spans: 1,
      run: async ({ client }) =>
        describeDeep(await client.rerank({ model: "rerank-v3.5", query: PROMPT, documents: ["one", "two"] })),
    },
  ],
};

/** The client of version 1, which the same package exports. */
export const cohereV1: Driver<CohereClient, Library> = {
  ...common,
  name: "cohere-v1",
  clientClass: (library) => library.CohereClient,
  chat: (client, given) => client.chat({ model, message: given.prompt }, requestOptions(given)),
  stream: (client, given) => client.chatStream({ model, message: given.prompt }, requestOptions(given)),
  embed: (client, { prompt }) =>
    client.embed({ model: "embed-english-v3.0", texts: [prompt], inputType: "search_document" }),
  unavailable: ["gen_ai.response.model"],
  cases: [
    {
      name: "classify",
      spans: 1,
      run: async ({ client }) => describeDeep(await client.classify({ model, inputs: [PROMPT], examples: [] })),
    },
  ],
};
