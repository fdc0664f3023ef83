import { setTimeout as sleep } from "node:timers/promises";
import { type BehaviourCase, type CaseContext, MODEL } from "./case.ts";
import { describeError } from "./describe-value.ts";

const request: { model: string; messages: [{ role: "user"; content: string }] } = {
  model: MODEL,
  messages: [{ role: "user", content: "ERR" }],
};
const isBadRequest = (error: unknown, { library }: CaseContext): boolean => error instanceof library.BadRequestError;
const errorType = /^(invalid_request_error|BadRequestError|400)$/;

/** Calls that the server refuses with status 400. */
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
];
