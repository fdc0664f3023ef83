import * as semconv from "@genspan/semconv";
import { isObject } from "../../message-guards.ts";
import type { Dialect } from "../dialect.ts";
import { mergeOutput, refineMessages } from "../reading/content.ts";
import type { Draft } from "../reading/draft.ts";
import { messagesOf } from "../reading/messages.ts";
import { PARAMETER_NAMES, parameters } from "../reading/parameters.ts";
import { toolDefinitions } from "../reading/tools.ts";
import { cost, count, field, isStated, number, parsedObject, text } from "../reading/values.ts";
import { allMessages, eventMessages, finalResult } from "./logfire-messages.ts";

/** Names of spans in format 2 of pydantic-ai, which says no operation. */
const OPERATIONS: ReadonlyMap<string, string> = new Map([
  ["agent run", "invoke_agent"],
  ["running tool", "execute_tool"],
  ["running output function", "execute_tool"],
]);

/** Source: pydantic-ai, usage.py and models; its fields for audio, and the details that providers name. */
const DETAILS: readonly (readonly [name: string, to: string])[] = [
  ["cache_read_input_tokens", semconv.ATTR_GEN_AI_USAGE_CACHE_READ_INPUT_TOKENS],
  ["cache_creation_input_tokens", semconv.ATTR_GEN_AI_USAGE_CACHE_WRITE_INPUT_TOKENS],
  ["thoughts_tokens", semconv.ATTR_GEN_AI_USAGE_REASONING_OUTPUT_TOKENS],
  ["input_audio_tokens", semconv.ATTR_GEN_AI_USAGE_AUDIO_INPUT_TOKENS],
  ["output_audio_tokens", semconv.ATTR_GEN_AI_USAGE_AUDIO_OUTPUT_TOKENS],
];

const USAGE_NAMES: readonly string[] = [
  semconv.ATTR_GEN_AI_USAGE_INPUT_TOKENS,
  semconv.ATTR_GEN_AI_USAGE_OUTPUT_TOKENS,
  semconv.ATTR_GEN_AI_USAGE_CACHE_READ_INPUT_TOKENS,
  semconv.ATTR_GEN_AI_USAGE_CACHE_WRITE_INPUT_TOKENS,
  semconv.ATTR_GEN_AI_USAGE_REASONING_OUTPUT_TOKENS,
];

const isLogfire = ({ scope }: Draft): boolean => /^logfire(\.|$)/.test(scope);
const isPydantic = ({ scope }: Draft): boolean => scope === "pydantic-ai";

/** Logfire's own spans of providers, and pydantic-ai in its data formats 1 to 6. */
export const logfire: Dialect = {
  name: "logfire",
  source: "pydantic/logfire e484a6b5; pydantic/pydantic-ai 4fda38988; spans of logfire 5.2.0 and pydantic-ai 2.68.0",
  scopes: ["logfire", "logfire.*", "pydantic-ai"],
  markers: ["logfire.", "pydantic_ai.all_messages", "all_messages_events"],
  operation: (draft) =>
    OPERATIONS.get(draft.name) ??
    (draft.source["request_data"] !== undefined && draft.scope !== "" ? "chat" : undefined),
  rows: [
    { from: "agent_name", to: semconv.ATTR_GEN_AI_AGENT_NAME, read: text },
    { from: "model_name", to: semconv.ATTR_GEN_AI_REQUEST_MODEL, read: text },
    { from: "tool_arguments", to: semconv.ATTR_GEN_AI_TOOL_CALL_ARGUMENTS },
    { from: "tool_response", to: semconv.ATTR_GEN_AI_TOOL_CALL_RESULT },
    {
      from: "pydantic_ai.all_messages",
      to: [semconv.ATTR_GEN_AI_INPUT_MESSAGES, semconv.ATTR_GEN_AI_OUTPUT_MESSAGES],
      read: allMessages,
    },
    {
      from: "all_messages_events",
      to: [semconv.ATTR_GEN_AI_INPUT_MESSAGES, semconv.ATTR_GEN_AI_OUTPUT_MESSAGES],
      read: eventMessages,
    },
    {
      from: "events",
      to: [semconv.ATTR_GEN_AI_INPUT_MESSAGES, semconv.ATTR_GEN_AI_OUTPUT_MESSAGES],
      read: eventMessages,
    },
    { from: "final_result", to: semconv.ATTR_GEN_AI_OUTPUT_MESSAGES, read: finalResult },
    {
      from: "model_request_parameters",
      to: semconv.ATTR_GEN_AI_TOOL_DEFINITIONS,
      read: (value) => toolDefinitions(field(parsedObject(value), "function_tools")),
    },
    {
      from: "request_data",
      to: [...PARAMETER_NAMES, semconv.ATTR_GEN_AI_INPUT_MESSAGES, semconv.ATTR_GEN_AI_TOOL_DEFINITIONS],
      read: requestData,
    },
    {
      from: "response_data",
      to: [
        semconv.ATTR_GEN_AI_OUTPUT_MESSAGES,
        semconv.ATTR_GEN_AI_USAGE_INPUT_TOKENS,
        semconv.ATTR_GEN_AI_USAGE_OUTPUT_TOKENS,
      ],
      read: responseData,
    },
    // The provider's own usage beside what Logfire makes of it, which leaves details out.
    { from: "gen_ai.usage.raw", to: USAGE_NAMES, read: (value) => usageOf(parsedObject(value)) },
    {
      from: "gen_ai.usage.details.reasoning_tokens",
      to: semconv.ATTR_GEN_AI_USAGE_REASONING_OUTPUT_TOKENS,
      read: count,
    },
    {
      from: "gen_ai.usage.details.cache_read_tokens",
      to: semconv.ATTR_GEN_AI_USAGE_CACHE_READ_INPUT_TOKENS,
      read: count,
    },
    {
      from: "gen_ai.usage.details.cache_write_tokens",
      to: semconv.ATTR_GEN_AI_USAGE_CACHE_WRITE_INPUT_TOKENS,
      read: count,
    },
    // The provider's own names for them, which older versions have alone. Their input includes the cache already.
    ...DETAILS.map(([name, to]) => ({ from: `gen_ai.usage.details.${name}`, to, read: count })),
    {
      from: "gen_ai.client.operation.time_to_first_chunk",
      to: semconv.ATTR_GEN_AI_RESPONSE_TIME_TO_FIRST_CHUNK,
      read: number,
    },
    // By genai-prices, as pydantic-ai and Logfire know it.
    { from: "operation.cost", to: semconv.ATTR_GENSPAN_COST_USD, read: cost, keep: true },
  ],
  refine(draft) {
    // Written when a span begins, for who watches; the span itself follows.
    if (draft.source["logfire.span_type"] === "pending_span") draft.remove(semconv.ATTR_GEN_AI_OPERATION_NAME);
    if (isLogfire(draft)) mergeOutput(draft);
    if (isPydantic(draft) || isLogfire(draft)) refineMessages(draft);
  },
};

