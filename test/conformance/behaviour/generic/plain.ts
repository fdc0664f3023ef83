/** Unstreamed calls that succeed. */
import { type BehaviourCase, PROMPT } from "../case.ts";
import { describeDeep, shape } from "../describe-value.ts";
import type { Driver } from "../driver.ts";

export function plainCases(driver: Driver): readonly BehaviourCase[] {
  const { chat, embed, parse, usage } = driver;
  return [
    {
      name: "chat",
      spans: 1,
      usage: usage.chat,
      async run({ client }) {
        const promise = chat.call(driver, client, { prompt: PROMPT });
        const promiseShape = shape(promise);
        return { promise: promiseShape, value: describeDeep(await promise) };
      },
    },
    {
      name: "chat_order",
      spans: 1,
      usage: usage.chat,
      async run({ client }) {
        const order: string[] = [];
        const promise = chat.call(driver, client, { prompt: PROMPT });
        order.push("returned");
        queueMicrotask(() => order.push("microtask"));
        await new Promise<void>((resolve) => {
          void promise.then(() => {
            order.push("first handler");
            queueMicrotask(() => order.push("its microtask"));
          });
          void promise.then(() => {
            order.push("second handler");
            resolve();
          });
        });
        return order;
      },
    },
    {
      name: "chat_twoAtOnce",
      spans: 2,
      usage: usage.chat,
      async run({ client }) {
        const call = (): PromiseLike<unknown> => chat.call(driver, client, { prompt: PROMPT });
        return describeDeep(await Promise.all([call(), call()]));
      },
    },
    {
      name: "chat_manyAtOnce",
      spans: ({ callsAtOnce }) => callsAtOnce,
      usage: usage.chat,
      async run({ client, scale }) {
        const calls = Array.from({ length: scale.callsAtOnce }, () => chat.call(driver, client, { prompt: PROMPT }));
        const values = await Promise.all(calls);
        const different = new Set(values.map((value) => JSON.stringify(describeDeep(value))));
        return { calls: values.length, objects: new Set(values).size, different: [...different] };
      },
    },
    {
      name: "chat_awaitedTwice",
      spans: 1,
      usage: usage.chat,
      async run({ client }) {
        const promise = chat.call(driver, client, { prompt: PROMPT });
        const [first, second] = [await promise, await promise];
        return { same: first === second, promise: shape(promise), value: describeDeep(first) };
      },
    },
    {
      name: "chat_abandoned",
      spans: 1,
      usage: "any",
      unread: true,
      async run({ client, collectGarbage }) {
        void chat.call(driver, client, { prompt: PROMPT });
        await collectGarbage();
        return "never awaited";
      },
    },
    ...(parse ? [parseCase(driver, parse)] : []),
    ...(embed ? [embedCase(driver, embed)] : []),
  ];
}

const parseCase = (driver: Driver, parse: NonNullable<Driver["parse"]>): BehaviourCase => ({
  name: "chat_parse",
  spans: 1,
  usage: driver.usage.chat,
  async run({ client }) {
    const promise = parse.call(driver, client, { prompt: PROMPT });
    const promiseShape = shape(promise);
    return { promise: promiseShape, value: describeDeep(await promise) };
  },
});

const embedCase = (driver: Driver, embed: NonNullable<Driver["embed"]>): BehaviourCase => ({
  name: "embed",
  spans: 1,
  usage: driver.usage.embed,
  async run({ client }) {
    const promise = embed.call(driver, client, { prompt: PROMPT });
    const promiseShape = shape(promise);
    return { promise: promiseShape, value: describeDeep(await promise) };
  },
});
