/** Calls that only Mistral's client makes. */
import type { Mistral } from "@mistralai/mistralai";
import { type BehaviourCase, PROMPT } from "../../behaviour/case.ts";
import { describe, describeDeep } from "../../behaviour/describe-value.ts";
import { collect } from "../../behaviour/generic/chunks.ts";

/** Tokens that replies.ts reports. */
export const usage = { input: 11, output: 7 };
const model = "mistral-small-latest";
export const ask = (prompt: string) => ({ model, messages: [{ role: "user" as const, content: prompt }] });

/** The answer of a conversation has neither. */
const CONVERSATION = ["gen_ai.response.id", "gen_ai.response.finish_reasons"];

export const mistralCases: readonly BehaviourCase<Mistral, typeof import("@mistralai/mistralai")>[] = [
  {
    // The client makes its resources when they are first asked for, and a frozen one could not keep them.
    name: "client_frozen",
    spans: 1,
    usage,
    async run({ create }) {
      const client = create();
      void client.chat;
      return describeDeep(await Object.freeze(client).chat.complete(ask(PROMPT)));
    },
  },
  {
    name: "fim",
    spans: 1,
    usage,
    run: async ({ client }) => describeDeep(await client.fim.complete({ model: "codestral-latest", prompt: PROMPT })),
  },
  {
    name: "agents_stream",
    spans: 1,
    streamed: true,
    usage,
    run: async ({ client }) => {
      const { messages } = ask(PROMPT);
      return collect(await client.agents.stream({ agentId: "ag_1", messages }));
    },
  },
  {
    name: "fim_stream",
    spans: 1,
    streamed: true,
    usage,
    run: async ({ client }) => collect(await client.fim.stream({ model: "codestral-latest", prompt: PROMPT })),
  },
  {
    name: "conversation",
    spans: 1,
    usage,
    unavailable: CONVERSATION,
    run: async ({ client }) => describeDeep(await client.beta.conversations.start({ model, inputs: PROMPT })),
  },
  {
    name: "conversation_stream",
    spans: 1,
    streamed: true,
    usage,
    unavailable: [...CONVERSATION, "gen_ai.request.model"],
    run: async ({ client }) =>
      collect(await client.beta.conversations.startStream({ agentId: "ag_1", inputs: PROMPT })),
  },
  {
    name: "conversation_append",
    spans: 1,
    usage,
    unavailable: [...CONVERSATION, "gen_ai.request.model"],
    async run({ client }) {
      const conversationAppendRequest = { inputs: PROMPT };
      return describeDeep(
        await client.beta.conversations.append({ conversationId: "conv_1", conversationAppendRequest }),
      );
    },
  },
  {
    name: "conversation_restartStream",
    spans: 1,
    streamed: true,
    usage,
    unavailable: [...CONVERSATION, "gen_ai.request.model"],
    async run({ client }) {
      const conversationRestartStreamRequest = { inputs: PROMPT, fromEntryId: "entry_1" };
      const request = { conversationId: "conv_1", conversationRestartStreamRequest };
      return collect(await client.beta.conversations.restartStream(request));
    },
  },
  {
    name: "conversation_missing",
    spans: 1,
    errorType: /./,
    async run({ client }) {
      const request = { conversationId: "conv_9", conversationAppendRequest: { inputs: PROMPT } };
      return { error: await client.beta.conversations.append(request).then(() => null, describe) };
    },
  },
  {
    name: "speech",
    spans: 1,
    since: 2,
    unavailable: ["gen_ai.response.model"],
    run: async ({ client }) =>
      describeDeep(await client.audio.speech.complete({ model: "voxtral-tts", input: PROMPT })),
  },
];
