import * as semconv from "@genspan/semconv";
import type { Dialect } from "./dialect.ts";
import { setFound } from "./found.ts";
import { messagesOf } from "./messages.ts";
import { toolDefinitions } from "./tools.ts";
import { provider } from "./value-maps.ts";
import { count, parsedOrText, text } from "./values.ts";

/** Ops of Sentry's spans; its op is the prefix `gen_ai.` and the operation. */
const OPERATIONS: ReadonlySet<string> = new Set([
  "chat",
  "generate_content",
  "text_completion",
  "invoke_agent",
  "execute_tool",
  "embeddings",
  "rerank",
  "create_agent",
]);

export const sentry: Dialect = {
  name: "sentry",
  source: "getsentry/sentry-javascript f7a6cc0c22, gen-ai-attributes.ts",
  scopes: [],
  markers: ["sentry.", "gen_ai.request.messages", "gen_ai.response.text", "gen_ai.request.available_tools"],
  operation({ source }) {
    const operation = text(source["sentry.op"])?.replace(/^gen_ai\./, "");
    return operation !== undefined && OPERATIONS.has(operation) ? operation : undefined;
  },
  rows: [
    { from: "gen_ai.system", to: semconv.ATTR_GEN_AI_PROVIDER_NAME, read: provider },
    {
      from: "gen_ai.request.messages",
      to: semconv.ATTR_GEN_AI_INPUT_MESSAGES,
      read: (value) => messagesOf(value, "user"),
    },
    { from: "gen_ai.request.available_tools", to: semconv.ATTR_GEN_AI_TOOL_DEFINITIONS, read: toolDefinitions },
    { from: "gen_ai.usage.input_tokens.cached", to: semconv.ATTR_GEN_AI_USAGE_CACHE_READ_INPUT_TOKENS, read: count },
    {
      from: "gen_ai.usage.input_tokens.cache_write",
      to: semconv.ATTR_GEN_AI_USAGE_CACHE_WRITE_INPUT_TOKENS,
      read: count,
    },
    {
      from: "gen_ai.usage.output_tokens.reasoning",
      to: semconv.ATTR_GEN_AI_USAGE_REASONING_OUTPUT_TOKENS,
      read: count,
    },
  ],
  gather(draft) {
    // Text and calls of one answer stand apart.
    const { "gen_ai.response.text": said, "gen_ai.response.tool_calls": calls } = draft.source;
    if (said === undefined && calls === undefined) return;
    const texts = parsedOrText(said);
    const content = Array.isArray(texts) && texts.every((one) => typeof one === "string") ? texts.join("") : texts;
    const given = parsedOrText(calls);
    const answer = { role: "assistant", content, ...(Array.isArray(given) && { tool_calls: given }) };
    const messages = messagesOf(answer, "assistant");
    if (messages === undefined) return;
    setFound(draft, semconv.ATTR_GEN_AI_OUTPUT_MESSAGES, messages);
    draft.use("gen_ai.response.text");
    draft.use("gen_ai.response.tool_calls");
  },
};
