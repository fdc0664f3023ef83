import * as semconv from "@genspan/semconv";
import { isObject } from "../../message-guards.ts";
import type { Draft } from "../reading/draft.ts";
import { setFound } from "../reading/found.ts";
import { messagesOf } from "../reading/messages.ts";
import { reasonsIn } from "../reading/response-body.ts";
import { count, field, parsed, text } from "../reading/values.ts";

/** The response as it came, which OpenInference's instrumentations of client libraries keep in `output.value`. */

type Json = Readonly<Record<string, unknown>>;

export const MAX_CHARACTERS = 1_000_000;
/** In the place of what the user hides: `OPENINFERENCE_HIDE_OUTPUT_TEXT`. */
export const HIDDEN = "__REDACTED__";

/** Of a response of OpenAI's or Anthropic's: its id and model, and what the flattened attributes have no names for. */
export function readResponse(draft: Draft): void {
  const value = draft.source["output.value"];
  if (typeof value !== "string" || !/^\[?\{/.test(value) || value.length > MAX_CHARACTERS) return;
  const body = bodyOf(value);
  if (body === undefined) return;
  draft.set(semconv.ATTR_GEN_AI_RESPONSE_ID, text(body["id"]));
  draft.set(semconv.ATTR_GEN_AI_RESPONSE_MODEL, text(body["model"]));
  draft.set(semconv.ATTR_OPENAI_RESPONSE_SYSTEM_FINGERPRINT, text(body["system_fingerprint"]));
  draft.set(semconv.ATTR_OPENAI_RESPONSE_SERVICE_TIER, text(body["service_tier"]));
  const { usage } = body;
  const details = field(usage, "prompt_tokens_details") ?? field(usage, "input_tokens_details");
  draft.set(semconv.ATTR_GEN_AI_USAGE_CACHE_WRITE_INPUT_TOKENS, count(field(details, "cache_write_tokens")));
  const reasons = reasonsIn(body);
  // The attribute has the reason of one choice alone.
  if (body["object"] !== "response" && (reasons?.length ?? 0) > 1) {
    draft.replace(semconv.ATTR_GEN_AI_RESPONSE_FINISH_REASONS, reasons);
  } else draft.set(semconv.ATTR_GEN_AI_RESPONSE_FINISH_REASONS, reasons);
  readUnnamed(draft, body);
}

/** OpenAI's agents put the one response of the chat endpoint into a list. */
function bodyOf(value: string): Json | undefined {
  const read = parsed(value);
  const [only, ...others]: readonly unknown[] = Array.isArray(read) ? read : [read];
  const isResponse = isObject(only) && (!Array.isArray(read) || Array.isArray(only["choices"]));
  return isResponse && others.length === 0 ? only : undefined;
}

/** Refusals, reasoning in words, and tools that the provider ran are in the response alone. */
function readUnnamed(draft: Draft, body: Json): void {
  const flattened = draft.get(semconv.ATTR_GEN_AI_OUTPUT_MESSAGES);
  if (typeof flattened !== "string" || flattened === draft.source[semconv.ATTR_GEN_AI_OUTPUT_MESSAGES]) return;
  if (flattened.includes(HIDDEN)) return;
  const [list, isUnnamed] = spoken(body);
  if (!Array.isArray(list) || !list.some(isUnnamed)) return;
  const messages = messagesOf(body["type"] === "message" ? [body] : list, "assistant");
  if (messages === undefined) return;
  draft.remove(semconv.ATTR_GEN_AI_OUTPUT_MESSAGES);
  setFound(draft, semconv.ATTR_GEN_AI_OUTPUT_MESSAGES, messages);
}

/** What the model said, in the words of each API, and what of it the flattened attributes have no names for. */
function spoken({ object, type, choices, output, content }: Json): readonly [unknown, (one: unknown) => boolean] {
  if (type === "message") return [content, isUnnamedBlock];
  return object === "response" ? [output, isUnnamedItem] : [choices, saysMore];
}

/** A block of Anthropic's; texts may cite. */
function isUnnamedBlock(block: unknown): boolean {
  const citations = field(block, "citations");
  return !NAMED_BLOCKS.has(field(block, "type")) || (Array.isArray(citations) && citations.length > 0);
}

const NAMED_BLOCKS: ReadonlySet<unknown> = new Set(["text", "tool_use", "thinking"]);

function saysMore(choice: unknown): boolean {
  const message = field(choice, "message");
  return isObject(message) && ["refusal", "reasoning_content", "reasoning"].some((key) => text(message[key]));
}

function isUnnamedItem(item: unknown): boolean {
  const [type, content] = [field(item, "type"), field(item, "content")];
  if (type === "function_call") return false;
  const parts: readonly unknown[] = Array.isArray(content) ? content : [];
  if (type === "message") return parts.some((part) => field(part, "type") === "refusal");
  return type !== "reasoning" || parts.length > 0;
}
