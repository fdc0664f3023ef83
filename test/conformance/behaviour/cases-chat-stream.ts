import { type BehaviourCase, CHAT_USAGE, chatRequest } from "./case.ts";
import { type Description, describe, describeError, describeResponse, shape } from "./describe-value.ts";

const streamRequest = { ...chatRequest, stream: true } as const;

async function collect(stream: AsyncIterable<unknown>): Promise<Description[]> {
  const chunks: Description[] = [];
  for await (const chunk of stream) chunks.push(describe(chunk));
  return chunks;
}

/** Streamed chat calls, and the ways of reading a stream. */
export const chatStreamCases: readonly BehaviourCase[] = [
  {
    name: "chat_stream_nousage",
    spans: 1,
    streamed: true,
    async run({ client }) {
      const promise = client.chat.completions.create(streamRequest);
      const promiseShape = shape(promise);
      const stream = await promise;
      const before = shape(stream);
      return { promise: promiseShape, before, chunks: await collect(stream), after: shape(stream) };
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
    name: "chat_stream_withResponse",
    spans: 1,
    streamed: true,
    async run({ client }) {
      const { data, response, request_id } = await client.chat.completions.create(streamRequest).withResponse();
      const shapes = { data: shape(data), response: describeResponse(response) };
      return { ...shapes, requestId: request_id, chunks: await collect(data) };
    },
  },
  {
    name: "chat_stream_tee",
    spans: 1,
    streamed: true,
    async run({ client }) {
      const stream = await client.chat.completions.create(streamRequest);
      const halves = stream.tee();
      return { shapes: halves.map(shape), chunks: await Promise.all(halves.map(collect)) };
    },
  },
  {
    name: "chat_stream_toReadable",
    spans: 1,
    streamed: true,
    async run({ client }) {
      const stream = await client.chat.completions.create(streamRequest);
      const reader = stream.toReadableStream().getReader();
      const reads: string[] = [];
      for (let read = await reader.read(); !read.done; read = await reader.read()) {
        reads.push(new TextDecoder().decode(read.value as Uint8Array)); // openai types the stream's chunks as unknown
      }
      return { reads, controller: shape(stream.controller) };
    },
  },
  {
    name: "chat_stream_break",
    spans: 1,
    streamed: true,
    leaves: true,
    async run({ client }) {
      const stream = await client.chat.completions.create(streamRequest);
      const chunks: Description[] = [];
      for await (const chunk of stream) {
        chunks.push(describe(chunk));
        break;
      }
      return { chunks, aborted: stream.controller.signal.aborted };
    },
  },
  {
    name: "chat_stream_abort",
    spans: 1,
    streamed: true,
    leaves: true,
    async run({ client }) {
      const stream = await client.chat.completions.create(streamRequest);
      const chunks: Description[] = [];
      for await (const chunk of stream) {
        chunks.push(describe(chunk));
        stream.controller.abort();
      }
      return { chunks, aborted: stream.controller.signal.aborted };
    },
  },
  {
    name: "chat_stream_throw",
    extra: true,
    spans: 1,
    streamed: true,
    leaves: true,
    async run({ client }) {
      for await (const chunk of await client.chat.completions.create(streamRequest)) {
        throw new RangeError(`the application fails at ${chunk.id}`);
      }
      return "no chunk came";
    },
  },
  {
    name: "chat_stream_twice",
    extra: true,
    spans: 1,
    streamed: true,
    async run({ client }) {
      const stream = await client.chat.completions.create(streamRequest);
      const first = await collect(stream);
      return { first, second: await collect(stream) };
    },
  },
  {
    name: "chat_stream_helper",
    spans: 1,
    streamed: true,
    async run({ chatHelpers }) {
      const runner = chatHelpers.stream(chatRequest);
      const runnerShape = shape(runner);
      return { runner: runnerShape, completion: describe(await runner.finalChatCompletion()) };
    },
  },
  {
    name: "chat_stream_byHand",
    extra: true,
    spans: 1,
    streamed: true,
    leaves: true,
    async run({ client }) {
      const stream = await client.chat.completions.create(streamRequest);
      const iterator = stream[Symbol.asyncIterator]();
      const first = await iterator.next();
      const returned = await iterator.return?.();
      return {
        iterator: shape(iterator),
        first: describe(first),
        returned: describe(returned),
        after: describe(await iterator.next()),
      };
    },
  },
  {
    name: "chat_stream_asResponse",
    extra: true,
    spans: 1,
    unread: true,
    async run({ client }) {
      const response = await client.chat.completions.create(streamRequest).asResponse();
      return { response: describeResponse(response), body: await response.text() };
    },
  },
  {
    name: "chat_stream_helperEvents",
    extra: true,
    spans: 1,
    streamed: true,
    usage: CHAT_USAGE,
    async run({ chatHelpers }) {
      const runner = chatHelpers.stream({ ...chatRequest, stream_options: { include_usage: true } });
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
    extra: true,
    spans: 1,
    streamed: true,
    leaves: true,
    async run({ chatHelpers }) {
      const runner = chatHelpers.stream(chatRequest);
      runner.on("chunk", () => runner.abort());
      return runner.done().then(
        () => "was not aborted",
        (error: unknown) => describeError(error),
      );
    },
  },
];
