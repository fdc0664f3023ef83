import * as semconv from "@genspan/semconv";
import { json } from "../../json-text.ts";
import type { Dialect } from "../dialect.ts";
import { refineTools } from "../reading/content.ts";
import type { Draft } from "../reading/draft.ts";
import { setFound } from "../reading/found.ts";
import { messagesOf } from "../reading/messages.ts";
import { partsOf, partsOrText } from "../reading/parts.ts";
import { toolDefinitions } from "../reading/tools.ts";
import { provider } from "../reading/value-maps.ts";
import { count, field, parsed, text } from "../reading/values.ts";

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
  source: "getsentry/sentry-javascript f7a6cc0c22, gen-ai-attributes.ts, and spans of versions 10 and 11",
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
    const given = parsed(calls);
    const messages = messagesOf(isOutput(given) ? given : answerOf(said, given), "assistant");
    if (messages === undefined) return;
    setFound(draft, semconv.ATTR_GEN_AI_OUTPUT_MESSAGES, messages);
    draft.use("gen_ai.response.text");
    draft.use("gen_ai.response.tool_calls");
  },
  refine(draft) {
    refineReasons(draft);
    refineInstructions(draft);
    // Since version 11 they stand under the current name, as the API takes them.
    refineTools(draft);
  },
};

/** The calls of a stream of the Responses API are all of its output, with the text in it. */
function isOutput(calls: unknown): calls is readonly unknown[] {
  return Array.isArray(calls) && calls.some((item) => field(item, "type") === "message");
}

/** The texts of all choices in a list, or one text, which may be JSON that the application asked for. */
function answerOf(said: unknown, calls: unknown): object {
  const texts = parsed(said);
  const isList = Array.isArray(texts) && texts.every((one) => typeof one === "string");
  const content = isList ? texts.join("") : said;
  return { role: "assistant", content, ...(Array.isArray(calls) && { tool_calls: calls }) };
}

/** Of a stream of the Responses API it notes each status that it had on its way. */
function refineReasons(draft: Draft): void {
  const reasons = draft.get(semconv.ATTR_GEN_AI_RESPONSE_FINISH_REASONS);
  if (!Array.isArray(reasons)) return;
  const final = reasons.filter((reason) => reason !== "in_progress" && reason !== "queued");
  if (final.length === 0) draft.remove(semconv.ATTR_GEN_AI_RESPONSE_FINISH_REASONS);
  else if (final.length < reasons.length) draft.replace(semconv.ATTR_GEN_AI_RESPONSE_FINISH_REASONS, final);
  // A response that calls a function and waits for its result is as completed as any.
  const stated = parsed(draft.source[semconv.ATTR_GEN_AI_RESPONSE_FINISH_REASONS]);
  if (final.length !== 1 || !Array.isArray(stated) || !stated.includes("completed")) return;
  const messages = parsed(draft.get(semconv.ATTR_GEN_AI_OUTPUT_MESSAGES));
  const parts = Array.isArray(messages) ? field(messages.at(-1), "parts") : undefined;
  if (Array.isArray(parts) && parts.some((part) => field(part, "type") === "tool_call")) {
    draft.replace(semconv.ATTR_GEN_AI_RESPONSE_FINISH_REASONS, ["tool_call"]);
  }
}

/** Instructions that came as parts stand as JSON text within one part. */
function refineInstructions(draft: Draft): void {
  const value = draft.get(semconv.ATTR_GEN_AI_SYSTEM_INSTRUCTIONS);
  if (typeof value !== "string" || !value.includes('"[{')) return;
  const given = parsed(value);
  if (!Array.isArray(given)) return;
  const parts = given.flatMap((part) => {
    const within = partsOrText(field(part, "content"));
    return Array.isArray(within) ? partsOf(within) : [part];
  });
  if (json(parts) !== json(given)) draft.replace(semconv.ATTR_GEN_AI_SYSTEM_INSTRUCTIONS, json(parts));
}
