import type { InputMessage } from "@genspan/semconv";
import * as names from "@genspan/semconv";
import { isObject } from "../engine/message-guards.ts";
import { Fields } from "./fields.ts";
import { otherReasons, requestMessages, responseMessages } from "./from-body.ts";
import { fromChatMessages } from "./from-chat.ts";
import { usageAttributes } from "./usage.ts";

/**
 * Attributes of a span out of bodies of OpenAI's Chat Completions API, the way back of `formats/chat-completion.ts`, and
 * out of those of other APIs.
 */

type Attributes = Readonly<Record<string, unknown>>;

export function requestAttributes(body: unknown): Attributes {
  const request = new Fields(body);
  const settings = settingsOf(request);
  const format = request.object("response_format").text("type");
  const stop = request.value["stop"];
  return {
    [names.ATTR_GEN_AI_REQUEST_MODEL]: request.text("model"),
    [names.ATTR_GEN_AI_REQUEST_TEMPERATURE]: request.number("temperature") ?? settings.number("temperature"),
    [names.ATTR_GEN_AI_REQUEST_TOP_P]: request.number("top_p") ?? settings.number("topP"),
    [names.ATTR_GEN_AI_REQUEST_MAX_TOKENS]:
      request.number("max_tokens") ??
      request.number("max_completion_tokens") ??
      request.number("max_output_tokens") ??
      settings.number("maxTokens") ??
      settings.number("maxOutputTokens"),
    [names.ATTR_GEN_AI_REQUEST_TOP_K]: request.number("top_k") ?? settings.number("topK"),
    [names.ATTR_GEN_AI_REQUEST_STOP_SEQUENCES]:
      typeof stop === "string"
        ? [stop]
        : (request.texts("stop") ?? request.texts("stop_sequences") ?? settings.texts("stopSequences")),
    [names.ATTR_GEN_AI_REQUEST_FREQUENCY_PENALTY]: request.number("frequency_penalty"),
    [names.ATTR_GEN_AI_REQUEST_PRESENCE_PENALTY]: request.number("presence_penalty"),
    [names.ATTR_GEN_AI_REQUEST_SEED]: request.number("seed"),
    [names.ATTR_GEN_AI_REQUEST_CHOICE_COUNT]: request.number("n"),
    [names.ATTR_GEN_AI_REQUEST_STREAM]: request.boolean("stream"),
    [names.ATTR_GEN_AI_OUTPUT_TYPE]: format === undefined ? undefined : format.startsWith("json") ? "json" : format,
    [names.ATTR_GEN_AI_INPUT_MESSAGES]: messagesText(
      requestMessages(body) ?? fromChatMessages(request.list("messages")),
    ),
    [names.ATTR_GEN_AI_TOOL_DEFINITIONS]: toolsText(request.list("tools")),
  };
}

/** Bedrock's Converse and Gemini keep parameters together. */
function settingsOf(request: Fields): Fields {
  const bedrock = request.object("inferenceConfig");
  return bedrock.isEmpty ? request.object("generationConfig") : bedrock;
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
    [names.ATTR_GEN_AI_RESPONSE_ID]: response.text("id") ?? response.text("responseId"),
    [names.ATTR_GEN_AI_RESPONSE_MODEL]: response.text("model") ?? response.text("modelVersion"),
    [names.ATTR_OPENAI_RESPONSE_SYSTEM_FINGERPRINT]: response.text("system_fingerprint"),
    [names.ATTR_GEN_AI_RESPONSE_FINISH_REASONS]: finishReasons(choices) ?? otherReasons(body),
    [names.ATTR_GEN_AI_OUTPUT_MESSAGES]: messagesText(responseMessages(body) ?? fromChatMessages(messages)),
    ...usageAttributes(response.object(response.has("usage") ? "usage" : "usageMetadata")),
  };
}

/** JSON text of the messages; absent where there are none, as without captured content. */
function messagesText(messages: readonly InputMessage[]): string | undefined {
  return messages.length === 0 ? undefined : JSON.stringify(messages);
}

export function toolsText(tools: readonly unknown[]): string | undefined {
  const read = tools.filter(isObject).flatMap((tool) => {
    const { type = "function", function: described, functionDeclarations: several, ...rest } = tool;
    if (Array.isArray(several)) return several.filter(isObject).map((one) => ({ type, ...one }));
    if (isObject(described)) return [{ type, ...described }];
    const { input_schema: parameters, ...other } = rest;
    return [{ type, ...other, ...(parameters !== undefined && { parameters }) }];
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
