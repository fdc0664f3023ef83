import { MODEL, PROMPT } from "../../behaviour/case.ts";
import { type Description, describe, describeResponse, shape } from "../../behaviour/describe-value.ts";

import { CHAT_USAGE, type OpenAICase } from "./calls.ts";

const request = { model: MODEL, input: PROMPT };

/** The Responses API. */
export const responsesCases: readonly OpenAICase[] = [
  {
    name: "resp",
    spans: 1,
    usage: CHAT_USAGE,
    async run({ client }) {
      const promise = client.responses.create(request);
      const promiseShape = shape(promise);
      const value = await promise;
      return { promise: promiseShape, value: describe(value), text: value.output_text };
    },
  },
  {
    name: "resp_withResponse",
    spans: 1,
    usage: CHAT_USAGE,
    async run({ client }) {
      const { data, response, request_id } = await client.responses.create(request).withResponse();
      return { data: describe(data), response: describeResponse(response), requestId: request_id };
    },
  },
  {
    name: "resp_parse",
    spans: 1,
    usage: CHAT_USAGE,
    async run({ client }) {
      const promise = client.responses.parse(request);
      const promiseShape = shape(promise);
      return { promise: promiseShape, value: describe(await promise) };
    },
  },
  {
    name: "resp_stream",
    spans: 1,
    streamed: true,
    usage: CHAT_USAGE,
    async run({ client }) {
      const stream = await client.responses.create({ ...request, stream: true });
      const before = shape(stream);
      const events: Description[] = [];
      for await (const event of stream) events.push(describe(event));
      return { before, events };
    },
  },
  {
    name: "resp_stream_helper",
    spans: 1,
    streamed: true,
    usage: CHAT_USAGE,
    async run({ client }) {
      const runner = client.responses.stream(request);
      const runnerShape = shape(runner);
      return { runner: runnerShape, response: describe(await runner.finalResponse()) };
    },
  },
  {
    name: "resp_retrieve",
    spans: 1,
    async run({ client }) {
      const promise = client.responses.retrieve("resp_1");
      const promiseShape = shape(promise);
      const value = await promise;
      return { promise: promiseShape, value: describe(value), text: value.output_text };
    },
  },
  {
    name: "resp_retrieve_withResponse",
    spans: 1,
    async run({ client }) {
      const { data, response } = await client.responses.retrieve("resp_1", { include: [] }).withResponse();
      return { data: describe(data), response: describeResponse(response) };
    },
  },
  {
    name: "resp_retrieve_stream",
    spans: 1,
    streamed: true,
    async run({ client }) {
      const stream = await client.responses.retrieve("resp_1", { stream: true, starting_after: 1 });
      const events: Description[] = [];
      for await (const event of stream) events.push(describe(event));
      return { before: shape(stream), events };
    },
  },
  {
    name: "resp_retrieve_missing",
    spans: 1,
    errorType: /NotFoundError/,
    async run({ client }) {
      return { error: await client.responses.retrieve("resp_9").then(() => null, describe) };
    },
  },
  {
    name: "resp_compact",
    spans: 1,
    since: 6,
    usage: CHAT_USAGE,
    unavailable: ["gen_ai.response.model"],
    async run({ client }) {
      const promise = client.responses.compact(request);
      return { promise: shape(promise), value: describe(await promise) };
    },
  },
];
