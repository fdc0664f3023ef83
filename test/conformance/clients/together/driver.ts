import type Together from "together-ai";
import { PROMPT } from "../../behaviour/case.ts";
import { describe } from "../../behaviour/describe-value.ts";
import type { Driver } from "../../behaviour/driver.ts";
import { requestOptions, stainless } from "../../behaviour/stainless.ts";
import { ask, CHAT_USAGE } from "../openai/calls.ts";
import { replies } from "../openai/replies.ts";

/** https://github.com/togethercomputer/together-typescript: OpenAI's forms. */
export const together: Driver<Together, typeof import("together-ai")> = {
  name: "together",
  module: "together-ai",
  installed: ["together-ai"],
  clientClass: (library) => library.Together,
  ...stainless("TogetherError", { path: "/v1" }),
  chat: (client, given) => client.chat.completions.create(ask(given.prompt), requestOptions(given)),
  stream: (client, given) =>
    client.chat.completions.create({ ...ask(given.prompt), stream: true }, requestOptions(given)),
  streamHelper: (client, { prompt }) => client.chat.completions.stream(ask(prompt)).finalChatCompletion(),
  embed: (client, { prompt }) => client.embeddings.create({ model: "BAAI/bge-base-en-v1.5", input: prompt }),
  usage: { chat: CHAT_USAGE, embed: { input: 5 } },
  replies,
  cases: [
    {
      name: "video",
      spans: 1,
      run: async ({ client }) =>
        describe(await client.videos.create({ model: "ByteDance/Seedance-1.0-lite", prompt: PROMPT })),
    },
  ],
};
