import type Anthropic from "@anthropic-ai/sdk";
import type { Driver } from "../../behaviour/driver.ts";
import { requestOptions, stainless } from "../../behaviour/stainless.ts";
import { anthropicCases, ask, usage } from "./cases.ts";
import { replies } from "./replies.ts";

/** https://github.com/anthropics/anthropic-sdk-typescript */
export const anthropic: Driver<Anthropic, typeof import("@anthropic-ai/sdk")> = {
  name: "anthropic",
  module: "@anthropic-ai/sdk",
  installed: ["@anthropic-ai/sdk", "anthropic-0"],
  clientClass: (library) => library.Anthropic,
  ...stainless("AnthropicError"),
  chat: (client, given) => client.messages.create(ask(given.prompt), requestOptions(given)),
  stream: (client, given) => client.messages.create({ ...ask(given.prompt), stream: true }, requestOptions(given)),
  streamHelper: (client, { prompt }) => client.messages.stream(ask(prompt)).finalMessage(),
  usage: { chat: usage, stream: usage },
  ownSpans: /^anthropic\.(messages\.tool_runner|custom_tool_use)/,
  replies,
  cases: anthropicCases,
};
