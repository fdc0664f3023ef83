import * as semconv from "@genspan/semconv";
import type { Dialect, Unflattened } from "../dialect.ts";
import { addCachedInput } from "../reading/cached-input.ts";
import { refineMessages } from "../reading/content.ts";
import type { Draft } from "../reading/draft.ts";
import { INPUT_TARGETS, inputOf, OUTPUT_TARGETS, outputOf } from "../reading/io.ts";
import { messagesOf } from "../reading/messages.ts";
import { partsOrText } from "../reading/parts.ts";
import { secondsAfterStart } from "../reading/time-after-start.ts";
import { toolDefinitions } from "../reading/tools.ts";
import { finishReason, finishReasons, provider } from "../reading/value-maps.ts";
import { count, field, integer, number, onlyTrue, parsed, parsedObject, sequences, text } from "../reading/values.ts";

const REQUEST_TYPES: ReadonlyMap<string, string> = new Map([
  ["chat", "chat"],
  ["completion", "text_completion"],
  ["embedding", "embeddings"],
  ["rerank", "rerank"],
]);
const SPAN_KINDS: ReadonlyMap<string, string> = new Map([
  ["workflow", "invoke_workflow"],
  ["agent", "invoke_agent"],
  ["tool", "execute_tool"],
]);
const NAME_OF_KIND: Readonly<Record<string, string>> = {
  workflow: semconv.ATTR_GEN_AI_WORKFLOW_NAME,
  agent: semconv.ATTR_GEN_AI_AGENT_NAME,
  tool: semconv.ATTR_GEN_AI_TOOL_NAME,
};
const MESSAGE_PATHS: readonly string[] = [
  "role",
  "content",
  "name",
  "finish_reason",
  "tool_call_id",
  "tool_calls.#.id",
  "tool_calls.#.name",
  "tool_calls.#.arguments",
  "function_call.name",
  "function_call.arguments",
  "refusal",
  "reasoning",
  "reasoning_content",
  // A prompt of the endpoints before chat.
  "user",
];

const GEMINI = "@traceloop/instrumentation-google-generativeai";

const kindOf = ({ source }: Draft): string => String(source["traceloop.span.kind"]);

