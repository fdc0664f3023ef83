import * as semconv from "@genspan/semconv";
import { isObject } from "../../message-guards.ts";
import type { Dialect } from "../dialect.ts";
import { refineMessages } from "../reading/content.ts";
import type { Draft } from "../reading/draft.ts";
import { setFound } from "../reading/found.ts";
import { bytesOrUrl, modalityOf } from "../reading/media.ts";
import { messagesOf } from "../reading/messages.ts";
import { readToolCall } from "../reading/parts.ts";
import { toolDefinitions } from "../reading/tools.ts";
import { finishReasons } from "../reading/value-maps.ts";
import {
  count,
  field,
  integer,
  isStated,
  number,
  parsed,
  parsedObject,
  parsedOrText,
  sequences,
  text,
} from "../reading/values.ts";
import { providerAndApi } from "./ai-sdk-provider.ts";

/** Spans by `ai.operationId`. Outer spans of embedding and reranking are parents of the call and no operation. */
const OPERATIONS: readonly (readonly [pattern: RegExp, operation: string])[] = [
  [/^ai\.(generate|stream)(Text|Object)$/, "invoke_agent"],
  [/^ai\.(generate|stream)(Text|Object)\.do/, "chat"],
  [/^ai\.embed(Many)?\.do/, "embeddings"],
  [/^ai\.toolCall$/, "execute_tool"],
  [/^ai\.rerank\.do/, "rerank"],
];

const idOf = ({ source }: Draft): string => text(source["ai.operationId"]) ?? "";
const isOuter = (draft: Draft): boolean => /^ai\.(generate|stream)(Text|Object)$/.test(idOf(draft));
const isStream = (draft: Draft): boolean => /^ai\.stream(Text|Object)\.doStream$/.test(idOf(draft));

