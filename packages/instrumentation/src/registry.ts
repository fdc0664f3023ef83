import type { ClientAdapter } from "./adapter.ts";
import { anthropic } from "./anthropic/index.ts";
import { bedrock } from "./bedrock/index.ts";
import { cohere } from "./cohere/index.ts";
import { googleGenAI } from "./google-genai/index.ts";
import { groq } from "./groq/index.ts";
import { mistral } from "./mistral/index.ts";
import { ollama } from "./ollama/index.ts";
import { openai } from "./openai/index.ts";
import { together } from "./together/index.ts";

/** Every client library that is known here. */
export const adapters: readonly ClientAdapter[] = [
  openai,
  anthropic,
  groq,
  together,
  bedrock,
  cohere,
  mistral,
  ollama,
  googleGenAI,
];
