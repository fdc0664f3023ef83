import { describe, describeDeep, describeError, shape } from "../../behaviour/describe-value.ts";
import { collect } from "../../behaviour/generic/chunks.ts";
import { CHAT_USAGE, chatHelpers, chatRequest, type OpenAICase } from "./calls.ts";

const streamRequest = { ...chatRequest, stream: true } as const;

/** Streamed chat calls that only this client has, and its helpers. */
export const chatStreamCases: readonly OpenAICase[] = [
  {
    name: "chat_stream_nousage",
    spans: 1,
    streamed: true,
    async run({ client }) {
      const chunks = await collect(await client.chat.completions.create(streamRequest));
      return { count: chunks.length, chunks };
    },
  },
  {
    name: "chat_stream_usage",
    spans: 1,
    streamed: true,
    usage: CHAT_USAGE,
    async run({ client }) {
      const options = { include_usage: true };
      return collect(await client.chat.completions.create({ ...streamRequest, stream_options: options }));
    },
  },
  {
    name: "chat_stream_helper",
    spans: 1,
    streamed: true,
    async run(context) {
      const runner = chatHelpers(context).stream(chatRequest);
      const runnerShape = shape(runner);
      return { runner: runnerShape, completion: describeDeep(await runner.finalChatCompletion()) };
    },
  },
  {
    name: "chat_stream_helperEvents",
    spans: 1,
    streamed: true,
    usage: CHAT_USAGE,
    async run(context) {
      const runner = chatHelpers(context).stream({ ...chatRequest, stream_options: { include_usage: true } });
      const events: string[] = [];
      for (const name of ["connect", "chunk", "content", "message", "finalContent", "end"] as const) {
        runner.on(name, () => events.push(name));
      }
      await runner.done();
      return { events, usage: describe(await runner.totalUsage()) };
    },
  },
  {
    name: "chat_stream_helperAbort",
    spans: 1,
    streamed: true,
    leaves: true,
    async run(context) {
      const runner = chatHelpers(context).stream(chatRequest);
      runner.on("chunk", () => runner.abort());
      return runner.done().then(() => "was not aborted", describeError);
    },
  },
];
