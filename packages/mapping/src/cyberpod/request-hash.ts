import canonicalize from "canonicalize";
import type { GenAISpan } from "../engine/genai-span.ts";
import { COMPLETION_OPERATIONS } from "../engine/operations.ts";
import { withSortedKeys } from "../engine/sorted-keys.ts";
import { type ChatCompletionRequest, chatMessages, chatRequest } from "../formats/chat-completion.ts";
import type { ChatMessage } from "../formats/chat-message.ts";
import { rawRequest } from "../formats/raw.ts";
import { sha256 } from "../formats/sha256.ts";

/**
 * SHA-256 in hex of the request as RFC 8785 canonical JSON: the raw body where it was captured, else the Chat
 * Completions body rebuilt from the messages. Equal requests have equal hashes, but not the ones that CyberPod's own
 * gateway computes: how that canonicalises is not documented.
 *
 * Absent without captured content, and for a request that has no canonical form (half a surrogate pair).
 */
export function requestHashOf(span: GenAISpan): string | undefined {
  return span.once("cyberpod.request_hash", () => {
    try {
      const raw = rawRequest(span);
      const text = raw === undefined ? rebuiltText(span) : canonicalize(raw);
      return text === undefined ? undefined : sha256(text);
    } catch {
      return undefined;
    }
  });
}

/**
 * Of a request without tools, all names of which are known, the canonical form is what `JSON.stringify` writes, with the
 * fields in the order of their names: RFC 8785 writes texts and numbers as ECMAScript does (section 3.2.2).
 */
function rebuiltText(span: GenAISpan): string | undefined {
  const isRebuildable = COMPLETION_OPERATIONS.has(span.operation) && chatMessages(span).length > 0;
  if (!isRebuildable) return undefined;
  const request = chatRequest(span);
  if (request.tools !== undefined || !isWellFormed(request)) return canonicalize(request);
  return JSON.stringify(sortedRequest(request));
}

/** Whether no text holds half a surrogate pair. */
function isWellFormed(value: unknown): boolean {
  if (typeof value === "string") return value.isWellFormed();
  if (typeof value !== "object" || value === null) return true;
  const inner: readonly unknown[] = Array.isArray(value) ? value : Object.values(value);
  for (const one of inner) if (!isWellFormed(one)) return false;
  return true;
}

/** In their order; the compiler demands them all. */
const REQUEST_FIELDS = (
  Object.keys({
    frequency_penalty: true,
    max_tokens: true,
    messages: true,
    model: true,
    n: true,
    presence_penalty: true,
    response_format: true,
    seed: true,
    stop: true,
    stream: true,
    temperature: true,
    tools: true,
    top_p: true,
  } satisfies Record<keyof ChatCompletionRequest, true>) as readonly (keyof ChatCompletionRequest)[]
) // the object names no others
  .toSorted();

function sortedRequest(request: ChatCompletionRequest): object {
  const copy: Record<string, unknown> = {};
  for (const name of REQUEST_FIELDS) {
    const value = request[name];
    if (value !== undefined)
      copy[name] = name === "messages" ? request.messages.map(sortedMessage) : withSortedKeys(value);
  }
  return copy;
}

/** Most messages by far are a role and a text. */
function sortedMessage(message: ChatMessage): unknown {
  const { content, name, refusal, role, tool_call_id, tool_calls } = message;
  const isPlain =
    typeof content === "string" &&
    name === undefined &&
    refusal === undefined &&
    tool_call_id === undefined &&
    tool_calls === undefined;
  return isPlain ? { content, role } : withSortedKeys(message);
}
