import type { Ollama } from "ollama";
import { PROMPT } from "../../behaviour/case.ts";
import { describeDeep } from "../../behaviour/describe-value.ts";
import type { Driver } from "../../behaviour/driver.ts";
import { collect } from "../../behaviour/generic/chunks.ts";
import type { Json, Replies } from "../../behaviour/replies.ts";

const usage = { input: 11, output: 7 };
const ask = (prompt: string) => ({ model: "llama3", messages: [{ role: "user", content: prompt }] });
const timings = { total_duration: 5_000_000, load_duration: 1_000_000, prompt_eval_duration: 2_000_000 };

function part(body: Json, path: string, text: string, end?: object): object {
  const head = { model: body["model"], created_at: "2026-08-07T06:08:09.335586Z" };
  const answer = path === "/api/chat" ? { message: { role: "assistant", content: text } } : { response: text };
  return { ...head, ...answer, done: end !== undefined, ...end };
}
const end = { done_reason: "stop", ...timings, prompt_eval_count: 11, eval_count: 7, eval_duration: 2_000_000 };

const replies: Replies = {
  answer({ path, body }) {
    if (path === "/api/embed") {
      return { body: { model: body["model"], embeddings: [[0.25, -0.5, 1]], ...timings, prompt_eval_count: 5 } };
    }
    if (path === "/v1/systemone") {
      const answers = { is_polite: { type: "noul", noul: 0.75 } };
      return { body: { model: body["model"], answers, usage: { input_tokens: 11, output_tokens: 7 } } };
    }
    if (path !== "/api/chat" && path !== "/api/generate") return undefined;
    if (body["stream"] !== true) return { body: part(body, path, '{"a":1}', end) };
    const parts = [part(body, path, '{"a'), part(body, path, '":'), part(body, path, "1}"), part(body, path, "", end)];
    return {
      events: parts.map((event) => `${JSON.stringify(event)}\n`),
      contentType: "application/x-ndjson",
      failure: `${JSON.stringify({ error: "the model ran out of memory" })}\n`,
    };
  },
  tellsFailureInStream: true,
  error: { error: "the prompt is not allowed" },
};

/** https://github.com/ollama/ollama-js */
export const ollama: Driver<Ollama, typeof import("ollama")> = {
  name: "ollama",
  module: "ollama",
  installed: ["ollama"],
  clientClass: (library) => library.Ollama,
  options: ({ url, fetch }) => ({ host: url, ...(fetch && { fetch }) }),
  understands: { fetch: 0 },
  chat: (client, { prompt }) => client.chat(ask(prompt)),
  stream: (client, { prompt }) => client.chat({ ...ask(prompt), stream: true }),
  abort: (streamed: { abort(): void }) => streamed.abort(),
  forget: (client) => client.abort(),
  embed: (client, { prompt }) => client.embed({ model: "nomic-embed-text", input: prompt }),
  usage: { chat: usage, stream: usage, embed: { input: 5 } },
  unavailable: ["gen_ai.response.id"],
  errors: { refused: /^(ResponseError|400)$/, unreachable: /^(TypeError|ECONNREFUSED)$/ },
  errorClasses: [],
  replies,
  cases: [
    {
      // The client keeps every stream that was not read to its end, until `client.abort()`: it has to go as well.
      name: "chat_stream_abandoned",
      spans: 1,
      usage: "any",
      unread: true,
      async run({ create, collectGarbage }) {
        await create()
          .chat({ ...ask(PROMPT), stream: true })
          .then(() => {});
        await collectGarbage();
        return "never read";
      },
    },
    {
      name: "generate",
      spans: 1,
      usage,
      run: async ({ client }) => describeDeep(await client.generate({ model: "llama3", prompt: PROMPT })),
    },
    {
      name: "systemone",
      spans: 1,
      usage,
      async run({ client }) {
        const questions = { is_polite: { type: "noul" as const, instructions: "Is this polite?" } };
        return describeDeep(await client.systemone({ model: "system-one", state: PROMPT, questions }));
      },
    },
    {
      name: "generate_stream",
      spans: 1,
      streamed: true,
      usage,
      run: async ({ client }) => collect(await client.generate({ model: "llama3", prompt: PROMPT, stream: true })),
    },
  ],
};
