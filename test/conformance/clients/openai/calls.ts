/** What the cases of OpenAI's client share. */
import type OpenAI from "openai";
import { type BehaviourCase, type CaseContext, MODEL, PROMPT, type Tokens } from "../../behaviour/case.ts";

type Library = typeof import("openai");
export type OpenAICase = BehaviourCase<OpenAI, Library>;
export type OpenAIContext = CaseContext<OpenAI, Library>;

export interface ChatRequest {
  readonly model: string;
  readonly messages: [{ role: "user"; content: string }];
}

export const ask = (content: string): ChatRequest => ({ model: MODEL, messages: [{ role: "user", content }] });
export const chatRequest: ChatRequest = ask(PROMPT);

/** Tokens that replies.ts reports. */
export const CHAT_USAGE: Tokens = { input: 11, output: 7, cached: 3 };

/** `chat.completions` as of version 5, where it has `parse`, `stream` and `runTools`: version 4 has these on `beta`. */
export function chatHelpers({ client, major }: OpenAIContext): OpenAI["chat"]["completions"] {
  const beta = client.beta as unknown as OpenAI; // the methods are the same
  return major === 4 ? beta.chat.completions : client.chat.completions;
}

export const jsonSchema = {
  type: "json_schema",
  json_schema: {
    name: "answer",
    schema: { type: "object", properties: { a: { type: "number" } }, required: ["a"], additionalProperties: false },
  },
} as const;
