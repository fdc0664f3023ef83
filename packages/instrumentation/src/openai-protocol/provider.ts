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
  ["openai.com", semconv.GEN_AI_PROVIDER_NAME_VALUE_OPENAI],
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
  ["ollama.com", "ollama"],
  ["models.github.ai", "github"],
  ["ai-gateway.vercel.sh", "vercel"],
  ["cloudflare.com", "cloudflare"],
  ["replicate.com", "replicate"],
  ["siliconflow.com", "siliconflow"],
  ["siliconflow.cn", "siliconflow"],
  ["friendli.ai", "friendli"],
  ["featherless.ai", "featherless_ai"],
  ["lambda.ai", "lambda"],
  ["upstage.ai", "upstage"],
  ["ai21.com", "ai21"],
  ["reka.ai", "reka"],
  ["inceptionlabs.ai", "inception"],
  ["stepfun.com", "stepfun"],
  ["volces.com", "volcengine"],
  ["baidubce.com", "baidu"],
  ["tencent.com", "tencent"],
  ["snowflakecomputing.com", "snowflake"],
];

/**
 * @param otherwise the provider that the client library is made for
 * @param baseUrl tells the two services of an Azure AI resource apart: OpenAI's is below `/openai`
 */
export function providerOfHost(host: string, otherwise: string, baseUrl?: URL): string {
  for (const [suffix, provider] of providerByHostSuffix) {
    if (host !== suffix && !host.endsWith(suffix.startsWith("-") ? suffix : `.${suffix}`)) continue;
    const isInference = provider === semconv.GEN_AI_PROVIDER_NAME_VALUE_AZURE_AI_INFERENCE;
    const isOpenAI = isInference && /^\/openai(\/|$)/.test(baseUrl?.pathname ?? "");
    return isOpenAI ? semconv.GEN_AI_PROVIDER_NAME_VALUE_AZURE_AI_OPENAI : provider;
  }
  return otherwise;
}

/** Servers that people run themselves, with the port that each listens on unless told otherwise. */
const servers: readonly (readonly [name: string, provider: string, port: string])[] = [
  ["ollama", "ollama", "11434"],
  ["lmstudio", "lm_studio", "1234"],
  ["vllm", "vllm", "8000"],
  ["sglang", "sglang", "30000"],
];

/**
 * A server of one's own is known by a label of its host (`http://vllm:8000`, `ollama.internal`), or on a private host by
 * its default port. Undefined for any other: a local server on another port is called by the protocol's name, `openai`.
 */
export function selfHosted(host: string, baseUrl: URL | undefined): string | undefined {
  if (!isPrivate(host)) return undefined;
  const label = host.replaceAll(/[-_]/g, "");
  const found = servers.find(([name]) => label.includes(name)) ?? servers.find(([, , port]) => port === baseUrl?.port);
  return found?.[1];
}

/** Loopback and private addresses, names without a dot, and names that only a local network or a cluster knows. */
function isPrivate(host: string): boolean {
  return (
    /^(127|10|0|192\.168|172\.(1[6-9]|2\d|3[01]))\./.test(host) ||
    host === "[::1]" ||
    (host !== "" && !host.includes(".") && !host.startsWith("[")) ||
    /\.(local|localhost|internal|lan|home|svc|cluster\.local)$/.test(host)
  );
}