/** Versions 4 to 6 and `LegacyOpenTelemetry`: `ai.*`. Version 7 speaks `gen_ai.*` with habits of its own. */
export const vercel: Dialect = {
  name: "vercel",
  source: "ai 4.3.19, 5.0.277, 6.0.326, 7.0.173; @ai-sdk/otel 1.0.173",
  scopes: ["ai", "gen_ai"],
  markers: [
    "ai.operationId",
    "ai.model.",
    "ai.prompt.",
    "ai.usage.",
    "ai.response.",
    "ai.toolCall.",
    "ai.telemetry.",
    "ai.settings.",
  ],
  operation: (draft) => OPERATIONS.find(([pattern]) => pattern.test(idOf(draft)))?.[1],
  rows: [
    { from: "ai.model.id", to: semconv.ATTR_GEN_AI_REQUEST_MODEL, read: text },
    {
      from: "ai.model.provider",
      to: [semconv.ATTR_GEN_AI_PROVIDER_NAME, semconv.ATTR_OPENAI_API_TYPE],
      read: providerAndApi,
    },
    {
      from: "gen_ai.system",
      to: [semconv.ATTR_GEN_AI_PROVIDER_NAME, semconv.ATTR_OPENAI_API_TYPE],
      read: providerAndApi,
    },
    { from: "ai.telemetry.functionId", to: semconv.ATTR_GEN_AI_AGENT_NAME, read: text, when: isOuter },
    ...setting("temperature", semconv.ATTR_GEN_AI_REQUEST_TEMPERATURE, number),
    ...setting("topP", semconv.ATTR_GEN_AI_REQUEST_TOP_P, number),
    ...setting("topK", semconv.ATTR_GEN_AI_REQUEST_TOP_K, integer),
    ...setting("maxOutputTokens", semconv.ATTR_GEN_AI_REQUEST_MAX_TOKENS, integer),
    ...setting("maxTokens", semconv.ATTR_GEN_AI_REQUEST_MAX_TOKENS, integer),
    ...setting("frequencyPenalty", semconv.ATTR_GEN_AI_REQUEST_FREQUENCY_PENALTY, number),
    ...setting("presencePenalty", semconv.ATTR_GEN_AI_REQUEST_PRESENCE_PENALTY, number),
    ...setting("stopSequences", semconv.ATTR_GEN_AI_REQUEST_STOP_SEQUENCES, sequences),
    ...setting("seed", semconv.ATTR_GEN_AI_REQUEST_SEED, integer),
    {
      from: "ai.settings.output",
      to: semconv.ATTR_GEN_AI_OUTPUT_TYPE,
      read: (value) => (value === "object" ? "json" : undefined),
      keep: true,
    },
    { from: "ai.schema", to: semconv.ATTR_GEN_AI_OUTPUT_TYPE, read: () => "json", keep: true },
    { from: "ai.prompt.messages", to: semconv.ATTR_GEN_AI_INPUT_MESSAGES, read: (value) => messagesOf(value, "user") },
    { from: "ai.prompt.tools", to: semconv.ATTR_GEN_AI_TOOL_DEFINITIONS, read: toolDefinitions },
    {
      from: "ai.prompt",
      to: [semconv.ATTR_GEN_AI_INPUT_MESSAGES, semconv.ATTR_GEN_AI_SYSTEM_INSTRUCTIONS],
      read: outerPrompt,
    },
    { from: "ai.response.finishReason", to: semconv.ATTR_GEN_AI_RESPONSE_FINISH_REASONS, read: finishReasons },
    { from: "ai.response.id", to: semconv.ATTR_GEN_AI_RESPONSE_ID, read: text },
    { from: "ai.response.model", to: semconv.ATTR_GEN_AI_RESPONSE_MODEL, read: text },
    { from: "ai.response.msToFirstChunk", to: semconv.ATTR_GEN_AI_RESPONSE_TIME_TO_FIRST_CHUNK, read: seconds },
    { from: "ai.stream.msToFirstChunk", to: semconv.ATTR_GEN_AI_RESPONSE_TIME_TO_FIRST_CHUNK, read: seconds },
    ...usage("inputTokens", semconv.ATTR_GEN_AI_USAGE_INPUT_TOKENS),
    ...usage("outputTokens", semconv.ATTR_GEN_AI_USAGE_OUTPUT_TOKENS),
    ...usage("promptTokens", semconv.ATTR_GEN_AI_USAGE_INPUT_TOKENS),
    ...usage("completionTokens", semconv.ATTR_GEN_AI_USAGE_OUTPUT_TOKENS),
    ...usage("tokens", semconv.ATTR_GEN_AI_USAGE_INPUT_TOKENS),
    ...usage("inputTokenDetails.cacheReadTokens", semconv.ATTR_GEN_AI_USAGE_CACHE_READ_INPUT_TOKENS),
    ...usage("inputTokenDetails.cacheWriteTokens", semconv.ATTR_GEN_AI_USAGE_CACHE_WRITE_INPUT_TOKENS),
    ...usage("outputTokenDetails.reasoningTokens", semconv.ATTR_GEN_AI_USAGE_REASONING_OUTPUT_TOKENS),
    ...usage("cachedInputTokens", semconv.ATTR_GEN_AI_USAGE_CACHE_READ_INPUT_TOKENS),
    ...usage("reasoningTokens", semconv.ATTR_GEN_AI_USAGE_REASONING_OUTPUT_TOKENS),
    ...["totalTokens", "inputTokenDetails.noCacheTokens", "outputTokenDetails.textTokens"].map((name) => ({
      from: `ai.usage.${name}`,
    })),
    { from: "ai.toolCall.name", to: semconv.ATTR_GEN_AI_TOOL_NAME, read: text },
    { from: "ai.toolCall.id", to: semconv.ATTR_GEN_AI_TOOL_CALL_ID, read: text },
    { from: "ai.toolCall.args", to: semconv.ATTR_GEN_AI_TOOL_CALL_ARGUMENTS },
    { from: "ai.toolCall.result", to: semconv.ATTR_GEN_AI_TOOL_CALL_RESULT },
    // Vectors, and what was embedded, say nothing about the call.
    ...["ai.embedding", "ai.embeddings"].map((from) => ({
      from,
      to: semconv.ATTR_GEN_AI_EMBEDDINGS_DIMENSION_COUNT,
      read: dimensions,
    })),
    // Version 7 writes its histograms' values on spans as well.
    ...["gen_ai.client.operation.time_to_first_chunk", "gen_ai.client.inference.time_to_first_chunk"].map((from) => ({
      from,
      to: [semconv.ATTR_GEN_AI_RESPONSE_TIME_TO_FIRST_CHUNK, semconv.ATTR_GEN_AI_REQUEST_STREAM],
      read: (value: unknown) => {
        const first = number(value);
        return first === undefined
          ? undefined
          : { [semconv.ATTR_GEN_AI_RESPONSE_TIME_TO_FIRST_CHUNK]: first, [semconv.ATTR_GEN_AI_REQUEST_STREAM]: true };
      },
    })),
    // What else of histograms it writes there follows from the span's times.
    ...[
      "gen_ai.client.operation.duration",
      "gen_ai.client.inference.duration",
      "gen_ai.execute_tool.duration",
      "gen_ai.client.operation.time_per_output_chunk",
      "gen_ai.client.inference.time_per_output_chunk",
    ].map((from) => ({ from })),
  ],
  prefixes: [
    { prefix: "ai.request.headers.", keys: {}, drop: true },
    {
      prefix: "ai.telemetry.metadata.",
      keys: {
        conversationId: semconv.ATTR_GEN_AI_CONVERSATION_ID,
        sessionId: semconv.ATTR_GEN_AI_CONVERSATION_ID,
        threadId: semconv.ATTR_GEN_AI_CONVERSATION_ID,
        chatId: semconv.ATTR_GEN_AI_CONVERSATION_ID,
        userId: semconv.ATTR_USER_ID,
      },
    },
  ],
  gather(draft) {
    readAnswer(draft);
    readProviderMetadata(draft);
    const chunk = draft.events.find(({ name }) => name === "ai.stream.firstChunk")?.attributes ?? {};
    const first = seconds(chunk["ai.response.msToFirstChunk"] ?? chunk["ai.stream.msToFirstChunk"]);
    draft.setAbsent(semconv.ATTR_GEN_AI_RESPONSE_TIME_TO_FIRST_CHUNK, first);
    if (isStream(draft)) draft.setAbsent(semconv.ATTR_GEN_AI_REQUEST_STREAM, true);
    if (idOf(draft) === "ai.toolCall") draft.setAbsent(semconv.ATTR_GEN_AI_TOOL_TYPE, "function");
  },
  refine(draft) {
    if (draft.scope === "gen_ai") refineMessages(draft, { answersWithin: true });
  },
};

