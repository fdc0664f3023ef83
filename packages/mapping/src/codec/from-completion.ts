import * as names from "@genspan/semconv";
import { isObject } from "../engine/message-guards.ts";
import { Fields } from "./fields.ts";
import { fromChatMessages } from "./from-chat.ts";

/** Attributes of a span out of bodies of OpenAI's Chat Completions API: the way back of `formats/chat-completion.ts`. */

type Attributes = Readonly<Record<string, unknown>>;

export function requestAttributes(body: unknown): Attributes {
  const request = new Fields(body);
  const format = request.object("response_format").text("type");
  const stop = request.value["stop"];
  return {
    [names.ATTR_GEN_AI_REQUEST_MODEL]: request.text("model"),
    [names.ATTR_GEN_AI_REQUEST_TEMPERATURE]: request.number("temperature"),
    [names.ATTR_GEN_AI_REQUEST_TOP_P]: request.number("top_p"),
    [names.ATTR_GEN_AI_REQUEST_MAX_TOKENS]: request.number("max_tokens") ?? request.number("max_completion_tokens"),
    [names.ATTR_GEN_AI_REQUEST_STOP_SEQUENCES]: typeof stop === "string" ? [stop] : request.texts("stop"),
    [names.ATTR_GEN_AI_REQUEST_FREQUENCY_PENALTY]: request.number("frequency_penalty"),
    [names.ATTR_GEN_AI_REQUEST_PRESENCE_PENALTY]: request.number("presence_penalty"),
    [names.ATTR_GEN_AI_REQUEST_SEED]: request.number("seed"),
    [names.ATTR_GEN_AI_REQUEST_CHOICE_COUNT]: request.number("n"),
    [names.ATTR_GEN_AI_REQUEST_STREAM]: request.boolean("stream"),
    [names.ATTR_GEN_AI_OUTPUT_TYPE]: format === undefined ? undefined : format.startsWith("json") ? "json" : format,
    [names.ATTR_GEN_AI_INPUT_MESSAGES]: messagesText(request.list("messages")),
    [names.ATTR_GEN_AI_TOOL_DEFINITIONS]: toolsText(request.list("tools")),
  };
}

export function responseAttributes(body: unknown): Attributes {
  const response = new Fields(body);
  const choices = response
    .list("choices")
    .filter(isObject)
    .map((choice) => new Fields(choice));
  const messages = choices.flatMap((choice) => {
    const message = choice.value["message"] ?? choice.value["delta"];
    return isObject(message) ? [message] : [];
  });
  return {
    [names.ATTR_GEN_AI_RESPONSE_ID]: response.text("id"),
    [names.ATTR_GEN_AI_RESPONSE_MODEL]: response.text("model"),
    [names.ATTR_OPENAI_RESPONSE_SYSTEM_FINGERPRINT]: response.text("system_fingerprint"),
    [names.ATTR_GEN_AI_RESPONSE_FINISH_REASONS]: finishReasons(choices),
    [names.ATTR_GEN_AI_OUTPUT_MESSAGES]: messagesText(messages),
    ...usageAttributes(response.object("usage")),
  };
}

/** OpenAI's counts: cached tokens are part of the prompt's, reasoning tokens of the completion's. */
export function usageAttributes(usage: Fields): Attributes {
  return {
    [names.ATTR_GEN_AI_USAGE_INPUT_TOKENS]: usage.number("prompt_tokens"),
    [names.ATTR_GEN_AI_USAGE_OUTPUT_TOKENS]: usage.number("completion_tokens"),
    [names.ATTR_GEN_AI_USAGE_CACHE_READ_INPUT_TOKENS]: usage.object("prompt_tokens_details").number("cached_tokens"),
    [names.ATTR_GEN_AI_USAGE_REASONING_OUTPUT_TOKENS]: usage
      .object("completion_tokens_details")
      .number("reasoning_tokens"),
  };
}

/** JSON text of the messages; absent where there are none, as without captured content. */
function messagesText(messages: readonly unknown[]): string | undefined {
  const read = fromChatMessages(messages);
  return read.length === 0 ? undefined : JSON.stringify(read);
}

export function toolsText(tools: readonly unknown[]): string | undefined {
  const read = tools.filter(isObject).map((tool) => {
    const { type = "function", function: described, ...rest } = tool;
    return isObject(described) ? { type, ...described } : { type, ...rest };
  });
  return read.length === 0 ? undefined : JSON.stringify(read);
}

/** The conventions' word for what that API calls `tool_calls`; the others are the same. */
export function finishReason(reason: string): string {
  return reason === "tool_calls" || reason === "function_call" ? "tool_call" : reason;
}

function finishReasons(choices: readonly Fields[]): readonly string[] | undefined {
  const all = choices.map((choice) => choice.text("finish_reason"));
  const reasons = all.slice(0, all.findLastIndex((reason) => reason !== undefined) + 1);
  if (reasons.length === 0) return undefined;
  return reasons.map((reason) => (reason === undefined ? "error" : finishReason(reason)));
}
