/** Streamed calls that are read to their end, or not at all. */
import { type BehaviourCase, CUT, FAILING_STREAM, PROMPT } from "../case.ts";
import { describeDeep, shape } from "../describe-value.ts";
import type { Driver } from "../driver.ts";
import { chunksOf, collect, collectUntilError } from "./chunks.ts";

export function streamCases(driver: Driver): readonly BehaviourCase[] {
  const { streamHelper, usage } = driver;
  const stream = driver.stream?.bind(driver);
  if (!stream) return [];
  return [
    {
      name: "chat_stream",
      spans: 1,
      streamed: true,
      usage: usage.stream,
      async run({ client }) {
        const promise = stream(client, { prompt: PROMPT });
        const promiseShape = shape(promise);
        const streamed = await promise;
        const before = [shape(streamed), shape(chunksOf(driver, streamed))];
        const chunks = await collect(chunksOf(driver, streamed));
        return { promise: promiseShape, before, chunks, after: shape(streamed) };
      },
    },
    {
      name: "chat_stream_twice",
      spans: 1,
      streamed: true,
      usage: usage.stream,
      async run({ client }) {
        const streamed = await stream(client, { prompt: PROMPT });
        const first = await collect(chunksOf(driver, streamed));
        return { first, second: await collectUntilError(chunksOf(driver, streamed)) };
      },
    },
    {
      name: "chat_stream_cut",
      spans: 1,
      streamed: true,
      usage: "any",
      errorType: "as seen",
      run: async ({ client }) => collectUntilError(chunksOf(driver, await stream(client, { prompt: CUT }))),
    },
    ...(canFail(driver)
      ? [
          {
            name: "chat_stream_failure",
            spans: 1,
            streamed: true,
            usage: "any",
            errorType: "as seen",
            run: async ({ client }) =>
              collectUntilError(chunksOf(driver, await stream(client, { prompt: FAILING_STREAM }))),
          } satisfies BehaviourCase,
        ]
      : []),
    {
      name: "chat_stream_abandoned",
      spans: 1,
      usage: "any",
      unread: true,
      async run({ client, collectGarbage }) {
        await stream(client, { prompt: PROMPT }).then(() => {});
        await collectGarbage();
        return "never read";
      },
    },
    ...(streamHelper
      ? [
          {
            name: "chat_stream_helper",
            spans: 1,
            streamed: true,
            usage: usage.stream,
            run: async ({ client }) => describeDeep(await streamHelper.call(driver, client, { prompt: PROMPT })),
          } satisfies BehaviourCase,
        ]
      : []),
  ];
}

/** Whether the provider has a way to tell of a failure in mid-stream. */
function canFail({ replies }: Driver): boolean {
  return replies.tellsFailureInStream === true;
}
