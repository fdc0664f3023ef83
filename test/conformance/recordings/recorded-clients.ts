/** Every client library that replays recordings, and which of them reads which. */
import type { Cassette } from "../../support/cassettes.ts";
import { anthropic } from "../clients/anthropic/recorded.ts";
import { bedrock } from "../clients/bedrock/recorded.ts";
import { cohere } from "../clients/cohere/recorded.ts";
import { googleGenAI } from "../clients/google-genai/recorded.ts";
import { groq } from "../clients/groq/recorded.ts";
import { mistral } from "../clients/mistral/recorded.ts";
import { ollama } from "../clients/ollama/recorded.ts";
import { openai } from "../clients/openai/recorded.ts";
import { together } from "../clients/together/recorded.ts";
import type { RecordedClient, Surface } from "./recorded-client.ts";
import { recordedRoute } from "./replay-fetch.ts";

/** Those that name their providers come before the ones that read everybody's. */
const CLIENTS: readonly RecordedClient[] = [
  groq,
  anthropic,
  together,
  bedrock,
  cohere,
  mistral,
  ollama,
  googleGenAI,
  openai,
];

export interface Replay {
  readonly client: RecordedClient;
  readonly surface: Surface;
}

/** Who asks a recording again, or why nobody does. */
export function replayOf(cassette: Cassette): Replay | string {
  let reason: string | undefined; // that of the client which knows the provider best
  for (const client of CLIENTS) {
    if (client.providers && !client.providers.includes(cassette.provider)) continue;
    const surface = client.surfaces[cassette.api];
    if (!surface) reason ??= client.untraced[cassette.api];
    else if (!isPathOf(cassette, surface))
      reason ??= `the path ${recordedRoute(cassette)} is not that of ${client.module}`;
    else {
      const refused = client.refuses?.(cassette);
      if (refused === undefined) return { client, surface };
      reason ??= refused;
    }
  }
  return reason ?? "no client has a method for this surface";
}

function isPathOf(cassette: Cassette, { path }: Surface): boolean {
  const route = recordedRoute(cassette);
  return typeof path === "string" ? route.endsWith(path) : path.test(route);
}
