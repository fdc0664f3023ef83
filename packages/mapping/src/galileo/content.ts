import {
  ATTR_GEN_AI_CONVERSATION_ID,
  ATTR_GEN_AI_RETRIEVAL_DOCUMENTS,
  ATTR_GEN_AI_RETRIEVAL_QUERY_TEXT,
  ATTR_GEN_AI_TOOL_CALL_ARGUMENTS,
  ATTR_GEN_AI_TOOL_CALL_RESULT,
  ATTR_SESSION_ID,
} from "@genspan/semconv";
import type { GenAISpan } from "../engine/genai-span.ts";
import type { Trace } from "../engine/trace.ts";
import { chatMessages, chatOutputMessages } from "../formats/chat-completion.ts";
import type { ChatMessage } from "../formats/chat-message.ts";

/** What went in and came out of a span, in the span's own form: messages, tool values, a query and its documents. */

export function inputOf(span: GenAISpan): unknown {
  const messages = chatMessages(span);
  if (messages.length > 0) return messages;
  return span.json(ATTR_GEN_AI_TOOL_CALL_ARGUMENTS) ?? span.text(ATTR_GEN_AI_RETRIEVAL_QUERY_TEXT);
}

export function outputOf(span: GenAISpan): unknown {
  const messages = chatOutputMessages(span);
  if (messages.length > 0) return messages.length === 1 ? messages[0] : messages;
  return span.json(ATTR_GEN_AI_TOOL_CALL_RESULT) ?? span.json(ATTR_GEN_AI_RETRIEVAL_DOCUMENTS);
}

/** What the user said last: the question of a trace, whose own root may carry no messages. */
export function questionOf(trace: Trace): string | undefined {
  for (const span of trace.spans) {
    const asked = chatMessages(span).findLast(({ role }) => role === "user");
    const text = asked && textOf(asked);
    if (text) return text;
  }
  return undefined;
}

/** What the model said last. */
export function answerOf(trace: Trace): string | undefined {
  for (const span of trace.spans.toReversed()) {
    const said = chatOutputMessages(span).at(-1);
    const text = said && textOf(said);
    if (text) return text;
  }
  return undefined;
}

export function textOf({ content }: ChatMessage): string {
  if (content === null || typeof content === "string") return content ?? "";
  return content.flatMap((part) => (part.type === "text" ? [part.text] : [])).join("\n");
}

/** The first conversation or session that a span of the trace names. */
export function sessionOf(trace: Trace): string | undefined {
  for (const name of [ATTR_GEN_AI_CONVERSATION_ID, ATTR_SESSION_ID]) {
    for (const span of trace.spans) {
      const session = span.text(name);
      if (session !== undefined) return session;
    }
  }
  return undefined;
}
