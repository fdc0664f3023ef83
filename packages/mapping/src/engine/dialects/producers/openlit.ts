import * as semconv from "@genspan/semconv";
import type { Dialect } from "../dialect.ts";
import { addCachedInput } from "../reading/cached-input.ts";
import { refineMessages } from "../reading/content.ts";
import type { Draft } from "../reading/draft.ts";
import { INPUT_TARGETS, inputOf, OUTPUT_TARGETS, outputOf } from "../reading/io.ts";
import { provider } from "../reading/value-maps.ts";
import { cost, count, field, number, parsed, parsedOrText, text } from "../reading/values.ts";

export const openlit: Dialect = {
  name: "openlit",
  source: "openlit 1.15.0 (src/semantic-convention.ts, src/helpers.ts)",
  scopes: ["openlit*", "@openlit/*"],
  markers: [
    "openlit.",
    "gen_ai.usage.cost",
    "gen_ai.sdk.version",
    "gen_ai.usage.completion_tokens_details.",
    "gen_ai.usage.prompt_tokens_details.",
    "mcp.tool.",
    "mcp.auth.",
  ],
  operation: ({ source }) =>
    source["mcp.method"] === "tools/call" || source["mcp.tool.name"] !== undefined ? "execute_tool" : undefined,
  rows: [
    { from: "gen_ai.usage.cost", to: semconv.ATTR_GENSPAN_COST_USD, read: cost, keep: true },
    { from: "gen_ai.provider.name", to: semconv.ATTR_GEN_AI_PROVIDER_NAME, read: provider },
    {
      from: "gen_ai.usage.completion_tokens_details.reasoning",
      to: semconv.ATTR_GEN_AI_USAGE_REASONING_OUTPUT_TOKENS,
      read: count,
    },
    {
      from: "gen_ai.usage.completion_tokens_details.audio",
      to: semconv.ATTR_GEN_AI_USAGE_AUDIO_OUTPUT_TOKENS,
      read: count,
    },
    {
      from: "gen_ai.usage.prompt_tokens_details.cache_read",
      to: semconv.ATTR_GEN_AI_USAGE_CACHE_READ_INPUT_TOKENS,
      read: count,
    },
    {
      from: "gen_ai.usage.prompt_tokens_details.cache_write",
      to: semconv.ATTR_GEN_AI_USAGE_CACHE_WRITE_INPUT_TOKENS,
      read: count,
    },
    { from: "gen_ai.workflow.input", to: INPUT_TARGETS, read: inputOf },
    { from: "gen_ai.workflow.output", to: OUTPUT_TARGETS, read: outputOf },
    { from: "gen_ai.server.time_to_first_token", to: semconv.ATTR_GEN_AI_RESPONSE_TIME_TO_FIRST_CHUNK, read: number },
    { from: "mcp.method", to: semconv.ATTR_MCP_METHOD_NAME, read: text },
    { from: "mcp.tool.name", to: semconv.ATTR_GEN_AI_TOOL_NAME, read: text },
    { from: "mcp.prompt.name", to: semconv.ATTR_GEN_AI_PROMPT_NAME, read: text },
    { from: "mcp.tool.arguments", to: semconv.ATTR_GEN_AI_TOOL_CALL_ARGUMENTS, read: parsedOrText },
    { from: "mcp.tool.result", to: semconv.ATTR_GEN_AI_TOOL_CALL_RESULT, read: parsedOrText },
    { from: "mcp.message_id", to: semconv.ATTR_JSONRPC_REQUEST_ID, read: text },
    { from: "mcp.jsonrpc_version", to: semconv.ATTR_JSONRPC_PROTOCOL_VERSION, read: text },
    {
      from: "mcp.error.code",
      to: [semconv.ATTR_RPC_RESPONSE_STATUS_CODE, semconv.ATTR_ERROR_TYPE],
      read: (value) => {
        const code = text(value);
        return code && { [semconv.ATTR_RPC_RESPONSE_STATUS_CODE]: code, [semconv.ATTR_ERROR_TYPE]: code };
      },
    },
  ],
  // Codes and states of sign-in.
  prefixes: [{ prefix: "mcp.auth.", keys: {}, drop: true }],
  refine(draft) {
    addCachedInput(draft, ["gen_ai.request.is_stream"]);
    if (!draft.scope.includes("openlit")) return;
    refineMessages(draft);
    dropRepeatedInstructions(draft);
  },
};

/** A system message of the chat history is written as instructions as well; the model read it once. */
function dropRepeatedInstructions(draft: Draft): void {
  const instructions = parsed(draft.source[semconv.ATTR_GEN_AI_SYSTEM_INSTRUCTIONS]);
  const messages = parsed(draft.get(semconv.ATTR_GEN_AI_INPUT_MESSAGES));
  if (!Array.isArray(instructions) || !Array.isArray(messages) || field(messages[0], "role") !== "system") return;
  if (JSON.stringify(field(messages[0], "parts")) === JSON.stringify(instructions)) {
    draft.use(semconv.ATTR_GEN_AI_SYSTEM_INSTRUCTIONS);
  }
}