/** Both generations: flattened `gen_ai.prompt.0.content`, and JSON built to the conventions 1.40. */
export const openllmetry: Dialect = {
  name: "openllmetry",
  source: "@traceloop/ai-semantic-conventions 0.27.0; Python opentelemetry-semantic-conventions-ai 0.5.2",
  scopes: ["@traceloop/*", "opentelemetry.instrumentation.*"],
  markers: ["traceloop.", "llm.request.type", "llm.is_streaming", "llm.usage.total_tokens", "llm.request.functions."],
  // That of Bedrock writes neither.
  operation: ({ source, name }) =>
    REQUEST_TYPES.get(String(source["llm.request.type"])) ??
    SPAN_KINDS.get(String(source["traceloop.span.kind"])) ??
    (name === "bedrock.completion" ? "chat" : undefined),
  // Its LangChain writes the kind of the span.
  misnamed: (operation) => (operation === "workflow" ? "invoke_workflow" : undefined),
  rows: [
    { from: "gen_ai.system", to: semconv.ATTR_GEN_AI_PROVIDER_NAME, read: (value) => provider(lower(value)) },
    { from: "llm.usage.total_tokens" },
    { from: "llm.top_k", to: semconv.ATTR_GEN_AI_REQUEST_TOP_K, read: integer },
    { from: "llm.frequency_penalty", to: semconv.ATTR_GEN_AI_REQUEST_FREQUENCY_PENALTY, read: number },
    { from: "llm.presence_penalty", to: semconv.ATTR_GEN_AI_REQUEST_PRESENCE_PENALTY, read: number },
    { from: "llm.chat.stop_sequences", to: semconv.ATTR_GEN_AI_REQUEST_STOP_SEQUENCES, read: sequences },
    { from: "llm.is_streaming", to: semconv.ATTR_GEN_AI_REQUEST_STREAM, read: onlyTrue },
    { from: "llm.user", to: semconv.ATTR_USER_ID, read: text },
    { from: "llm.headers" },
    {
      from: "gen_ai.request.structured_output_schema",
      to: semconv.ATTR_GEN_AI_OUTPUT_TYPE,
      read: () => "json",
      keep: true,
    },
    {
      from: "traceloop.workflow.name",
      to: semconv.ATTR_GEN_AI_WORKFLOW_NAME,
      read: text,
      when: (draft) => kindOf(draft) === "workflow",
    },
    { from: "traceloop.entity.name", to: Object.values(NAME_OF_KIND), read: entityName },
    { from: "traceloop.entity.input", to: INPUT_TARGETS, read: (value, draft) => inputOf(onlyArgument(value), draft) },
    { from: "traceloop.entity.output", to: OUTPUT_TARGETS, read: outputOf },
    { from: "traceloop.prompt.key", to: semconv.ATTR_GEN_AI_PROMPT_NAME, read: text },
    { from: "traceloop.prompt.version", to: semconv.ATTR_GEN_AI_PROMPT_VERSION, read: text },
    {
      from: "traceloop.prompt.template_variables",
      to: [`${semconv.ATTR_GEN_AI_PROMPT_VARIABLE}.<key>`],
      read: variables,
    },
    { from: "db.vector.query.top_k", to: semconv.ATTR_GEN_AI_RETRIEVAL_TOP_K, read: integer },
    { from: "mcp.request.id", to: semconv.ATTR_JSONRPC_REQUEST_ID, read: text },
    { from: "mcp.request.argument", to: semconv.ATTR_GEN_AI_TOOL_CALL_ARGUMENTS, read: parsedObject },
    { from: "mcp.response.value", to: semconv.ATTR_GEN_AI_TOOL_CALL_RESULT },
  ],
  flattened: [
    {
      prefix: "gen_ai.prompt.",
      paths: MESSAGE_PATHS,
      to: semconv.ATTR_GEN_AI_INPUT_MESSAGES,
      read: (items) =>
        messagesOf(
          turns(items).map((item) => plainMessage(item, "user")),
          "user",
        ),
    },
    {
      prefix: "gen_ai.completion.",
      paths: MESSAGE_PATHS,
      to: [semconv.ATTR_GEN_AI_OUTPUT_MESSAGES, semconv.ATTR_GEN_AI_RESPONSE_FINISH_REASONS],
      read: completions,
    },
    {
      prefix: "llm.request.functions.",
      paths: ["name", "description", "arguments", "parameters", "input_schema"],
      to: semconv.ATTR_GEN_AI_TOOL_DEFINITIONS,
      read: (items) => toolDefinitions(items.map(tool)),
    },
  ],
  prefixes: [
    {
      prefix: "traceloop.association.properties.",
      keys: {
        session_id: semconv.ATTR_GEN_AI_CONVERSATION_ID,
        thread_id: semconv.ATTR_GEN_AI_CONVERSATION_ID,
        chat_id: semconv.ATTR_GEN_AI_CONVERSATION_ID,
        conversation_id: semconv.ATTR_GEN_AI_CONVERSATION_ID,
        user_id: semconv.ATTR_USER_ID,
      },
    },
  ],
  gather(draft) {
    // The flattened generation has the reason of the last choice alone, and only where it has none with the choices.
    for (const name of ["llm.response.finish_reason", "llm.response.stop_reason"]) {
      const reasons = finishReasons(draft.source[name]);
      if (reasons === undefined) continue;
      draft.set(semconv.ATTR_GEN_AI_RESPONSE_FINISH_REASONS, reasons);
      draft.use(name);
    }
    const chunk = draft.events.find(({ name }) => name === "llm.content.completion.chunk");
    if (chunk !== undefined) {
      draft.setAbsent(semconv.ATTR_GEN_AI_RESPONSE_TIME_TO_FIRST_CHUNK, secondsAfterStart(chunk.time, draft));
    }
  },
  refine(draft) {
    addThoughts(draft);
    addResultsOfTools(draft);
    addCachedInput(draft, ["gen_ai.usage.total_tokens", "llm.usage.total_tokens"]);
    if (draft.scope.startsWith("@traceloop/")) refineMessages(draft, { unwrapText: true, dropEmptyText: true });
  },
};

/** What a function was called with: of one that takes JSON text and nothing else, that text. */
function onlyArgument(value: unknown): unknown {
  const given = parsedObject(value);
  const { args } = given ?? {};
  if (!Array.isArray(args) || args.length !== 1 || Object.keys(given ?? {}).length !== 1) return value;
  const only: unknown = args[0];
  return typeof only === "string" && parsedObject(only) !== undefined ? only : value;
}

