/** What is said not to be traced has to be there, or it is said of a version that nobody uses any more. */

import Anthropic from "@anthropic-ai/sdk";
import * as bedrock from "@aws-sdk/client-bedrock-runtime";
import { instrument, status } from "@genspan/instrumentation";
import * as google from "@google/genai";
import * as mistral from "@mistralai/mistralai";
import { CohereClient } from "cohere-ai";
import Groq from "groq-sdk";
import OpenAI from "openai";
import Together from "together-ai";
import { expect, it } from "vitest";

const apiKey = "key";
/** Where the calls are found: a client, or the exports of a library whose calls are commands. */
const roots: Readonly<Record<string, object>> = {
  openai: new OpenAI({ apiKey }),
  "@anthropic-ai/sdk": new Anthropic({ apiKey }),
  "groq-sdk": new Groq({ apiKey }),
  "together-ai": new Together({ apiKey }),
  "@aws-sdk/client-bedrock-runtime": bedrock,
  "cohere-ai": new CohereClient({ token: apiKey }),
  "@mistralai/mistralai": new mistral.Mistral({ apiKey }),
  "@google/genai": new google.GoogleGenAI({ apiKey }),
};

function callAt(root: unknown, path: string): unknown {
  return path.split(".").reduce((found, name) => (found as Record<string, unknown> | undefined)?.[name], root);
}

const named = status().modules.flatMap(({ module, untraced }) =>
  Object.keys(untraced).map((call) => [module, call] as const),
);

it.each(named)("%s has the call %s that is not traced", (module, call) => {
  expect(callAt(roots[module], call)).toBeTypeOf("function");
});

it("no traced method is said to be untraced", () => {
  for (const client of Object.values(roots)) instrument(client);
  for (const { copies, untraced } of status().modules) {
    const patched = copies.flatMap((copy) => copy.patched.map((path) => path.toLowerCase()));
    expect(patched.filter((path) => Object.keys(untraced).some((call) => call.toLowerCase() === path))).toEqual([]);
  }
});
