/** Streams that the application leaves before their end. The server must not send more of them than to a bare client. */
import { getEventListeners } from "node:events";
import { type BehaviourCase, HANGING, PROMPT } from "../case.ts";
import { type Description, describeDeep, describeError, shape } from "../describe-value.ts";
import type { Driver } from "../driver.ts";
import { chunksOf, collectUntilError } from "./chunks.ts";

const left = { spans: 1, streamed: true, leaves: true, usage: "any" } as const;

export function stopCases(driver: Driver): readonly BehaviourCase[] {
  const stream = driver.stream?.bind(driver);
  if (!stream) return [];
  const abort = driver.abort?.bind(driver);
  const { understands } = driver;
  return [
    {
      ...left,
      name: "chat_stream_break",
      async run({ client }) {
        const chunks: Description[] = [];
        for await (const chunk of chunksOf(driver, await stream(client, { prompt: PROMPT }))) {
          chunks.push(describeDeep(chunk));
          break;
        }
        return chunks;
      },
    },
    {
      ...left,
      name: "chat_stream_throw",
      async run({ client }) {
        const streamed = await stream(client, { prompt: PROMPT });
        try {
          for await (const _ of chunksOf(driver, streamed)) throw new RangeError("the application fails");
          return "no chunk came";
        } catch (error) {
          return { own: describeError(error) };
        }
      },
    },
    {
      ...left,
      name: "chat_stream_byHand",
      async run({ client }) {
        const chunks = chunksOf(driver, await stream(client, { prompt: PROMPT }));
        const iterator = chunks[Symbol.asyncIterator]();
        const first = describeDeep(await iterator.next());
        const returned = iterator.return ? describeDeep(await iterator.return()) : "has no return()";
        const after = iterator.return ? describeDeep(await iterator.next()) : "left open";
        return { iterator: shape(iterator), first, returned, after };
      },
    },
    {
      ...left,
      name: "chat_stream_asyncDispose",
      async run({ client }) {
        const chunks = chunksOf(driver, await stream(client, { prompt: PROMPT }));
        const iterator = chunks[Symbol.asyncIterator]();
        const first = describeDeep(await iterator.next());
        const dispose: unknown = Reflect.get(iterator, Symbol.asyncDispose);
        if (typeof dispose === "function") await dispose.call(iterator);
        else await iterator.return?.();
        return { onIterator: shape(dispose), onStream: shape(Reflect.get(chunks, Symbol.asyncDispose)), first };
      },
    },
    ...(abort ? abortCases(driver, stream, abort) : []),
    ...signalCases(driver, stream).map((made) => ({ ...made, since: understands.signal ?? Number.POSITIVE_INFINITY })),
  ];
}

type Stream = NonNullable<Driver["stream"]>;

const abortCases = (driver: Driver, stream: Stream, abort: (streamed: never) => void): readonly BehaviourCase[] => [
  {
    ...left,
    name: "chat_stream_abort",
    async run({ client }) {
      const streamed = await stream(client, { prompt: PROMPT });
      const chunks: Description[] = [];
      try {
        for await (const chunk of chunksOf(driver, streamed)) {
          chunks.push(describeDeep(chunk));
          abort(streamed as never); // the driver knows what it made
        }
        return { chunks };
      } catch (error) {
        return { chunks, error: describeError(error) };
      }
    },
  },
  {
    ...left,
    name: "chat_stream_abortUnread",
    streamed: false,
    unread: true,
    async run({ client, collectGarbage }) {
      await stream(client, { prompt: PROMPT }).then((streamed) => abort(streamed as never)); // as above
      await collectGarbage();
      return "stopped before it was read";
    },
  },
];

const signalCases = (driver: Driver, stream: Stream): readonly BehaviourCase[] => [
  {
    ...left,
    name: "chat_stream_signal",
    async run({ client }) {
      const controller = new AbortController();
      const streamed = await stream(client, { prompt: PROMPT, signal: controller.signal });
      const chunks: Description[] = [];
      try {
        for await (const chunk of chunksOf(driver, streamed)) {
          chunks.push(describeDeep(chunk));
          controller.abort();
        }
        return { chunks, listeners: getEventListeners(controller.signal, "abort").length };
      } catch (error) {
        return { chunks, error: describeError(error) };
      }
    },
  },
  {
    ...left,
    name: "chat_stream_signalFirst",
    unread: true,
    streamed: false,
    errorType: "as seen",
    async run({ client }) {
      const controller = new AbortController();
      setTimeout(() => controller.abort(), 40);
      try {
        const streamed = await stream(client, { prompt: HANGING, signal: controller.signal });
        return await collectUntilError(chunksOf(driver, streamed));
      } catch (error) {
        return { error: describeError(error), listeners: getEventListeners(controller.signal, "abort").length };
      }
    },
  },
];