function setting(name: string, to: string, read: (value: unknown) => unknown) {
  return [{ from: `ai.settings.${name}`, to, read }];
}

function usage(name: string, to: string) {
  return [{ from: `ai.usage.${name}`, to, read: count }];
}

function seconds(value: unknown): number | undefined {
  const millis = number(value);
  return millis === undefined ? undefined : millis / 1e3;
}

function outerPrompt(value: unknown): Readonly<Record<string, unknown>> | undefined {
  const given = parsedObject(value);
  if (given === undefined) return undefined;
  const { system, messages, prompt } = given;
  return {
    [semconv.ATTR_GEN_AI_INPUT_MESSAGES]: messagesOf(messages ?? prompt, "user"),
    [semconv.ATTR_GEN_AI_SYSTEM_INSTRUCTIONS]:
      typeof system === "string" && system !== "" ? [{ type: "text", content: system }] : undefined,
  };
}

function dimensions(value: unknown): number | null {
  const [first] = Array.isArray(value) ? value : [value];
  const vector = parsed(first ?? value);
  return Array.isArray(vector) && typeof vector[0] === "number" ? vector.length : null;
}

const ANSWER = [
  "ai.response.reasoning",
  "ai.response.text",
  "ai.response.object",
  "ai.response.files",
  "ai.response.toolCalls",
] as const;

