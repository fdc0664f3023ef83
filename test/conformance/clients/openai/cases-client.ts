import { describeDeep, shape } from "../../behaviour/describe-value.ts";
import { CHAT_USAGE, chatRequest, type OpenAICase } from "./calls.ts";

const freeze = <T extends object>(value: T): T => {
  for (const inner of Object.values(value)) if (typeof inner === "object" && inner !== null) freeze(inner);
  return Object.freeze(value);
};

/** Ways of making this client and of calling it. */
export const clientCases: readonly OpenAICase[] = [
  {
    name: "client_resources",
    spans: 1,
    usage: CHAT_USAGE,
    async run({ client }) {
      const completions = client.chat.completions;
      const owners = [client, client.chat, completions, client.responses, client.embeddings].map(shape);
      const methods = [completions.create, client.responses.create, client.embeddings.create].map(shape);
      const { create } = completions;
      // A method taken off its object and called with it again, as decorating applications do.
      const value = await create.call(completions, chatRequest);
      return { owners, methods, same: completions.create === create, value: describeDeep(value) };
    },
  },
  {
    name: "client_azure",
    spans: 1,
    usage: CHAT_USAGE,
    async run({ library, url, instrument }) {
      const azure = { apiKey: "key", endpoint: url, apiVersion: "2024-10-21", deployment: "gpt", maxRetries: 0 };
      const client = instrument(new library.AzureOpenAI(azure));
      return { client: shape(client), value: describeDeep(await client.chat.completions.create(chatRequest)) };
    },
  },
  {
    name: "client_withOptions",
    since: 5,
    spans: 1,
    usage: CHAT_USAGE,
    async run({ client }) {
      const derived = client.withOptions({ timeout: 10_000 });
      return { derived: shape(derived), value: describeDeep(await derived.chat.completions.create(chatRequest)) };
    },
  },
  {
    name: "chat_frozenRequest",
    spans: 1,
    usage: CHAT_USAGE,
    async run({ client }) {
      const tools = [{ type: "function", function: { name: "clock", parameters: {} } }] as const;
      const request = freeze({ ...structuredClone(chatRequest), tools: structuredClone(tools) as never });
      return describeDeep(await client.chat.completions.create(request));
    },
  },
];
