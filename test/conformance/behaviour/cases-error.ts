import { setTimeout as sleep } from "node:timers/promises";
import { type BehaviourCase, type CaseContext, CHAT_USAGE, MODEL } from "./case.ts";
import { type Description, describe, describeError, shape } from "./describe-value.ts";

const request: { model: string; messages: [{ role: "user"; content: string }] } = {
  model: MODEL,
  messages: [{ role: "user", content: "ERR" }],
};
const isBadRequest = (error: unknown, { library }: CaseContext): boolean => error instanceof library.BadRequestError;
const errorType = /^(invalid_request_error|BadRequestError|400)$/;

/** Calls that fail, or nearly. */
export const errorCases: readonly BehaviourCase[] = [
  {
    name: "chat_error",
    spans: 1,
    errorType,
    async run(context) {
      try {
        await context.client.chat.completions.create(request);
        return "did not reject";
      } catch (error) {
        return { error: describeError(error), badRequest: isBadRequest(error, context) };
      }
    },
  },
  {
    name: "chat_error_handledLate",
    extra: true,
    spans: 1,
    errorType,
    async run(context) {
      const promise = context.client.chat.completions.create(request);
      await sleep(40);
      return promise.then(
        () => "did not reject",
        (error: unknown) => ({ error: describeError(error), badRequest: isBadRequest(error, context) }),
      );
    },
  },
  {
    name: "chat_error_ignored",
    extra: true,
    spans: 1,
    errorType,
    async run({ client }) {
      void client.chat.completions.create(request);
      await sleep(40);
      return "ignored";
    },
  },
  {
    name: "chat_error_stream",
    extra: true,
    spans: 1,
    errorType,
    async run(context) {
      try {
        await context.client.chat.completions.create({ ...request, stream: true });
        return "did not reject";
      } catch (error) {
        return { error: describeError(error), badRequest: isBadRequest(error, context) };
      }
    },
  },
  {
    name: "chat_error_twoHandlers",
    extra: true,
    spans: 1,
    errorType,
    async run({ client }) {
      const promise = client.chat.completions.create(request);
      const errors = await Promise.all([1, 2].map(() => promise.catch((error: unknown) => error)));
      return { same: errors[0] === errors[1], error: describeError(errors[0]) };
    },
  },
  {
    name: "chat_retried",
    extra: true,
    spans: 1,
    usage: CHAT_USAGE,
    async run({ create }) {
      const client = create({ maxRetries: 1 });
      return describe(await client.chat.completions.create(prompt("RETRY")));
    },
  },
  {
    name: "chat_timeout",
    extra: true,
    spans: 1,
    errorType: /^(APIConnectionTimeoutError|timeout)$/,
    async run({ client }) {
      return rejection(client.chat.completions.create(prompt("HANG"), { timeout: 60 }));
    },
  },
  {
    name: "chat_signal",
    extra: true,
    spans: 1,
    errorType: /^APIUserAbortError$/,
    async run({ client }) {
      const controller = new AbortController();
      setTimeout(() => controller.abort(), 40);
      return rejection(client.chat.completions.create(prompt("HANG"), { signal: controller.signal }));
    },
  },
  {
    name: "chat_unreachable",
    extra: true,
    spans: 1,
    errorType: /^(APIConnectionError|ECONNREFUSED)$/,
    async run({ create }) {
      // Nothing listens on the discard port.
      return rejection(create({ baseURL: "http://127.0.0.1:9/v1" }).chat.completions.create(prompt("never sent")));
    },
  },
  {
    name: "chat_unserialisable",
    extra: true,
    spans: 1,
    errorType: /^TypeError$/,
    async run({ client }) {
      return rejection(client.chat.completions.create({ ...request, user: 1n as unknown as string })); // the fault
    },
  },
  {
    name: "chat_noArguments",
    extra: true,
    // The client throws before it makes a request: there is no call to speak of.
    spans: 0,
    async run({ client }) {
      const create = client.chat.completions.create as unknown as (this: unknown) => unknown; // the fault
      try {
        return { returned: shape(create.call(client.chat.completions)) };
      } catch (error) {
        return { threwAtOnce: describeError(error) };
      }
    },
  },
  {
    name: "chat_stream_cut",
    extra: true,
    spans: 1,
    streamed: true,
    errorType: /./,
    async run({ client }) {
      const stream = await client.chat.completions.create({ ...prompt("CUT"), stream: true });
      let chunks = 0;
      try {
        for await (const _ of stream) chunks++;
        return { chunks };
      } catch (error) {
        return { chunks, error: describeError(error) };
      }
    },
  },
];

const prompt = (content: string): typeof request => ({ model: MODEL, messages: [{ role: "user", content }] });

function rejection(promise: Promise<unknown>): Promise<Description> {
  return promise.then(
    () => "did not reject",
    (error: unknown) => describeError(error),
  );
}
