/** Calls that only Anthropic's client makes. */
import type Anthropic from "@anthropic-ai/sdk";
import { type BehaviourCase, PROMPT } from "../../behaviour/case.ts";
import { type Description, describeDeep, describeError, shape } from "../../behaviour/describe-value.ts";
import { collect } from "../../behaviour/generic/chunks.ts";

/** Tokens that replies.ts reports. */
export const usage = { input: 11, output: 7, cached: 3 };
export const ask = (prompt: string): Anthropic.MessageCreateParamsNonStreaming => ({
  model: "claude-sonnet-5",
  max_tokens: 64,
  messages: [{ role: "user", content: prompt }],
});

const tool = {
  name: "look",
  description: "Looks.",
  input_schema: { type: "object" as const },
  parse: (input: unknown) => input,
  run: () => "seen",
};

export const anthropicCases: readonly BehaviourCase<Anthropic, typeof import("@anthropic-ai/sdk")>[] = [
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
    name: "beta_toolRunner",
    spans: 2,
    usage,
    async run({ client }) {
      const request = { ...ask("TOOL"), tools: [tool] };
      const runner = client.beta.messages.toolRunner(request);
      const messages = await collect(runner);
      return { runner: shape(runner), messages, last: describeDeep(await runner.done()) };
    },
  },
  {
    name: "beta_toolRunner_stream",
    spans: 1,
    usage,
    streamed: true,
    async run({ client }) {
      const runner = client.beta.messages.toolRunner({ ...ask(PROMPT), tools: [tool], stream: true });
      const answers: Description[] = [];
      for await (const stream of runner) answers.push(describeDeep(await stream.finalMessage()));
      return { answers };
    },
  },
  {
    name: "beta_thread",
    spans: 2,
    since: 1,
    usage,
    async run({ client }) {
      const { messages: said, ...settings } = ask(PROMPT);
      const thread = client.beta.messages.thread(settings);
      const promise = thread.send(said);
      const first = { promise: shape(promise), value: describeDeep(await promise) };
      return { first, second: describeDeep(await thread.send(said)), messages: describeDeep(thread.messages) };
    },
  },
  {
    name: "beta_thread_stream",
    spans: 1,
    since: 1,
    streamed: true,
    usage,
    async run({ client }) {
      const { messages: said, ...settings } = ask(PROMPT);
      const thread = client.beta.messages.thread(settings);
      const stream = thread.stream(said);
      return { stream: shape(stream), message: describeDeep(await stream.finalMessage()) };
    },
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
