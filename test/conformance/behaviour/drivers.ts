/** Every client library that the kit knows. */
import { anthropic } from "../clients/anthropic/driver.ts";
import { bedrock, bedrockInvoke } from "../clients/bedrock/driver.ts";
import { cohere, cohereV1 } from "../clients/cohere/driver.ts";
import { googleGenAI } from "../clients/google-genai/driver.ts";
import { groq } from "../clients/groq/driver.ts";
import { mistral } from "../clients/mistral/driver.ts";
import { ollama } from "../clients/ollama/driver.ts";
import { openai } from "../clients/openai/driver.ts";
import { together } from "../clients/together/driver.ts";
import type { Driver } from "./driver.ts";

/** A client is added here as soon as it has an adapter. */
export const DRIVERS: readonly Driver[] = [
  openai,
  anthropic,
  bedrock,
  bedrockInvoke,
  groq,
  together,
  cohere,
  cohereV1,
  mistral,
  ollama,
  googleGenAI,
];

export function driverOf(name: string): Driver {
  const found = DRIVERS.find((driver) => driver.name === name);
  if (!found)
    throw new Error(`There is no client ${name}. Clients: ${DRIVERS.map((driver) => driver.name).join(", ")}.`);
  return found;
}
