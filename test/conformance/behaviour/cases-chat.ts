import { type BehaviourCase, CHAT_USAGE, chatRequest } from "./case.ts";
import { describe, describeResponse, shape } from "./describe-value.ts";

const jsonSchema = {
  type: "json_schema",
  json_schema: {
    name: "answer",
    schema: { type: "object", properties: { a: { type: "number" } }, required: ["a"], additionalProperties: false },
  },
} as const;

/** Unstreamed chat calls. */
export const chatCases: readonly BehaviourCase[] = [
  {
    name: "chat",
    spans: 1,
    usage: CHAT_USAGE,
    async run({ client }) {
      const promise = client.chat.completions.create(chatRequest);
      const promiseShape = shape(promise);
      const value = await promise;
      return { promise: promiseShape, value: describe(value), total: value.usage?.total_tokens ?? null };
    },
  },
  {
    name: "chat_withResponse",
    spans: 1,
    usage: CHAT_USAGE,
    async run({ client }) {
      const result = await client.chat.completions.create(chatRequest).withResponse();
      return {
        keys: Object.keys(result),
        data: describe(result.data),
        response: describeResponse(result.response),
        requestId: result.request_id,
      };
    },
  },
  {
    name: "chat_asResponse",
    spans: 1,
    unread: true,
    async run({ client }) {
      const response = await client.chat.completions.create(chatRequest).asResponse();
      return { response: describeResponse(response), body: describe(await response.json()) };
    },
  },
  {
    name: "chat_parse",
    spans: 1,
    usage: CHAT_USAGE,
    async run({ chatHelpers }) {
      const promise = chatHelpers.parse({ ...chatRequest, response_format: jsonSchema });
      const promiseShape = shape(promise);
      return { promise: promiseShape, value: describe(await promise) };
    },
  },
  {
    name: "chat_runTools",
    spans: 1,
    usage: CHAT_USAGE,
    async run({ chatHelpers }) {
      const runner = chatHelpers.runTools({ ...chatRequest, tools: [clock] });
      const runnerShape = shape(runner);
      return { runner: runnerShape, content: describe(await runner.finalContent()) };
    },
  },
  {
    name: "chat_runTools_twoCalls",
    extra: true,
    spans: 2,
    usage: CHAT_USAGE,
    async run({ chatHelpers }) {
      const messages = [{ role: "user", content: "TOOL" }] as const;
      const runner = chatHelpers.runTools({ ...chatRequest, messages: [...messages], tools: [clock] });
      return { content: describe(await runner.finalContent()), messages: describe(runner.messages) };
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
