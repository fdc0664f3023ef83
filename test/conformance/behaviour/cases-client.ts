import { type BehaviourCase, CHAT_USAGE, chatRequest, MODEL, PROMPT } from "./case.ts";
import { describe, describeResponse, shape } from "./describe-value.ts";

const freeze = <T extends object>(value: T): T => {
  for (const inner of Object.values(value)) if (typeof inner === "object" && inner !== null) freeze(inner);
  return Object.freeze(value);
};

/** Other ways of making clients, of calling them, and of using what they return. All of them are ours. */
export const clientCases: readonly BehaviourCase[] = [
  {
    name: "client_shape",
    extra: true,
    spans: 1,
    usage: CHAT_USAGE,
    async run({ client }) {
      const completions = client.chat.completions;
      const owners = [client, client.chat, completions, client.responses, client.embeddings].map(shape);
      const methods = [completions.create, client.responses.create, client.embeddings.create].map(shape);
      const { create } = completions;
      // A method taken off its object and called with it again, as decorating applications do.
      const value = await create.call(completions, chatRequest);
      return { owners, methods, same: completions.create === create, value: describe(value) };
    },
  },
  {
    name: "client_azure",
    extra: true,
    spans: 1,
    usage: CHAT_USAGE,
    async run({ create }) {
      const client = create({}, "AzureOpenAI");
      return { client: shape(client), value: describe(await client.chat.completions.create(chatRequest)) };
    },
  },
  {
    name: "client_subclass",
    extra: true,
    spans: 1,
    usage: CHAT_USAGE,
    async run({ create }) {
      const client = create({}, "subclass");
      return { client: shape(client), value: describe(await client.chat.completions.create(chatRequest)) };
    },
  },
  {
    name: "client_withOptions",
    extra: true,
    since: 5,
    spans: 1,
    usage: CHAT_USAGE,
    async run({ client }) {
      const derived = client.withOptions({ timeout: 10_000 });
      return { derived: shape(derived), value: describe(await derived.chat.completions.create(chatRequest)) };
    },
  },
  {
    name: "chat_twoAtOnce",
    extra: true,
    spans: 2,
    usage: CHAT_USAGE,
    async run({ client }) {
      const call = () => client.chat.completions.create(chatRequest);
      return describe(await Promise.all([call(), call()]));
    },
  },
  {
    name: "chat_awaitedTwice",
    extra: true,
    spans: 1,
    usage: CHAT_USAGE,
    async run({ client }) {
      const promise = client.chat.completions.create(chatRequest);
      const [first, second] = [await promise, await promise];
      const { data, response } = await promise.withResponse();
      const raw = await promise.asResponse();
      const same = [first === second, first === data, response === raw];
      return { same, promise: shape(promise), response: describeResponse(raw), value: describe(first) };
    },
  },
  {
    name: "chat_frozenRequest",
    extra: true,
    spans: 1,
    usage: CHAT_USAGE,
    async run({ client }) {
      const tools = [{ type: "function", function: { name: "clock", parameters: {} } }] as const;
      const request = freeze({ ...structuredClone(chatRequest), tools: structuredClone(tools) as never });
      return describe(await client.chat.completions.create(request));
    },
  },
  {
    name: "chat_abandoned",
    extra: true,
    spans: 1,
    unread: true,
    async run({ client, collectGarbage }) {
      void client.chat.completions.create({ model: MODEL, messages: [{ role: "user", content: PROMPT }] });
      await collectGarbage();
      return "never awaited";
    },
  },
  {
    name: "chat_stream_abandoned",
    extra: true,
    spans: 1,
    unread: true,
    async run({ client, collectGarbage }) {
      await client.chat.completions.create({ ...chatRequest, stream: true }).then(() => {});
      await collectGarbage();
      return "never read";
    },
  },
];
