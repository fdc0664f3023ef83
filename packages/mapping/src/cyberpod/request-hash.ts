import imported from "canonicalize";
import type { GenAISpan } from "../engine/genai-span.ts";
import { chatMessages, chatRequest } from "../formats/chat-completion.ts";
import { rawRequest } from "../formats/raw.ts";
import { sha256 } from "../formats/sha256.ts";

/**
 * The package is ESM only, and the bundler's CommonJS output wraps its namespace once more: `default` is then the
 * namespace, not the function. The compiler sees the ESM form alone, hence the cast.
 */
const canonicalize: (value: unknown) => string | undefined =
  typeof imported === "function" ? imported : (imported as { readonly default: typeof imported }).default;

/** Operations whose request can be rebuilt from a span. */
const REBUILDABLE: ReadonlySet<string> = new Set(["chat", "generate_content", "text_completion"]);

/**
 * SHA-256 in hex of the request as RFC 8785 canonical JSON: the raw body where it was captured, else the Chat
 * Completions body rebuilt from the messages. Equal requests have equal hashes, but not the ones that CyberPod's own
 * gateway computes: how that canonicalises is not documented.
 *
 * Absent without captured content, and for a request that has no canonical form (half a surrogate pair).
 */
export function requestHashOf(span: GenAISpan): string | undefined {
  return span.once("cyberpod.request_hash", () => {
    const request = rawRequest(span) ?? rebuiltRequest(span);
    if (request === undefined) return undefined;
    try {
      const text = canonicalize(request);
      return text === undefined ? undefined : sha256(text);
    } catch {
      return undefined;
    }
  });
}

function rebuiltRequest(span: GenAISpan): object | undefined {
  const isRebuildable = REBUILDABLE.has(span.operation ?? "") && chatMessages(span).length > 0;
  return isRebuildable ? chatRequest(span) : undefined;
}
