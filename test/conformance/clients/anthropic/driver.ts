import type Anthropic from "@anthropic-ai/sdk";
import { type BehaviourCase, PROMPT } from "../../behaviour/case.ts";
import { describeDeep, describeError, shape } from "../../behaviour/describe-value.ts";
import type { Driver } from "../../behaviour/driver.ts";
import { collect } from "../../behaviour/generic/chunks.ts";
import { requestOptions, stainless } from "../../behaviour/stainless.ts";
import { replies } from "./replies.ts";

type Library = typeof import("@anthropic-ai/sdk");

const usage = { input: 11, output: 7, cached: 3 };
const ask = (prompt: string): Anthropic.MessageCreateParamsNonStreaming => ({
  model: "claude-sonnet-5",
  max_tokens: 64,
  messages: [{ role: "user", content: prompt }],
});

/** https://github.com/anthropics/anthropic-sdk-typescript */
export const anthropic: Driver<Anthropic, Library> = {
  name: "anthropic",
  module: "@anthropic-ai/sdk",
  installed: ["@anthropic-ai/sdk", "anthropic-0"],
  clientClass: (library) => library.Anthropic,
  ...stainless("AnthropicError"),
  chat: (client, given) => client.messages.create(ask(given.prompt), requestOptions(given)),
  stream: (client, given) => client.messages.create({ ...ask(given.prompt), stream: true }, requestOptions(given)),
  streamHelper: (client, { prompt }) => client.messages.stream(ask(prompt)).finalMessage(),
  usage: { chat: usage, stream: usage },
  replies,
  cases: cases(),
};

function cases(): readonly BehaviourCase<Anthropic, Library>[] {
  return [
    {
      name: "chat_stream_helperEvents",
      spans: 1,
      streamed: true,
      usage,
      async run({ client }) {
        const runner = client.messages.stream(ask(PROMPT));
        const runnerShape = shape(runner);
        const events: string[] = [];
        for (const name of ["connect", "streamEvent", "text", "contentBlock", "message", "end"] as const) {
          runner.on(name, () => events.push(name));
        }
        await runner.done();
        return { runner: runnerShape, events, text: await runner.finalText() };
      },
    },
    {
      name: "chat_stream_helperAbort",
      spans: 1,
      streamed: true,
      leaves: true,
      usage: "any",
      async run({ client }) {
        const runner = client.messages.stream(ask(PROMPT));
        runner.on("streamEvent", () => runner.abort());
        return runner.done().then(() => "was not aborted", describeError);
      },
    },
    {
      name: "beta_chat",
      spans: 1,
      usage,
      run: async ({ client }) => describeDeep(await client.beta.messages.create(ask(PROMPT))),
    },
    {
      name: "beta_stream",
      spans: 1,
      streamed: true,
      usage,
      run: async ({ client }) => collect(await client.beta.messages.create({ ...ask(PROMPT), stream: true })),
    },
    {
      name: "beta_stream_helper",
      spans: 1,
      streamed: true,
      usage,
      run: async ({ client }) => describeDeep(await client.beta.messages.stream(ask(PROMPT)).finalMessage()),
    },
    {
      name: "client_withOptions",
      spans: 1,
      usage,
      async run({ client }) {
        const derived = client.withOptions({ timeout: 10_000 });
        return { derived: shape(derived), value: describeDeep(await derived.messages.create(ask(PROMPT))) };
      },
    },
  ];
}
