import type { InputMessage, MessagePart } from "@genspan/semconv";
import * as names from "@genspan/semconv";
import { jsonOrAbsent, messagesOf, parsed, withParts } from "../codec/content.ts";
import type { Fields } from "../codec/fields.ts";
import { fromChatMessages, jsonValue, toolCall } from "../codec/from-chat.ts";
import { requestAttributes, responseAttributes, toolsText } from "../codec/from-completion.ts";
import { withServerTools } from "../codec/server-tools.ts";
import { isObject } from "../engine/message-guards.ts";

type Attributes = Readonly<Record<string, unknown>>;

/** What a log says of content: bodies, messages, tools, and the universal `input` and `output` by log type. */
export function contentAttributes(log: Fields, type: string): Attributes {
  return {
    [names.ATTR_GENSPAN_RAW_REQUEST]: bodyText(log.value["full_request"]),
    [names.ATTR_GENSPAN_RAW_RESPONSE]: bodyText(log.value["full_response"]),
    [names.ATTR_GEN_AI_TOOL_DEFINITIONS]: toolsText(log.list("tools")),
    [names.ATTR_GEN_AI_PROMPT_NAME]: log.text("prompt_name"),
    ...Object.fromEntries(
      Object.entries(log.object("variables").value).map(([key, value]) => [
        `${names.ATTR_GEN_AI_PROMPT_VARIABLE}.${key}`,
        value,
      ]),
    ),
    ...byType(log, type),
  };
}

function bodyText(body: unknown): string | undefined {
  return typeof body === "object" && body !== null ? JSON.stringify(body) : undefined;
}

function byType(log: Fields, type: string): Attributes {
  const [input, output] = [log.jsonText("input"), log.jsonText("output")];
  switch (type) {
    case "tool":
    case "function":
      return {
        [names.ATTR_GEN_AI_TOOL_CALL_ARGUMENTS]: input,
        [names.ATTR_GEN_AI_TOOL_CALL_RESULT]: output,
      };
    case "embedding":
      return embeddingAttributes(log, input);
    case "task":
      if (isSearch(input, output)) {
        return { [names.ATTR_GEN_AI_RETRIEVAL_QUERY_TEXT]: input, [names.ATTR_GEN_AI_RETRIEVAL_DOCUMENTS]: output };
      }
      return stepAttributes(log, input, output);
    case "chat":
    case "completion":
    case "response":
    case "text":
    case "generation":
      return callAttributes(log, input, output);
    default:
      return stepAttributes(log, input, output);
  }
}

/** The conventions have no attribute for the texts to embed, nor for vectors: they are kept as bodies would be. */
function embeddingAttributes(log: Fields, input: string | undefined): Attributes {
  const vector = log.list("embedding");
  const vectors = log.list("output");
  return {
    ...(input !== undefined &&
      !log.has("full_request") && { [names.ATTR_GENSPAN_RAW_REQUEST]: JSON.stringify({ input: jsonValue(input) }) }),
    ...(!log.has("full_response") && {
      [names.ATTR_GENSPAN_RAW_RESPONSE]: vectorsText(vector.length > 0 ? [vector] : vectors),
    }),
  };
}

function vectorsText(vectors: readonly unknown[]): string | undefined {
  const read = vectors.filter((vector) => Array.isArray(vector));
  return read.length === 0 ? undefined : JSON.stringify({ data: read.map((embedding) => ({ embedding })) });
}

/** A task with a text for its input, or with anything but messages for its output, is a search. */
export function isSearch(input: string | undefined, output: string | undefined): boolean {
  if (input !== undefined) return !/^["[{]/.test(input);
  return output !== undefined && messagesOf(parsed(output), "assistant") === undefined;
}

/** Messages of a call; older logs have only `input` and `output`. */
function callAttributes(log: Fields, input: string | undefined, output: string | undefined): Attributes {
  const prompt = fromChatMessages(
    log.list("prompt_messages").length > 0 ? log.list("prompt_messages") : log.list("messages"),
  );
  const asked =
    prompt.length > 0 ? prompt : (calledWith(input, "user") ?? messagesOfBody(log.value["full_request"], "user"));
  return {
    [names.ATTR_GEN_AI_INPUT_MESSAGES]: jsonOrAbsent(asked),
    [names.ATTR_GEN_AI_OUTPUT_MESSAGES]: jsonOrAbsent(answers(log, output)),
  };
}

function answers(log: Fields, output: string | undefined): readonly InputMessage[] | undefined {
  const single = log.value["completion_message"];
  const several = log.list("completion_messages");
  const given = fromChatMessages(several.length > 0 ? several : isObject(single) ? [single] : []);
  const said = calledWith(output, "assistant") ?? messagesOfBody(log.value["full_response"], "assistant");
  const messages = given.length > 0 ? given : (said ?? []);
  const thoughts = log.list("reasoning").filter(isReasoning);
  return withServerTools(withCalls(withParts(messages, thoughts), log), log.texts("span_tools"));
}

/** Calls of tools that stand in no message. */
function withCalls(messages: readonly InputMessage[], log: Fields): readonly InputMessage[] {
  const calls = log.list("tool_calls").filter(isObject).map(toolCall);
  if (calls.length === 0 || messages.some(({ parts }) => parts.some(({ type }) => type === "tool_call")))
    return messages;
  const [first = { role: "assistant", parts: [] }, ...others] = messages;
  return [{ ...first, parts: [...first.parts, ...calls] }, ...others];
}

function isReasoning(part: unknown): part is MessagePart {
  return isObject(part) && part["type"] === "reasoning";
}

/** Of a step, an input is JSON: a text in quotes, or messages. */
function stepAttributes(log: Fields, input: string | undefined, output: string | undefined): Attributes {
  const said = textMessages(output, "assistant") ?? [];
  return {
    [names.ATTR_GEN_AI_INPUT_MESSAGES]: jsonOrAbsent(textMessages(input, "user")),
    [names.ATTR_GEN_AI_OUTPUT_MESSAGES]: jsonOrAbsent(withServerTools(said, log.texts("span_tools"))),
  };
}

/** Text or messages, or a body, as the Responses API has it on both sides of a call. */
function calledWith(text: string | undefined, role: "user" | "assistant"): readonly InputMessage[] | undefined {
  const value = text === undefined ? undefined : parsed(text);
  return (
    (isObject(value) && value["role"] === undefined ? messagesOfBody(value, role) : undefined) ??
    textMessages(text, role)
  );
}

function messagesOfBody(body: unknown, role: "user" | "assistant"): readonly InputMessage[] | undefined {
  if (!isObject(body)) return undefined;
  const attributes = role === "user" ? requestAttributes(body) : responseAttributes(body);
  const text = attributes[role === "user" ? names.ATTR_GEN_AI_INPUT_MESSAGES : names.ATTR_GEN_AI_OUTPUT_MESSAGES];
  return typeof text === "string" ? (JSON.parse(text) as readonly InputMessage[]) : undefined; // as they were just written
}

function textMessages(text: string | undefined, role: "user" | "assistant"): readonly InputMessage[] | undefined {
  if (text === undefined) return undefined;
  return messagesOf(parsed(text), role) ?? messagesOf(text, role);
}
