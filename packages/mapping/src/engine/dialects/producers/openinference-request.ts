import * as semconv from "@genspan/semconv";
import type { Draft } from "../reading/draft.ts";
import { setFound } from "../reading/found.ts";
import { messagesOf } from "../reading/messages.ts";
import { field, parsedObject } from "../reading/values.ts";
import { HIDDEN, MAX_CHARACTERS } from "./openinference-response.ts";

/** What a message of Anthropic's API may hold that OpenInference's flattened names say whole. */
const NAMED_PARTS: ReadonlySet<unknown> = new Set(["text", "tool_use"]);

/**
 * Of a request to Anthropic, which the instrumentation keeps in `input.value`: the instructions, images, results of tools
 * side by side, and tools that the provider ran. The flattened names leave them out, or have one of several.
 */
export function readRequest(draft: Draft): void {
  if (draft.source["llm.system"] !== "anthropic" && draft.source["llm.provider"] !== "anthropic") return;
  const value = draft.source["input.value"];
  if (typeof value !== "string" || !value.startsWith("{") || value.length > MAX_CHARACTERS) return;
  const flattened = draft.get(semconv.ATTR_GEN_AI_INPUT_MESSAGES);
  if (typeof flattened !== "string" || flattened === draft.source[semconv.ATTR_GEN_AI_INPUT_MESSAGES]) return;
  if (flattened.includes(HIDDEN)) return;
  const body = parsedObject(value);
  const list = body?.["messages"];
  if (!Array.isArray(list) || (!body?.["system"] && !list.some(saysMore))) return;
  const messages = messagesOf(body, "user");
  if (messages === undefined) return;
  draft.remove(semconv.ATTR_GEN_AI_INPUT_MESSAGES);
  setFound(draft, semconv.ATTR_GEN_AI_INPUT_MESSAGES, messages);
}

function saysMore(message: unknown): boolean {
  const content = field(message, "content");
  return Array.isArray(content) && content.some((part) => !NAMED_PARTS.has(field(part, "type")));
}
