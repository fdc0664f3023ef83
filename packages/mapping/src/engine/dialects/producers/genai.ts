import * as semconv from "@genspan/semconv";
import { nonEmpty } from "../../absent.ts";
import type { Dialect } from "../dialect.ts";
import { refineContent } from "../reading/content.ts";
import type { Draft } from "../reading/draft.ts";
import { readEvents } from "../reading/events.ts";
import { messagesOf } from "../reading/messages.ts";
import { partsOf } from "../reading/parts.ts";
import { toolDefinitions } from "../reading/tools.ts";
import { finishReasons, OUTPUT_TYPES, provider, RENAMED_PROVIDERS } from "../reading/value-maps.ts";
import { count, integer, onlyTrue, parsed, parsedOrText, sequences, text, texts } from "../reading/values.ts";

/**
 * The GenAI conventions 1.26 to 1.41, and the spellings that several producers share. Source: the registry snapshot's
 * `deprecated` table; core conventions' change log.
 */
export const genai: Dialect = {
  name: "genai",
  source: "OpenTelemetry GenAI conventions 1.26 to 1.41",
  scopes: [],
  markers: [
    "gen_ai.system",
    "gen_ai.prompt",
    "gen_ai.completion",
    "gen_ai.usage.prompt_tokens",
    "gen_ai.usage.completion_tokens",
    "gen_ai.usage.total_tokens",
    "gen_ai.usage.cache_creation.input_tokens",
    "gen_ai.usage.cache_creation_input_tokens",
    "gen_ai.usage.cache_read_input_tokens",
    "gen_ai.usage.cache_write_input_tokens",
    "gen_ai.usage.cached_input_tokens",
    "gen_ai.usage.reasoning_tokens",
    "gen_ai.usage.audio_input_tokens",
    "gen_ai.usage.audio_output_tokens",
    "gen_ai.request.is_stream",
    "gen_ai.is_streaming",
    "gen_ai.response.streaming",
    "gen_ai.request.reasoning_effort",
    "gen_ai.request.embedding_dimension",
    "gen_ai.request.dimensions",
    "gen_ai.request.encoding_format",
    "gen_ai.request.user",
    "gen_ai.user",
    "gen_ai.user.id",
    "gen_ai.request.n",
    "gen_ai.request.max_completion_tokens",
    "gen_ai.response.stop_reason",
    "gen_ai.response.system_fingerprint",
    "gen_ai.response.service_tier",
    "gen_ai.openai.",
    "gen_ai.tool.args",
    "gen_ai.tool.input",
    "gen_ai.tool.output",
    "gen_ai.tool.call.type",
    "gen_ai.tools.message",
    "gen_ai.retrieval.query",
    "gen_ai.pipeline.name",
    "az.namespace",
    "az.service_request_id",
    "enduser.id",
    "mcp.method.name",
  ],
  // Both ends of a call of a tool by MCP do the same.
  operation: ({ source }) => (source["mcp.method.name"] === "tools/call" ? "execute_tool" : undefined),
  rows: [
    {
      from: "gen_ai.provider.name",
      to: "gen_ai.provider.name",
      read: (value) => RENAMED_PROVIDERS.get(String(value)) ?? value,
    },
    { from: "gen_ai.system", to: "gen_ai.provider.name", read: provider },
    { from: "gen_ai.usage.prompt_tokens", to: "gen_ai.usage.input_tokens", read: count },
    { from: "gen_ai.usage.completion_tokens", to: "gen_ai.usage.output_tokens", read: count },
    { from: "gen_ai.usage.cache_creation.input_tokens", to: "gen_ai.usage.cache_write.input_tokens", read: count },
    { from: "gen_ai.usage.cache_creation_input_tokens", to: "gen_ai.usage.cache_write.input_tokens", read: count },
    { from: "gen_ai.usage.cache_write_input_tokens", to: "gen_ai.usage.cache_write.input_tokens", read: count },
    { from: "gen_ai.usage.cache_read_input_tokens", to: "gen_ai.usage.cache_read.input_tokens", read: count },
    { from: "gen_ai.usage.cached_input_tokens", to: "gen_ai.usage.cache_read.input_tokens", read: count },
    { from: "gen_ai.usage.reasoning_tokens", to: "gen_ai.usage.reasoning.output_tokens", read: count },
    { from: "gen_ai.usage.audio_input_tokens", to: "gen_ai.usage.audio.input_tokens", read: count },
    { from: "gen_ai.usage.audio_output_tokens", to: "gen_ai.usage.audio.output_tokens", read: count },
    // The sum of two others; where it is not, nobody can say what it counts.
    { from: "gen_ai.usage.total_tokens" },
    { from: "gen_ai.request.is_stream", to: "gen_ai.request.stream", read: onlyTrue },
    { from: "gen_ai.is_streaming", to: "gen_ai.request.stream", read: onlyTrue },
    { from: "gen_ai.response.streaming", to: "gen_ai.request.stream", read: onlyTrue },
    { from: "gen_ai.request.reasoning_effort", to: "gen_ai.request.reasoning.level", read: text },
    { from: "gen_ai.request.embedding_dimension", to: "gen_ai.embeddings.dimension.count", read: integer },
    { from: "gen_ai.request.dimensions", to: "gen_ai.embeddings.dimension.count", read: integer },
    { from: "gen_ai.request.encoding_format", to: "gen_ai.request.encoding_formats", read: texts },
    {
      from: "gen_ai.request.n",
      to: "gen_ai.request.choice.count",
      read: (value) => (integer(value) === 1 ? null : integer(value)),
    },
    { from: "gen_ai.request.max_completion_tokens", to: "gen_ai.request.max_tokens", read: integer },
    {
      from: "gen_ai.request.stop_sequences",
      to: "gen_ai.request.stop_sequences",
      read: (value) => (typeof value === "string" ? sequences(value) : value),
    },
    { from: "gen_ai.response.finish_reasons", to: "gen_ai.response.finish_reasons", read: currentFinishReasons },
    { from: "gen_ai.response.stop_reason", to: "gen_ai.response.finish_reasons", read: finishReasons },
    { from: "gen_ai.response.system_fingerprint", to: semconv.ATTR_OPENAI_RESPONSE_SYSTEM_FINGERPRINT, read: text },
    { from: "gen_ai.response.service_tier", to: semconv.ATTR_OPENAI_RESPONSE_SERVICE_TIER, read: text },
    { from: "gen_ai.openai.request.seed", to: "gen_ai.request.seed", read: integer },
    { from: "gen_ai.openai.request.response_format", to: "gen_ai.output.type", read: outputType },
    { from: "gen_ai.output.type", to: "gen_ai.output.type", read: outputType },
    { from: "gen_ai.openai.request.service_tier", to: semconv.ATTR_OPENAI_REQUEST_SERVICE_TIER, read: text },
    { from: "gen_ai.openai.response.service_tier", to: semconv.ATTR_OPENAI_RESPONSE_SERVICE_TIER, read: text },
    {
      from: "gen_ai.openai.response.system_fingerprint",
      to: semconv.ATTR_OPENAI_RESPONSE_SYSTEM_FINGERPRINT,
      read: text,
    },
    { from: "gen_ai.openai.system_fingerprint", to: semconv.ATTR_OPENAI_RESPONSE_SYSTEM_FINGERPRINT, read: text },
    { from: "gen_ai.openai.api_base", to: semconv.ATTR_SERVER_ADDRESS, read: hostOf },
    { from: "az.namespace", to: semconv.ATTR_AZURE_RESOURCE_PROVIDER_NAMESPACE, read: text },
    { from: "az.service_request_id", to: "azure.service.request.id", read: text },
    { from: "gen_ai.request.user", to: semconv.ATTR_USER_ID, read: text },
    { from: "gen_ai.user", to: semconv.ATTR_USER_ID, read: text },
    { from: "gen_ai.user.id", to: semconv.ATTR_USER_ID, read: text },
    { from: "enduser.id", to: semconv.ATTR_USER_ID, read: text },
    { from: "gen_ai.tool.args", to: semconv.ATTR_GEN_AI_TOOL_CALL_ARGUMENTS },
    { from: "gen_ai.tool.input", to: semconv.ATTR_GEN_AI_TOOL_CALL_ARGUMENTS },
    { from: "gen_ai.tool.output", to: semconv.ATTR_GEN_AI_TOOL_CALL_RESULT },
    { from: "gen_ai.tool.call.type", to: semconv.ATTR_GEN_AI_TOOL_TYPE, read: text },
    { from: "gen_ai.tools.message", to: semconv.ATTR_GEN_AI_TOOL_DEFINITIONS, read: toolDefinitions },
    { from: "gen_ai.retrieval.query", to: semconv.ATTR_GEN_AI_RETRIEVAL_QUERY_TEXT, read: text },
    { from: "gen_ai.pipeline.name", to: semconv.ATTR_GEN_AI_WORKFLOW_NAME, read: text },
    { from: "gen_ai.request.top_k", to: "gen_ai.request.top_k", read: integer },
    {
      from: "system_prompt",
      to: semconv.ATTR_GEN_AI_SYSTEM_INSTRUCTIONS,
      read: (value) => nonEmpty(partsOf(parsedOrText(value))),
      when: isStrands,
    },
    { from: "gen_ai.prompt", to: "gen_ai.input.messages", read: (value) => messagesOf(value, "user") },
    { from: "gen_ai.completion", to: "gen_ai.output.messages", read: (value) => messagesOf(value, "assistant") },
  ],
  gather: readEvents,
  refine(draft) {
    dropEmptyReasons(draft);
    moveTopK(draft);
    refineContent(draft);
  },
};

