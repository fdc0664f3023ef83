import type { InputMessage, MessagePart } from "@genspan/semconv";
import * as names from "@genspan/semconv";
import { jsonOrAbsent, messagesOf } from "../codec/content.ts";
import { Fields } from "../codec/fields.ts";
import { fromChatMessage, jsonValue } from "../codec/from-chat.ts";
import { toolsText } from "../codec/from-completion.ts";
import { isObject } from "../engine/message-guards.ts";

type Attributes = Readonly<Record<string, unknown>>;

/** Content and figures of one span of Galileo, by its type. */
export function contentAttributes(step: Fields, operation: string): Attributes {
  const { input, output } = step.value;
  switch (step.text("type")) {
    case "llm":
      return llmAttributes(step);
    case "tool":
      if (operation === "embeddings") return embeddingAttributes(input, output);
      return {
        [names.ATTR_GEN_AI_TOOL_CALL_ARGUMENTS]: step.text("input"),
        [names.ATTR_GEN_AI_TOOL_CALL_RESULT]: step.text("output"),
        [names.ATTR_GEN_AI_TOOL_CALL_ID]: step.text("tool_call_id"),
      };
    case "retriever":
      return operation === "embeddings" ? embeddingAttributes(input, output) : foundAttributes(step, operation);
    default:
      return stepAttributes(input, output);
  }
}

function llmAttributes(step: Fields): Attributes {
  const reason = step.text("finish_reason");
  return {
    [names.ATTR_GEN_AI_INPUT_MESSAGES]: jsonOrAbsent(messagesOf(step.value["input"], "user")),
    [names.ATTR_GEN_AI_OUTPUT_MESSAGES]: jsonOrAbsent(outputMessages(step)),
    [names.ATTR_GEN_AI_TOOL_DEFINITIONS]: toolsText(step.list("tools")),
    [names.ATTR_GEN_AI_RESPONSE_MODEL]: step.text("model"),
    [names.ATTR_GEN_AI_REQUEST_TEMPERATURE]: step.number("temperature"),
    [names.ATTR_GEN_AI_RESPONSE_FINISH_REASONS]: reason === undefined ? undefined : [reason],
  };
}

/** The answer; its texts stand between what the events tell, where there are events. */
function outputMessages(step: Fields): readonly InputMessage[] | undefined {
  const output = step.value["output"];
  const events = step
    .list("events")
    .filter(isObject)
    .map((event) => new Fields(event))
    .flatMap(partsOfEvent);
  if (!isObject(output))
    return events.length === 0 ? messagesOf(output, "assistant") : [{ role: "assistant", parts: events }];
  const message = fromChatMessage(output);
  if (events.length === 0) return [message];
  // The texts are among the events, unless the writer has events of other kinds only.
  const hasTexts = events.some(({ type }) => type === "text");
  const calls = hasTexts ? message.parts.filter(({ type }) => type !== "text") : message.parts;
  return [{ ...message, parts: [...events, ...calls] }];
}

function partsOfEvent(event: Fields): readonly MessagePart[] {
  const content = event.text("content") ?? "";
  switch (event.text("type")) {
    case "message":
      return [{ type: "text", content }];
    case "reasoning":
      return [{ type: "reasoning", content: content || (event.text("summary") ?? "") }];
    case "mcp_call":
      return serverCall(
        event,
        event.text("tool_name") ?? "",
        "mcp",
        {
          ...stated("server_label", event.text("server_name")),
          ...stated("arguments", event.value["arguments"]),
        },
        event.object("result"),
      );
    case "web_search_call":
      return serverCall(event, "web_search", "web_search", { action: event.object("action").value }, new Fields({}));
    case "internal_tool_call": {
      const name = event.text("name") ?? "";
      return serverCall(event, name, name, event.object("input").value, event.object("output"));
    }
    default:
      return [];
  }
}

function serverCall(
  event: Fields,
  name: string,
  type: string,
  call: Attributes,
  result: Fields,
): readonly MessagePart[] {
  const id = event.text("id");
  const own = { type: "server_tool_call", ...stated("id", id), name, server_tool_call: { ...call, type } };
  if (result.isEmpty) return [own];
  return [
    own,
    { type: "server_tool_call_response", ...stated("id", id), server_tool_call_response: { ...result.value, type } },
  ];
}

function stated(name: string, value: unknown): Attributes {
  return value === undefined || value === null ? {} : { [name]: value };
}

