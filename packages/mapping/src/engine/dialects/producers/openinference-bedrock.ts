import * as semconv from "@genspan/semconv";
import { COUNTING, toConventions } from "../../token-algebra.ts";
import type { Draft } from "../reading/draft.ts";
import { setFound } from "../reading/found.ts";
import { messagesOf } from "../reading/messages.ts";
import { count, field, parsedObject, text } from "../reading/values.ts";
import { HIDDEN, MAX_CHARACTERS } from "./openinference-response.ts";

type Json = Readonly<Record<string, unknown>>;

/**
 * Of a call of Bedrock's, whose request and response the instrumentation keeps: the model by its whole name (the attribute
 * has it without its provider, and of one with a region the provider alone), results of tools, and what a cache served.
 */
export function readBedrock(draft: Draft): void {
  if (draft.source["llm.provider"] !== "aws") return;
  const request = bodyOf(draft, "input.value");
  if (request !== undefined) readRequest(draft, request);
  const usage = field(bodyOf(draft, "output.value"), "usage");
  if (usage !== undefined) readUsage(draft, usage);
}

function bodyOf(draft: Draft, name: string): Json | undefined {
  const value = draft.source[name];
  const isRead = typeof value === "string" && value.startsWith("{") && value.length <= MAX_CHARACTERS;
  return isRead ? parsedObject(value) : undefined;
}

function readRequest(draft: Draft, body: Json): void {
  const model = text(body["modelId"]);
  if (model !== undefined && !(semconv.ATTR_GEN_AI_REQUEST_MODEL in draft.source)) {
    draft.replace(semconv.ATTR_GEN_AI_REQUEST_MODEL, model);
  }
  const flattened = draft.get(semconv.ATTR_GEN_AI_INPUT_MESSAGES);
  if (typeof flattened !== "string" || flattened === draft.source[semconv.ATTR_GEN_AI_INPUT_MESSAGES]) return;
  const { messages: list } = body;
  if (flattened.includes(HIDDEN) || !Array.isArray(list) || !list.some(answers)) return;
  const messages = messagesOf(body, "user");
  if (messages === undefined) return;
  draft.remove(semconv.ATTR_GEN_AI_INPUT_MESSAGES);
  setFound(draft, semconv.ATTR_GEN_AI_INPUT_MESSAGES, messages);
}

/** Results of tools: the flattened names have their ids alone. */
function answers(message: unknown): boolean {
  const content = field(message, "content");
  return Array.isArray(content) && content.some((part) => field(part, "toolResult") !== undefined);
}

/** Bedrock, and Anthropic's models there, count the input without what a cache served or took. */
function readUsage(draft: Draft, usage: unknown): void {
  const input = count(draft.source["llm.token_count.prompt"]);
  const cacheRead = count(field(usage, "cacheReadInputTokens") ?? field(usage, "cache_read_input_tokens"));
  const cacheWrite = count(field(usage, "cacheWriteInputTokens") ?? field(usage, "cache_creation_input_tokens"));
  draft.set(semconv.ATTR_GEN_AI_USAGE_CACHE_READ_INPUT_TOKENS, cacheRead);
  draft.set(semconv.ATTR_GEN_AI_USAGE_CACHE_WRITE_INPUT_TOKENS, cacheWrite);
  const cached = { cacheRead: cacheRead ?? 0, cacheWrite: cacheWrite ?? 0 };
  if (input === undefined || draft.get(semconv.ATTR_GEN_AI_USAGE_INPUT_TOKENS) !== input) return;
  const whole = toConventions({ input, ...cached }, COUNTING.anthropic);
  draft.replace(semconv.ATTR_GEN_AI_USAGE_INPUT_TOKENS, whole.input);
}
