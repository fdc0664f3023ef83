import { ATTR_GEN_AI_PROVIDER_NAME } from "@genspan/semconv";
import type { GenAISpan } from "../engine/genai-span.ts";

/**
 * Provider names of the conventions, and what the gateway calls them where the two differ (its `x-provider` header;
 * `azure` is the name in docs/logs.md). Names that are not here are the same, such as `openai`, `groq` and `together`.
 */
const PROVIDERS: ReadonlyMap<string, string> = new Map([
  ["azure.ai.openai", "azure"],
  ["azure.ai.inference", "azure"],
  ["aws.bedrock", "bedrock"],
  ["gcp.gemini", "google"],
  ["gcp.gen_ai", "google"],
  ["gcp.vertex_ai", "google"],
  ["mistral_ai", "mistral"],
  ["x_ai", "xai"],
]);

export function providerOf(span: GenAISpan): string | undefined {
  const name = span.text(ATTR_GEN_AI_PROVIDER_NAME);
  return name === undefined ? undefined : (PROVIDERS.get(name) ?? name);
}

/** The way back: the gateway's `google` may be Gemini or Vertex, its `azure` either service of Azure. */
const CONVENTIONAL: ReadonlyMap<string, string> = new Map([
  ["azure", "azure.ai.openai"],
  ["bedrock", "aws.bedrock"],
  ["google", "gcp.gemini"],
  ["mistral", "mistral_ai"],
  ["xai", "x_ai"],
]);

export function conventionalProvider(name: string | undefined): string | undefined {
  return name === undefined ? undefined : (CONVENTIONAL.get(name) ?? name);
}