/** Gemini counts thoughts beside the candidates, and its instrumentation passes both on. */
function addThoughts(draft: Draft): void {
  if (draft.scope !== GEMINI) return;
  const thoughts = count(draft.source["gen_ai.usage.reasoning_tokens"]);
  if (thoughts === undefined) return;
  const said = count(draft.get(semconv.ATTR_GEN_AI_USAGE_OUTPUT_TOKENS)) ?? 0;
  draft.replace(semconv.ATTR_GEN_AI_USAGE_OUTPUT_TOKENS, said + thoughts);
  draft.set(semconv.ATTR_GEN_AI_USAGE_REASONING_OUTPUT_TOKENS, thoughts);
  draft.use("gen_ai.usage.reasoning_tokens");
}

/** What Gemini's own tools answered is input that only the total counts in. Source: UsageMetadata of Gemini's API. */
function addResultsOfTools(draft: Draft): void {
  const total = count(draft.source["gen_ai.usage.total_tokens"]);
  const input = count(draft.get(semconv.ATTR_GEN_AI_USAGE_INPUT_TOKENS));
  if (draft.scope !== GEMINI || total === undefined || input === undefined) return;
  const whole = total - (count(draft.get(semconv.ATTR_GEN_AI_USAGE_OUTPUT_TOKENS)) ?? 0);
  if (whole > input) draft.replace(semconv.ATTR_GEN_AI_USAGE_INPUT_TOKENS, whole);
}

function lower(value: unknown): unknown {
  return typeof value === "string" ? value.toLowerCase() : value;
}

function entityName(value: unknown, draft: Draft): Readonly<Record<string, unknown>> | undefined {
  const name = NAME_OF_KIND[kindOf(draft)];
  return name === undefined ? undefined : { [name]: text(value) };
}

/**
 * What Anthropic's models thought stands as a message of its own, which also has the reason. Source: openllmetry's
 * instrumentation-anthropic, span_utils.
 */
function turns(items: readonly Unflattened[]): readonly Unflattened[] {
  const result: Unflattened[] = [];
  let thought: Unflattened | undefined;
  for (const item of items) {
    if (item["role"] === "thinking") {
      if (thought !== undefined) result.push(thought);
      thought = { ...item, role: "assistant", content: undefined, reasoning_content: item["content"] };
    } else {
      result.push(thought === undefined ? item : { ...thought, ...item });
      thought = undefined;
    }
  }
  return thought === undefined ? result : [...result, thought];
}

function plainMessage(given: Unflattened, speaker: string): Readonly<Record<string, unknown>> {
  // Of Together's the first call stands once more in the words of before there were tools.
  const item = given["tool_calls"] === undefined ? given : { ...given, function_call: undefined };
  const content = partsOrText(item["content"] ?? item["user"]);
  const role = text(item["role"]) ?? speaker;
  const { tool_calls: calls } = item;
  if (!Array.isArray(content) || !Array.isArray(calls)) return { ...item, role, content };
  // Anthropic's blocks are written whole and their calls once more.
  const ids = new Set(content.map((part) => field(part, "id")));
  return { ...item, role, content, tool_calls: calls.filter((call) => !ids.has(field(call, "id"))) };
}

function completions(given: readonly Unflattened[]): Readonly<Record<string, unknown>> {
  const items = turns(given);
  const reasons = items.flatMap((item) => text(item["finish_reason"]) ?? []);
  return {
    [semconv.ATTR_GEN_AI_OUTPUT_MESSAGES]: messagesOf(
      items.map((item) => plainMessage(item, "assistant")),
      "assistant",
    ),
    [semconv.ATTR_GEN_AI_RESPONSE_FINISH_REASONS]:
      reasons.length > 0 && reasons.length === items.length ? reasons.map(finishReason) : undefined,
  };
}

function tool(item: Unflattened): Unflattened {
  return { ...item, parameters: parsed(item["parameters"] ?? item["arguments"] ?? item["input_schema"]) };
}

function variables(value: unknown): Readonly<Record<string, unknown>> | undefined {
  const given = parsedObject(value);
  if (given === undefined) return undefined;
  const entries = Object.entries(given).filter(([, one]) => typeof one === "string");
  return Object.fromEntries(entries.map(([key, one]) => [`${semconv.ATTR_GEN_AI_PROMPT_VARIABLE}.${key}`, one]));
}
