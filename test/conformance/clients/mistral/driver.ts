import type { Mistral } from "@mistralai/mistralai";
import { PROMPT } from "../../behaviour/case.ts";
import { describeDeep } from "../../behaviour/describe-value.ts";
import type { Ask, Driver } from "../../behaviour/driver.ts";
import { collect } from "../../behaviour/generic/chunks.ts";
import { type Answer, type Json, type Replies, serverSentEvent } from "../../behaviour/replies.ts";

const usage = { input: 11, output: 7 };
const sentUsage = { prompt_tokens: 11, completion_tokens: 7, total_tokens: 18 };
const model = "mistral-small-latest";
const ask = (prompt: string) => ({ model, messages: [{ role: "user" as const, content: prompt }] });
const requestOptions = ({ signal, timeoutMillis }: Ask) => ({
  ...(signal && { fetchOptions: { signal } }),
  ...(timeoutMillis !== undefined && { timeoutMs: timeoutMillis }),
});

const head = (body: Json, object: string): object => ({
  id: "cmpl_1",
  object,
  created: 1_700_000_000,
  // That of an agent is not in the request.
  model: body["model"] ?? model,
});

function answer(body: Json): Answer {
  if (body["stream"] !== true) {
    const message = { role: "assistant", content: '{"a":1}', tool_calls: null };
    const choices = [{ index: 0, finish_reason: "stop", message }];
    return { body: { ...head(body, "chat.completion"), choices, usage: sentUsage } };
  }
  const chunk = (delta: object, more: object = {}, reason: string | null = null): string =>
    serverSentEvent({
      ...head(body, "chat.completion.chunk"),
      choices: [{ index: 0, delta, finish_reason: reason }],
      ...more,
    });
  return {
    events: [
      chunk({ role: "assistant", content: "" }),
      chunk({ content: '{"a' }),
      chunk({ content: '":1}' }),
      chunk({ content: "" }, { usage: sentUsage }, "stop"),
    ],
    end: "data: [DONE]\n\n",
  };
}

const replies: Replies = {
  answer({ path, body }) {
    if (/^\/v1\/(chat|fim|agents)\/completions$/.test(path)) return answer(body);
    if (path !== "/v1/embeddings") return undefined;
    const data = [{ object: "embedding", index: 0, embedding: [0.25, -0.5, 1] }];
    const embedUsage = { prompt_tokens: 5, completion_tokens: 0, total_tokens: 5 };
    return { body: { id: "emb_1", object: "list", model: body["model"], data, usage: embedUsage } };
  },
  error: { object: "error", message: "The prompt is not allowed.", type: "invalid_request_error", code: "3051" },
};

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
  cases: [
    {
      // The client makes its resources when they are first asked for, and a frozen one could not keep them.
      name: "client_frozen",
      spans: 1,
      usage,
      async run({ create }) {
        const client = create();
        void client.chat;
        return describeDeep(await Object.freeze(client).chat.complete(ask(PROMPT)));
      },
    },
    {
      name: "fim",
      spans: 1,
      usage,
      run: async ({ client }) => describeDeep(await client.fim.complete({ model: "codestral-latest", prompt: PROMPT })),
    },
    {
      name: "agents_stream",
      spans: 1,
      streamed: true,
      usage,
      run: async ({ client }) => {
        const { messages } = ask(PROMPT);
        return collect(await client.agents.stream({ agentId: "ag_1", messages }));
      },
    },
    {
      name: "fim_stream",
      spans: 1,
      streamed: true,
      usage,
      run: async ({ client }) => collect(await client.fim.stream({ model: "codestral-latest", prompt: PROMPT })),
    },
  ],
};
