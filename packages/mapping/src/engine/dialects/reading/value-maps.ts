import { texts } from "./values.ts";

/** Words of providers and producers, and what the conventions call them. */

/** Former values of `gen_ai.provider.name`, renamed by the conventions themselves. Source: the registry's `deprecated`. */
export const RENAMED_PROVIDERS: ReadonlyMap<string, string> = new Map([
  ["vertex_ai", "gcp.vertex_ai"],
  ["gemini", "gcp.gemini"],
  ["az.ai.inference", "azure.ai.inference"],
  ["az.ai.openai", "azure.ai.openai"],
  ["xai", "x_ai"],
]);

/** Names that producers have of their own. `azure` says no more than where the model is served. */
const PROVIDERS: ReadonlyMap<string, string> = new Map([
  ...RENAMED_PROVIDERS,
  ["mistralai", "mistral_ai"],
  ["mistral", "mistral_ai"],
  ["mistral.ai", "mistral_ai"],
  ["google", "gcp.gemini"],
  ["google_genai", "gcp.gemini"],
  ["googleai", "gcp.gemini"],
  ["google.generative-ai", "gcp.gemini"],
  ["google.vertex", "gcp.vertex_ai"],
  ["google-vertex", "gcp.vertex_ai"],
  ["vertexai", "gcp.vertex_ai"],
  ["vertex", "gcp.vertex_ai"],
  ["googlevertex", "gcp.vertex_ai"],
  ["google_vertexai", "gcp.vertex_ai"],
  ["aws", "aws.bedrock"],
  ["amazon", "aws.bedrock"],
  ["bedrock", "aws.bedrock"],
  ["amazon-bedrock", "aws.bedrock"],
  ["amazon_bedrock", "aws.bedrock"],
  ["aws_bedrock", "aws.bedrock"],
  ["azure", "azure.ai.openai"],
  ["azure-openai", "azure.ai.openai"],
  ["azure_openai", "azure.ai.openai"],
  ["azure.openai", "azure.ai.openai"],
  ["azure_ai_inference", "azure.ai.inference"],
  ["together", "together_ai"],
  ["togetherai", "together_ai"],
  ["moonshot", "moonshot_ai"],
  ["moonshotai", "moonshot_ai"],
  ["watsonx", "ibm.watsonx.ai"],
  ["ibm", "ibm.watsonx.ai"],
  ["openai", "openai"],
  ["anthropic", "anthropic"],
  ["cohere", "cohere"],
  ["deepseek", "deepseek"],
  ["groq", "groq"],
  ["perplexity", "perplexity"],
]);

/** The provider by the conventions' name; names that are not in the table pass, in whatever case. */
export function provider(value: unknown): string | undefined {
  if (typeof value !== "string" || value === "") return undefined;
  return PROVIDERS.get(value.toLowerCase()) ?? value;
}

/** Reasons of providers and producers. Source: the enumerations of the providers' API pages. */
const FINISH_REASONS: ReadonlyMap<string, string> = new Map([
  ["end_turn", "stop"],
  ["stop_sequence", "stop"],
  ["STOP", "stop"],
  ["COMPLETE", "stop"],
  ["completed", "stop"],
  ["eos", "stop"],
  ["max_tokens", "length"],
  ["MAX_TOKENS", "length"],
  ["max_output_tokens", "length"],
  ["model_length", "length"],
  ["tool_calls", "tool_call"],
  ["tool_use", "tool_call"],
  ["tool-calls", "tool_call"],
  ["tool-call", "tool_call"],
  ["function_call", "tool_call"],
  ["content-filter", "content_filter"],
  ["safety", "content_filter"],
  ["SAFETY", "content_filter"],
  ["refusal", "content_filter"],
  ["guardrail_intervened", "content_filter"],
  ["failed", "error"],
  ["cancelled", "error"],
  // Gemini, `FinishReason`; Google's Agent Development Kit writes them in small letters.
  ...["RECITATION", "BLOCKLIST", "PROHIBITED_CONTENT", "SPII"].flatMap((reason) =>
    [reason, reason.toLowerCase()].map((one) => [one, "content_filter"] as const),
  ),
  ...["SAFETY", "PROHIBITED_CONTENT", "RECITATION"].map((kind) => [`IMAGE_${kind}`, "content_filter"] as const),
  ["FINISH_REASON_UNSPECIFIED", "error"],
  // Cohere, `ChatFinishReason`; Bedrock writes some of them in small letters.
  ["STOP_SEQUENCE", "stop"],
  ["TOOL_CALL", "tool_call"],
  ["ERROR_LIMIT", "length"],
  ["ERROR_TOXIC", "content_filter"],
  ["error_toxic", "content_filter"],
  ...["ERROR", "USER_CANCEL", "TIMEOUT"].map((reason) => [reason, "error"] as const),
  // Anthropic and Bedrock, and services that speak OpenAI's protocol.
  ["model_context_window_exceeded", "length"],
  ["max_prompt_tokens", "length"],
  ["max_completion_tokens", "length"],
  ["content_filtered", "content_filter"],
  ["endoftext", "stop"],
  // Strands' agents, `StopReason`.
  ["endTurn", "stop"],
  ["stopSequence", "stop"],
  ["toolUse", "tool_call"],
  ["maxTokens", "length"],
  ["modelContextWindowExceeded", "length"],
  ["contentFiltered", "content_filter"],
  ["guardrailIntervened", "content_filter"],
]);

export function finishReason(value: string): string {
  return FINISH_REASONS.get(value) ?? value;
}

/** Whether a reason is called otherwise in the conventions. */
export function isFormerFinishReason(value: unknown): boolean {
  return typeof value === "string" && FINISH_REASONS.has(value);
}

/** One reason, or several, in any of the forms that producers write them in. */
export function finishReasons(value: unknown): readonly string[] | undefined {
  return texts(value)?.map(finishReason);
}

/** `gen_ai.output.type` of the API's response format. */
export const OUTPUT_TYPES: ReadonlyMap<string, string> = new Map([
  ["json_object", "json"],
  ["json_schema", "json"],
]);

/** Operations in the words of those who went their own way. */
export const OPERATIONS: ReadonlyMap<string, string> = new Map([
  ["vector_db_retrieve", "retrieval"],
  ["vectordb", "retrieval"],
  ["embedding", "embeddings"],
  ["completion", "text_completion"],
  ["mcp_tool_call", "execute_tool"],
]);
