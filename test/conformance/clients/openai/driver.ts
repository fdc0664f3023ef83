import type OpenAI from "openai";
import type { Driver } from "../../behaviour/driver.ts";
import { requestOptions, stainless } from "../../behaviour/stainless.ts";
import { ask, CHAT_USAGE } from "./calls.ts";
import { chatCases } from "./cases-chat.ts";
import { chatStreamCases } from "./cases-chat-stream.ts";
import { clientCases } from "./cases-client.ts";
import { otherCases } from "./cases-other.ts";
import { responsesCases } from "./cases-responses.ts";
import { runCases } from "./cases-runs.ts";
import { replies } from "./replies.ts";

/** https://github.com/openai/openai-node */
export const openai: Driver<OpenAI, typeof import("openai")> = {
  name: "openai",
  module: "openai",
  installed: ["openai", "openai-6", "openai-5", "openai-4"],
  clientClass: (library) => library.OpenAI,
  ...stainless("OpenAIError", { since: 4, path: "/v1" }),
  chat: (client, given) => client.chat.completions.create(ask(given.prompt), requestOptions(given)),
  stream: (client, given) =>
    client.chat.completions.create({ ...ask(given.prompt), stream: true }, requestOptions(given)),
  embed: (client, { prompt }) => client.embeddings.create({ model: "text-embedding-3-small", input: prompt }),
  usage: { chat: CHAT_USAGE, embed: { input: 5 } },
  replies,
  cases: [...chatCases, ...chatStreamCases, ...responsesCases, ...runCases, ...otherCases, ...clientCases],
};
