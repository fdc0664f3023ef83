/** Calls that fail, or nearly. */
import { getEventListeners } from "node:events";
import { type BehaviourCase, type CaseContext, HANGING, REFUSED, RETRIED } from "../case.ts";
import { type Description, describeDeep, describeError } from "../describe-value.ts";
import type { Driver } from "../driver.ts";
import { chunksOf, collectUntilError } from "./chunks.ts";

export function errorCases(driver: Driver): readonly BehaviourCase[] {
  const { errors, understands, usage } = driver;
  const chat = driver.chat.bind(driver);
  const refused = { spans: 1, errorType: errors.refused } as const;
  const seen = (error: unknown, { library }: CaseContext): Description => ({
    error: describeError(error),
    instanceOf: driver.errorClasses.filter((name) => isInstance(error, Reflect.get(library, name))),
  });
  return [
    {
      ...refused,
      name: "chat_error",
      run: (context) => rejection(chat(context.client, { prompt: REFUSED }), (error) => seen(error, context)),
    },
    {
      ...refused,
      name: "chat_error_handledLate",
      async run(context) {
        const promise = chat(context.client, { prompt: REFUSED });
        await context.unhandledRejection();
        return rejection(promise, (error) => seen(error, context));
      },
    },
    {
      ...refused,
      name: "chat_error_ignored",
      async run({ client, unhandledRejection }) {
        void chat(client, { prompt: REFUSED });
        await unhandledRejection();
        return "ignored";
      },
    },
    {
      ...refused,
      name: "chat_error_twoHandlers",
      async run({ client }) {
        const promise = chat(client, { prompt: REFUSED });
        const caught = (error: unknown): unknown => error;
        const errors = await Promise.all([promise.then(null, caught), promise.then(null, caught)]);
        return { same: errors[0] === errors[1], error: describeError(errors[0]) };
      },
    },
    ...streamedRefusal(driver, seen),
    {
      name: "chat_unreachable",
      spans: 1,
      errorType: errors.unreachable,
      run({ create }) {
        // Nothing listens on the discard port.
        return rejection(chat(create({ url: "http://127.0.0.1:9" }), { prompt: "never sent" }), describeError);
      },
    },
    ...when(understands.retries, {
      name: "chat_retried",
      spans: 1,
      usage: usage.chat,
      async run({ create }) {
        return describeDeep(await chat(create({ retries: 1 }), { prompt: RETRIED }));
      },
    }),
    ...when(understands.timeout, {
      name: "chat_timeout",
      spans: 1,
      errorType: errors.timeout,
      run: ({ client }) => rejection(chat(client, { prompt: HANGING, timeoutMillis: 60 }), describeError),
    }),
    ...when(understands.signal, {
      name: "chat_signal",
      spans: 1,
      errorType: errors.aborted,
      async run({ client }) {
        const controller = new AbortController();
        setTimeout(() => controller.abort(), 40);
        const { signal } = controller;
        const outcome = await rejection(chat(client, { prompt: HANGING, signal }), describeError);
        return { outcome, listeners: getEventListeners(signal, "abort").length };
      },
    }),
  ];
}

function streamedRefusal(
  driver: Driver,
  seen: (error: unknown, context: CaseContext) => Description,
): readonly BehaviourCase[] {
  const stream = driver.stream?.bind(driver);
  if (!stream) return [];
  return [
    {
      name: "chat_error_stream",
      spans: 1,
      errorType: driver.errors.refused,
      async run(context) {
        try {
          return await collectUntilError(chunksOf(driver, await stream(context.client, { prompt: REFUSED })));
        } catch (error) {
          return seen(error, context);
        }
      },
    },
  ];
}

const when = (since: number | undefined, behaviourCase: BehaviourCase): readonly BehaviourCase[] =>
  since === undefined ? [] : [{ ...behaviourCase, since }];

const isInstance = (error: unknown, candidate: unknown): boolean =>
  typeof candidate === "function" && error instanceof candidate;

export async function rejection(
  promise: PromiseLike<unknown>,
  describeIt: (error: unknown) => Description,
): Promise<Description> {
  return promise.then(
    () => "did not reject",
    (error: unknown) => describeIt(error),
  );
}
