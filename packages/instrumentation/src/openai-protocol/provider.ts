import * as semconv from "@genspan/semconv";

/**
 * Who serves the model behind a host. Many services speak OpenAI's protocol and are used through its client. The value
 * is the conventions' where they have one, else the service's own name. A host that is in no row
 * is taken for the service that the client library is made for.
 */
const providerByHostSuffix: readonly (readonly [suffix: string, provider: string])[] = [
  ["openai.azure.com", semconv.GEN_AI_PROVIDER_NAME_VALUE_AZURE_AI_OPENAI],
  ["cognitiveservices.azure.com", semconv.GEN_AI_PROVIDER_NAME_VALUE_AZURE_AI_OPENAI],
  ["services.ai.azure.com", semconv.GEN_AI_PROVIDER_NAME_VALUE_AZURE_AI_INFERENCE],
  ["models.ai.azure.com", semconv.GEN_AI_PROVIDER_NAME_VALUE_AZURE_AI_INFERENCE],
  ["models.inference.ai.azure.com", semconv.GEN_AI_PROVIDER_NAME_VALUE_AZURE_AI_INFERENCE],
  ["groq.com", semconv.GEN_AI_PROVIDER_NAME_VALUE_GROQ],
  ["deepseek.com", semconv.GEN_AI_PROVIDER_NAME_VALUE_DEEPSEEK],
  ["x.ai", semconv.GEN_AI_PROVIDER_NAME_VALUE_X_AI],
  ["mistral.ai", semconv.GEN_AI_PROVIDER_NAME_VALUE_MISTRAL_AI],
  ["perplexity.ai", semconv.GEN_AI_PROVIDER_NAME_VALUE_PERPLEXITY],
  ["moonshot.ai", semconv.GEN_AI_PROVIDER_NAME_VALUE_MOONSHOT_AI],
  ["moonshot.cn", semconv.GEN_AI_PROVIDER_NAME_VALUE_MOONSHOT_AI],
  ["anthropic.com", semconv.GEN_AI_PROVIDER_NAME_VALUE_ANTHROPIC],
  ["cohere.com", semconv.GEN_AI_PROVIDER_NAME_VALUE_COHERE],
  ["cohere.ai", semconv.GEN_AI_PROVIDER_NAME_VALUE_COHERE],
  ["generativelanguage.googleapis.com", semconv.GEN_AI_PROVIDER_NAME_VALUE_GCP_GEMINI],
  ["aiplatform.googleapis.com", semconv.GEN_AI_PROVIDER_NAME_VALUE_GCP_VERTEX_AI],
  // Regional: `us-central1-aiplatform.googleapis.com`.
  ["-aiplatform.googleapis.com", semconv.GEN_AI_PROVIDER_NAME_VALUE_GCP_VERTEX_AI],
  ["amazonaws.com", semconv.GEN_AI_PROVIDER_NAME_VALUE_AWS_BEDROCK],
  ["api.aws", semconv.GEN_AI_PROVIDER_NAME_VALUE_AWS_BEDROCK],
  ["ml.cloud.ibm.com", semconv.GEN_AI_PROVIDER_NAME_VALUE_IBM_WATSONX_AI],
  ["openrouter.ai", "openrouter"],
  ["together.xyz", "together_ai"],
  ["together.ai", "together_ai"],
  ["fireworks.ai", "fireworks_ai"],
  ["cerebras.ai", "cerebras"],
  ["sambanova.ai", "sambanova"],
  ["nebius.com", "nebius"],
  ["nebius.ai", "nebius"],
  ["novita.ai", "novita"],
  ["deepinfra.com", "deepinfra"],
  ["hyperbolic.xyz", "hyperbolic"],
  ["baseten.co", "baseten"],
  ["huggingface.co", "huggingface"],
  ["nvidia.com", "nvidia"],
  ["aliyuncs.com", "alibaba"],
  ["z.ai", "z_ai"],
  ["bigmodel.cn", "z_ai"],
  ["minimax.io", "minimax"],
  ["portkey.ai", "portkey"],
  ["voyageai.com", "voyage_ai"],
  ["writer.com", "writer"],
  ["snowflakecomputing.com", "snowflake"],
];

/** @param otherwise the provider that the client library is made for */
export function providerOfHost(host: string, otherwise: string): string {
  for (const [suffix, provider] of providerByHostSuffix) {
    if (host === suffix || host.endsWith(suffix.startsWith("-") ? suffix : `.${suffix}`)) return provider;
  }
  return otherwise;
}