function requestData(value: unknown): Readonly<Record<string, unknown>> | undefined {
  const body = parsedObject(value);
  return (
    body && {
      ...parameters(body),
      [semconv.ATTR_GEN_AI_INPUT_MESSAGES]: messagesOf(body, "user"),
      [semconv.ATTR_GEN_AI_TOOL_DEFINITIONS]: toolDefinitions(body["tools"] ?? body["functions"]),
    }
  );
}

function responseData(value: unknown, draft: Draft): Readonly<Record<string, unknown>> | undefined {
  const body = parsedObject(value);
  if (body === undefined) return undefined;
  const { message, usage, combined_chunk_content: streamed } = body;
  const said = draft.get(semconv.ATTR_GEN_AI_PROVIDER_NAME) === "anthropic" ? withoutInput(message) : message;
  return { [semconv.ATTR_GEN_AI_OUTPUT_MESSAGES]: messagesOf(said ?? streamed, "assistant"), ...usageOf(usage) };
}

/** Of Anthropic's blocks Logfire writes the whole `input` field where the values of a call belong. */
function withoutInput(message: unknown): unknown {
  const calls = field(message, "tool_calls");
  if (!isObject(message) || !Array.isArray(calls)) return message;
  const plain = calls.map((call: unknown) => {
    const called = field(call, "function");
    const values = field(parsedObject(field(called, "arguments")), "input");
    return isObject(call) && isObject(called) && values !== undefined
      ? { ...call, function: { ...called, arguments: values } }
      : call;
  });
  return { ...message, tool_calls: plain };
}

/** The provider's own usage: OpenAI's in both its forms, or Anthropic's, whose input leaves the cache out. */
function usageOf(usage: unknown): Readonly<Record<string, unknown>> {
  const of = (...names: readonly string[]): unknown => names.map((name) => field(usage, name)).find(isStated);
  const heard = of("prompt_tokens_details", "input_tokens_details");
  const said = of("completion_tokens_details", "output_tokens_details");
  const input = count(of("prompt_tokens", "input_tokens"));
  const read = count(of("cache_read_input_tokens"));
  const written = count(of("cache_creation_input_tokens"));
  return {
    [semconv.ATTR_GEN_AI_USAGE_INPUT_TOKENS]: input === undefined ? undefined : input + (read ?? 0) + (written ?? 0),
    [semconv.ATTR_GEN_AI_USAGE_OUTPUT_TOKENS]: count(of("completion_tokens", "output_tokens")),
    [semconv.ATTR_GEN_AI_USAGE_CACHE_READ_INPUT_TOKENS]: read ?? count(field(heard, "cached_tokens")),
    [semconv.ATTR_GEN_AI_USAGE_CACHE_WRITE_INPUT_TOKENS]: written ?? count(field(heard, "cache_write_tokens")),
    [semconv.ATTR_GEN_AI_USAGE_REASONING_OUTPUT_TOKENS]: count(field(said, "reasoning_tokens")),
  };
}
