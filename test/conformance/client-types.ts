/**
 * Compiled, never run: the type of a client, of its class and of what its methods return is the same with `instrument()` as without,
 * for every client library and every major version. A line that does not hold is an error of `tsc`.
 */
import type Anthropic from "@anthropic-ai/sdk";
import type { BedrockRuntimeClient } from "@aws-sdk/client-bedrock-runtime";
import { instrument } from "@genspan/instrumentation";
import type { GoogleGenAI } from "@google/genai";
import type { Mistral } from "@mistralai/mistralai";
import type Anthropic0 from "anthropic-0";
import type { CohereClient, CohereClientV2 } from "cohere-ai";
import type { CohereClientV2 as CohereClientV2Of7 } from "cohere-ai-7";
import type { GoogleGenAI as GoogleGenAI1 } from "google-genai-1";
import type { GoogleGenAI as GoogleGenAI2 } from "google-genai-2";
import type Groq from "groq-sdk";
import type Groq0 from "groq-sdk-0";
import type { Mistral as Mistral1 } from "mistralai-1";
import type { Ollama } from "ollama";
import OpenAI, { type AzureOpenAI } from "openai";
import type OpenAI4 from "openai-4";
import type OpenAI5 from "openai-5";
import type OpenAI6 from "openai-6";
import type Together from "together-ai";

/** Two types are the same where no conditional type can tell them apart; being assignable both ways is not enough. */
type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
type Assert<Holds extends true> = Holds;
/** `instrument` gives back the type that it was given: a client, or a client class. */
type Unchanged<Target extends object> = Assert<Same<ReturnType<typeof instrument<Target>>, Target>>;

class Subclass extends OpenAI {
  readonly ours = 1;
}

const openai = (client: OpenAI) => instrument(client).chat.completions.create;
const message = { model: "m", max_tokens: 1, messages: [] };
const anthropic = (client: Anthropic) => instrument(client).messages.create(message);
const bareAnthropic = (client: Anthropic) => client.messages.create(message);
const bedrock = (client: BedrockRuntimeClient) => instrument(client).send;
const genai = (client: GoogleGenAI) => instrument(client).models.generateContentStream;
const mistral = (client: Mistral) => instrument(client).chat.stream;
const cohere = (client: CohereClientV2) => instrument(client).chatStream;
const ollama = (client: Ollama) => instrument(client).chat;

export type Checks = [
  // The check itself can tell types apart.
  Assert<Same<Same<OpenAI, AzureOpenAI>, false>>,
  [Unchanged<OpenAI>, Unchanged<OpenAI6>, Unchanged<OpenAI5>, Unchanged<OpenAI4>, Unchanged<AzureOpenAI>],
  [Unchanged<Subclass>, Unchanged<typeof Subclass>, Unchanged<typeof OpenAI>, Unchanged<typeof Anthropic>],
  [Unchanged<Anthropic>, Unchanged<Anthropic0>, Unchanged<Groq>, Unchanged<Groq0>, Unchanged<Together>],
  [Unchanged<GoogleGenAI>, Unchanged<GoogleGenAI2>, Unchanged<GoogleGenAI1>, Unchanged<typeof GoogleGenAI>],
  [Unchanged<Mistral>, Unchanged<Mistral1>, Unchanged<BedrockRuntimeClient>, Unchanged<typeof BedrockRuntimeClient>],
  [Unchanged<CohereClientV2>, Unchanged<CohereClient>, Unchanged<CohereClientV2Of7>, Unchanged<Ollama>],
  // What is called on them, with all its overloads.
  Assert<Same<ReturnType<typeof openai>, OpenAI["chat"]["completions"]["create"]>>,
  Assert<Same<ReturnType<typeof anthropic>, ReturnType<typeof bareAnthropic>>>,
  Assert<Same<ReturnType<typeof bedrock>, BedrockRuntimeClient["send"]>>,
  Assert<Same<ReturnType<typeof genai>, GoogleGenAI["models"]["generateContentStream"]>>,
  Assert<Same<ReturnType<typeof mistral>, Mistral["chat"]["stream"]>>,
  Assert<Same<ReturnType<typeof cohere>, CohereClientV2["chatStream"]>>,
  Assert<Same<ReturnType<typeof ollama>, Ollama["chat"]>>,
];
