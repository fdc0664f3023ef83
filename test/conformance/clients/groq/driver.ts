import type Groq from "groq-sdk";
import type { Driver } from "../../behaviour/driver.ts";
import { requestOptions, stainless } from "../../behaviour/stainless.ts";
import { ask, CHAT_USAGE } from "../openai/calls.ts";
import { replies } from "../openai/replies.ts";

/** https://github.com/groq/groq-typescript: OpenAI's forms, below `/openai`. */
export const groq: Driver<Groq, typeof import("groq-sdk")> = {
  name: "groq",
  module: "groq-sdk",
  installed: ["groq-sdk", "groq-sdk-0"],
  clientClass: (library) => library.Groq,
  ...stainless("GroqError"),
  chat: (client, given) => client.chat.completions.create(ask(given.prompt), requestOptions(given)),
  stream: (client, given) =>
    client.chat.completions.create({ ...ask(given.prompt), stream: true }, requestOptions(given)),
  embed: (client, { prompt }) => client.embeddings.create({ model: "nomic-embed-text-v1_5", input: prompt }),
  usage: { chat: CHAT_USAGE, embed: { input: 5 } },
  replies: {
    ...replies,
    answer: ({ path, body }) => replies.answer({ path: path.replace(/^\/openai/, ""), body }),
  },
};