/** The vectors are not kept, only their size. */
function embeddingAttributes(input: unknown, output: unknown): Attributes {
  const first: unknown = Array.isArray(output) ? output[0] : undefined;
  const content = isObject(first) ? first["content"] : output;
  const dimensions = typeof content === "string" ? /^\[embedding dims=(\d+)\]$/.exec(content)?.[1] : undefined;
  const model = isObject(first) && isObject(first["metadata"]) ? first["metadata"]["model"] : undefined;
  return {
    [names.ATTR_GENSPAN_RAW_REQUEST]:
      typeof input === "string" ? JSON.stringify({ input: jsonValue(input) }) : undefined,
    [names.ATTR_GEN_AI_EMBEDDINGS_DIMENSION_COUNT]: dimensions === undefined ? undefined : Number(dimensions),
    ...(typeof model === "string" && { [names.ATTR_GEN_AI_RESPONSE_MODEL]: model }),
  };
}

function foundAttributes(step: Fields, operation: string): Attributes {
  const isMemory = operation === "search_memory";
  const query = isMemory ? names.ATTR_GEN_AI_MEMORY_QUERY_TEXT : names.ATTR_GEN_AI_RETRIEVAL_QUERY_TEXT;
  const found = isMemory ? names.ATTR_GEN_AI_MEMORY_RECORDS : names.ATTR_GEN_AI_RETRIEVAL_DOCUMENTS;
  const documents = step.value["output"];
  return {
    [query]: step.text("input"),
    [found]: Array.isArray(documents) ? JSON.stringify(documents.map(toFound)) : undefined,
  };
}

/** The conventions have what is known of a document beside its content. */
function toFound(document: unknown): unknown {
  if (!isObject(document) || !isObject(document["metadata"])) return document;
  const { metadata, ...rest } = document;
  return "content" in metadata || "metadata" in metadata ? document : { ...rest, ...metadata };
}

/** An agent or a step: text, messages, or documents. */
function stepAttributes(input: unknown, output: unknown): Attributes {
  const said = messagesOf(output, "assistant");
  const isOther = said === undefined && output !== undefined && output !== null;
  return {
    [names.ATTR_GEN_AI_INPUT_MESSAGES]: jsonOrAbsent(messagesOf(input, "user")),
    [names.ATTR_GEN_AI_OUTPUT_MESSAGES]: jsonOrAbsent(said),
    [names.ATTR_GEN_AI_RETRIEVAL_DOCUMENTS]: isOther ? JSON.stringify(output) : undefined,
  };
}

const COUNTS: Readonly<Record<string, string>> = {
  num_input_tokens: names.ATTR_GEN_AI_USAGE_INPUT_TOKENS,
  num_output_tokens: names.ATTR_GEN_AI_USAGE_OUTPUT_TOKENS,
  num_cached_input_tokens: names.ATTR_GEN_AI_USAGE_CACHE_READ_INPUT_TOKENS,
  num_reasoning_tokens: names.ATTR_GEN_AI_USAGE_REASONING_OUTPUT_TOKENS,
  num_image_input_tokens: names.ATTR_GEN_AI_USAGE_IMAGE_INPUT_TOKENS,
  num_image_output_tokens: names.ATTR_GEN_AI_USAGE_IMAGE_OUTPUT_TOKENS,
  num_audio_input_tokens: names.ATTR_GEN_AI_USAGE_AUDIO_INPUT_TOKENS,
  num_audio_output_tokens: names.ATTR_GEN_AI_USAGE_AUDIO_OUTPUT_TOKENS,
  cost: names.ATTR_GENSPAN_COST_USD,
};

const OTHER_METRICS: ReadonlySet<string> = new Set(["duration_ns", "num_total_tokens", "time_to_first_token_ns"]);

export function metricAttributes(step: Fields): Attributes {
  const metrics = step.object("metrics");
  const nanos = metrics.number("time_to_first_token_ns");
  return {
    ...Object.fromEntries(
      Object.entries(COUNTS).flatMap(([key, name]) => {
        const count = metrics.number(key);
        return count === undefined ? [] : [[name, count]];
      }),
    ),
    ...(nanos !== undefined && { [names.ATTR_GEN_AI_RESPONSE_TIME_TO_FIRST_CHUNK]: nanos / 1e9 }),
  };
}

/** Metrics that the mapping does not write of attributes: scores. */
export function scoresOf(step: Fields): readonly (readonly [name: string, score: unknown])[] {
  return Object.entries(step.object("metrics").value).filter(
    ([name, score]) =>
      !Object.hasOwn(COUNTS, name) &&
      !OTHER_METRICS.has(name) &&
      (typeof score === "number" || typeof score === "string"),
  );
}