/** What the model said stands in up to five attributes; it is one message. */
function readAnswer(draft: Draft): void {
  const { source } = draft;
  if (!ANSWER.some((name) => source[name] !== undefined)) return;
  const [reasoning, said, object, files, calls] = ANSWER.map((name) => source[name]);
  // Summaries that are empty are joined to lines without a word.
  const thought = text(reasoning)?.trim() === "" ? undefined : text(reasoning);
  const content = text(said) ?? text(object);
  const parts = [
    ...(thought === undefined ? [] : [{ type: "reasoning", content: thought }]),
    ...(content === undefined ? [] : [{ type: "text", content }]),
    ...list(files).flatMap(filePart),
    ...list(calls).flatMap((call) => (isObject(call) ? (readToolCall(call) ?? []) : [])),
  ];
  if (parts.length > 0) setFound(draft, semconv.ATTR_GEN_AI_OUTPUT_MESSAGES, [{ role: "assistant", parts }]);
  for (const name of ANSWER) if (source[name] !== undefined) draft.use(name);
}

function list(value: unknown): readonly unknown[] {
  const read = parsedOrText(value);
  return Array.isArray(read) ? read : [];
}

function filePart(file: unknown): readonly unknown[] {
  const data = field(file, "data") ?? field(file, "base64");
  const mimeType = text(field(file, "mediaType") ?? field(file, "mimeType"));
  return typeof data === "string" ? [bytesOrUrl(data, modalityOf(mimeType), mimeType)] : [];
}

/** Counts that version 4 and 5 leave to the provider, by the provider's key and its name of them. */
function readProviderMetadata(draft: Draft): void {
  const metadata = parsedObject(draft.source["ai.response.providerMetadata"]);
  for (const [key, given] of Object.entries(metadata ?? {})) {
    if (!isObject(given)) continue;
    const usage = given["usage"] ?? given["usageMetadata"];
    const own = { ...given, ...(isObject(usage) && usage) };
    const [read, written, reasoning] = DETAILS.map((names) => count(names.map((name) => own[name]).find(isStated)));
    draft.set(semconv.ATTR_GEN_AI_USAGE_CACHE_READ_INPUT_TOKENS, read);
    draft.set(semconv.ATTR_GEN_AI_USAGE_CACHE_WRITE_INPUT_TOKENS, written);
    draft.set(semconv.ATTR_GEN_AI_USAGE_REASONING_OUTPUT_TOKENS, reasoning);
    if (key === "anthropic" || key === "bedrock") addCached(draft, own, (read ?? 0) + (written ?? 0));
  }
}

/** Tokens read from a cache, written to one, and used for reasoning. */
const DETAILS: readonly (readonly string[])[] = [
  [
    "cacheReadInputTokens",
    "cache_read_input_tokens",
    "cachedPromptTokens",
    "promptCacheHitTokens",
    "cachedContentTokenCount",
  ],
  ["cacheCreationInputTokens", "cache_creation_input_tokens", "cacheWriteInputTokens"],
  ["reasoningTokens", "thoughtsTokenCount"],
];

/** The input of these providers leaves out what a cache served or took; version 6 has added it already. */
function addCached(draft: Draft, raw: Readonly<Record<string, unknown>>, cached: number): void {
  const { source } = draft;
  const uncached = count(source["ai.usage.inputTokens"] ?? source["ai.usage.promptTokens"]);
  const isTotal =
    "ai.usage.inputTokenDetails.noCacheTokens" in source || (count(raw["input_tokens"]) ?? uncached) !== uncached;
  if (uncached === undefined || isTotal || cached === 0) return;
  draft.replace(semconv.ATTR_GEN_AI_USAGE_INPUT_TOKENS, uncached + cached);
}
