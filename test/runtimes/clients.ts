/** The clients of the smoke suite, each against the address of a local server. */
import Anthropic from "@anthropic-ai/sdk";
import OpenAI from "openai";
import { type SmokeCall, type SmokeClient, smoke } from "./smoke.ts";

function openai(url: string): SmokeClient {
  const request = (prompt: string) => ({ model: "gpt-5", messages: [{ role: "user" as const, content: prompt }] });
  const of = (client: object): OpenAI => client as OpenAI; // the one made here
  return {
    bare: new OpenAI({ apiKey: "key", baseURL: `${url}/openai/smoke/v1`, maxRetries: 0 }),
    chat: (client, prompt) => of(client).chat.completions.create(request(prompt)),
    stream: (client, prompt) => of(client).chat.completions.create({ ...request(prompt), stream: true }),
  };
}

function anthropic(url: string): SmokeClient {
  const request = (prompt: string) => ({
    model: "claude-sonnet-5",
    max_tokens: 64,
    messages: [{ role: "user" as const, content: prompt }],
  });
  const of = (client: object): Anthropic => client as Anthropic; // the one made here
  return {
    bare: new Anthropic({ apiKey: "key", baseURL: `${url}/anthropic/smoke`, maxRetries: 0 }),
    chat: (client, prompt) => of(client).messages.create(request(prompt)),
    stream: (client, prompt) => of(client).messages.create({ ...request(prompt), stream: true }),
  };
}

export interface SmokeReport {
  readonly openai: readonly SmokeCall[];
  readonly anthropic: readonly SmokeCall[];
}

export async function smokeAll(url: string): Promise<SmokeReport> {
  return { openai: await smoke(openai(url)), anthropic: await smoke(anthropic(url)) };
}