/** Strands' agents; their scope may be the name of the application. */
function isStrands({ source }: Draft): boolean {
  return "gen_ai.event.start_time" in source && "gen_ai.agent.name" in source;
}

/** Services that speak OpenAI's protocol may answer an empty reason: there is none. */
function dropEmptyReasons(draft: Draft): void {
  const reasons = parsed(draft.get(semconv.ATTR_GEN_AI_RESPONSE_FINISH_REASONS));
  if (Array.isArray(reasons) && reasons.length > 0 && reasons.every((reason) => reason === "")) {
    draft.remove(semconv.ATTR_GEN_AI_RESPONSE_FINISH_REASONS);
  }
}

/** Of a retrieval it is how many documents were asked for. */
function moveTopK(draft: Draft): void {
  if (draft.get(semconv.ATTR_GEN_AI_OPERATION_NAME) !== "retrieval" || draft.has(semconv.ATTR_GEN_AI_RETRIEVAL_TOP_K))
    return;
  const asked = integer(draft.get(semconv.ATTR_GEN_AI_REQUEST_TOP_K));
  if (asked === undefined) return;
  draft.set(semconv.ATTR_GEN_AI_RETRIEVAL_TOP_K, asked);
  draft.remove(semconv.ATTR_GEN_AI_REQUEST_TOP_K);
}

function currentFinishReasons(value: unknown): unknown {
  const reasons = finishReasons(value);
  if (!Array.isArray(value) || reasons === undefined) return reasons;
  return reasons.length === value.length && reasons.every((reason, index) => reason === value[index]) ? value : reasons;
}

function outputType(value: unknown): unknown {
  return typeof value === "string" ? (OUTPUT_TYPES.get(value) ?? value) : undefined;
}

function hostOf(value: unknown): string | undefined {
  try {
    return new URL(String(value)).hostname || undefined;
  } catch {
    return undefined;
  }
}
