import type { InputMessage } from "@genspan/semconv";
import { messagesOf } from "../engine/dialects/reading/messages.ts";
import { reasonsIn } from "../engine/dialects/reading/response-body.ts";
import { finishReasons } from "../engine/dialects/reading/value-maps.ts";
import { isObject } from "../engine/message-guards.ts";

/**
 * Bodies of other APIs than OpenAI's Chat Completions, which writers put where their vendor documents those: Anthropic's
 * Messages, OpenAI's Responses and legacy Completions, Bedrock's Converse, Gemini's.
 */

type Json = Readonly<Record<string, unknown>>;

/** Types of parts that Chat Completions do not have. */
const FOREIGN_PARTS: ReadonlySet<unknown> = new Set(["tool_use", "tool_result", "thinking", "image", "document"]);

/** Messages of a request of another API; undefined for one of Chat Completions, and for what has no messages. */
export function requestMessages(body: unknown): readonly InputMessage[] | undefined {
  if (!isObject(body)) return undefined;
  const { messages } = body;
  const isChat = Array.isArray(messages) && body["system"] === undefined && !messages.some(isForeign);
  return isChat ? undefined : messagesOf(withoutSettings(body), "user");
}

/** Messages of a response of another API; undefined where it has choices with messages. */
export function responseMessages(body: unknown): readonly InputMessage[] | undefined {
  if (!isObject(body) || body["error"] !== undefined) return undefined;
  const { choices, candidates } = body;
  if (Array.isArray(candidates))
    return messagesOf(
      candidates.map((candidate) => (isObject(candidate) ? candidate["content"] : undefined)),
      "assistant",
    );
  if (!Array.isArray(choices)) return messagesOf(body, "assistant");
  const texts = choices.map((choice) =>
    isObject(choice) && !isObject(choice["message"]) ? choice["text"] : undefined,
  );
  return texts.some((text) => typeof text === "string" && text !== "") ? messagesOf(texts, "assistant") : undefined;
}

/** Why the model stopped, in the words of those APIs. */
export function otherReasons(body: unknown): readonly string[] | undefined {
  if (!isObject(body)) return undefined;
  const { candidates } = body;
  const first = Array.isArray(candidates) && isObject(candidates[0]) ? candidates[0]["finishReason"] : undefined;
  const stated = body["stop_reason"] ?? body["stopReason"] ?? body["done_reason"] ?? body["finish_reason"] ?? first;
  return finishReasons(stated) ?? reasonsIn(body);
}

function isForeign(message: unknown): boolean {
  if (!isObject(message) || !Array.isArray(message["content"])) return false;
  return message["content"].some(
    (part) => isObject(part) && (FOREIGN_PARTS.has(part["type"]) || part["type"] === undefined),
  );
}

/** Gemini's instructions stand under a name of their own; a text field may configure the answer. */
function withoutSettings({ text: _configuration, ...body }: Json): Json {
  const system = body["systemInstruction"] ?? body["system_instruction"];
  return system === undefined ? body : { ...body, system: isObject(system) ? (system["parts"] ?? system) : system };
}
