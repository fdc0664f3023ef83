import { describe, describeDeep, describeError, shape } from "../../behaviour/describe-value.ts";
import { CHAT_USAGE, chatHelpers, chatRequest, jsonSchema, type OpenAICase } from "./calls.ts";

/** Unstreamed chat calls that only this client has. */
export const chatCases: readonly OpenAICase[] = [
  {
    name: "chat_parse",
    spans: 1,
    usage: CHAT_USAGE,
    async run(context) {
      const promise = chatHelpers(context).parse({ ...chatRequest, response_format: jsonSchema });
      const promiseShape = shape(promise);
      return { promise: promiseShape, value: describeDeep(await promise) };
    },
  },
  {
    name: "chat_runTools",
    spans: 1,
    usage: CHAT_USAGE,
    async run(context) {
      const runner = chatHelpers(context).runTools({ ...chatRequest, tools: [clock] });
      const runnerShape = shape(runner);
      return { runner: runnerShape, content: describe(await runner.finalContent()) };
    },
  },
  {
    name: "chat_runTools_twoCalls",
    spans: 2,
    usage: CHAT_USAGE,
    async run(context) {
      const messages = [{ role: "user", content: "TOOL" }] as const;
      const runner = chatHelpers(context).runTools({ ...chatRequest, messages: [...messages], tools: [clock] });
      return { content: describe(await runner.finalContent()), messages: describe(runner.messages) };
    },
  },
  {
    name: "chat_unserialisable",
    spans: 1,
    errorType: /^TypeError$/,
    async run({ client }) {
      const request = { ...chatRequest, user: 1n as unknown as string }; // the fault
      return client.chat.completions.create(request).then(() => "did not reject", describeError);
    },
  },
  {
    name: "chat_noArguments",
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
];

const clock = {
  type: "function",
  function: {
    name: "clock",
    description: "Says the time",
    parameters: { type: "object", properties: {} },
    parse: JSON.parse,
    function: () => "noon",
  },
} as const;
