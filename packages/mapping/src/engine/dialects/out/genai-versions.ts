import * as semconv from "@genspan/semconv";
import { json } from "../../json-text.ts";
import type { SpanEventLike } from "../../readable-span.ts";
import { field, parsed } from "../reading/values.ts";
import { type PlainMessage, plainMessages } from "./chat-parts.ts";
import type { Outgoing, Renames } from "./outgoing.ts";

/** The GenAI conventions as they were. Source: core conventions 1.40.0 and 1.36.0, and the registry's `deprecated` table. */

const NAMES_OF_1_40: Renames = {
  [semconv.ATTR_GEN_AI_USAGE_CACHE_WRITE_INPUT_TOKENS]: "gen_ai.usage.cache_creation.input_tokens",
  [semconv.ATTR_GEN_AI_RETRIEVAL_TOP_K]: semconv.ATTR_GEN_AI_REQUEST_TOP_K,
};

/** 1.40 has a reason in each message that the model said, beside those of the span. */
export function speak140(out: Outgoing): void {
  out.rename(NAMES_OF_1_40);
  const reasons = out.get(semconv.ATTR_GEN_AI_RESPONSE_FINISH_REASONS);
  const messages = parsed(out.get(semconv.ATTR_GEN_AI_OUTPUT_MESSAGES));
  if (!Array.isArray(messages) || !Array.isArray(reasons)) return;
  const said = messages.map((message: unknown, index) => ({
    ...(typeof message === "object" && message),
    finish_reason: field(message, "finish_reason") ?? reasons[index] ?? "error",
  }));
  out.say(semconv.ATTR_GEN_AI_OUTPUT_MESSAGES, json(said));
}

const NAMES_OF_1_36: Renames = {
  ...NAMES_OF_1_40,
  [semconv.ATTR_GEN_AI_PROVIDER_NAME]: "gen_ai.system",
  [semconv.ATTR_OPENAI_REQUEST_SERVICE_TIER]: "gen_ai.openai.request.service_tier",
  [semconv.ATTR_OPENAI_RESPONSE_SERVICE_TIER]: "gen_ai.openai.response.service_tier",
  [semconv.ATTR_OPENAI_RESPONSE_SYSTEM_FINGERPRINT]: "gen_ai.openai.response.system_fingerprint",
};

const EVENTS: ReadonlyMap<string, string> = new Map([
  ["system", "gen_ai.system.message"],
  ["user", "gen_ai.user.message"],
  ["assistant", "gen_ai.assistant.message"],
  ["tool", "gen_ai.tool.message"],
]);

/** Content up to 1.36 stands in events: one for each message, one for each choice. */
export function speak136(out: Outgoing): void {
  out.rename(NAMES_OF_1_36);
  if (out.get(semconv.ATTR_GEN_AI_PROVIDER_NAME) === "x_ai") out.say("gen_ai.system", "xai");
  const reasons = out.get(semconv.ATTR_GEN_AI_RESPONSE_FINISH_REASONS);
  if (Array.isArray(reasons)) {
    out.say(semconv.ATTR_GEN_AI_RESPONSE_FINISH_REASONS, reasons.map(formerReason));
  }
  const input = out.messages(semconv.ATTR_GEN_AI_INPUT_MESSAGES);
  const said = [...out.instructions(semconv.ATTR_GEN_AI_SYSTEM_INSTRUCTIONS), ...(input ?? [])];
  const { startTime, endTime } = out.span;
  for (const message of plainMessages(said)) {
    const name = EVENTS.get(message.role) ?? "gen_ai.user.message";
    out.events.push({ name, time: startTime, attributes: bodyOf(message) });
  }
  if (said.length > 0) out.use(semconv.ATTR_GEN_AI_INPUT_MESSAGES, semconv.ATTR_GEN_AI_SYSTEM_INSTRUCTIONS);
  const output = out.messages(semconv.ATTR_GEN_AI_OUTPUT_MESSAGES);
  if (output === undefined) return;
  out.use(semconv.ATTR_GEN_AI_OUTPUT_MESSAGES);
  out.events.push(
    ...output.map((message, index): SpanEventLike => {
      const [plain] = plainMessages([message]);
      const reason = Array.isArray(reasons) ? reasons[index] : field(message, "finish_reason");
      const attributes = {
        index,
        ...(typeof reason === "string" && { finish_reason: formerReason(reason) }),
        message: json(plain && { role: plain.role, ...structuredBody(plain) }),
      };
      return { name: "gen_ai.choice", time: endTime, attributes };
    }),
  );
}

function formerReason(reason: unknown): unknown {
  return reason === "tool_call" ? "tool_calls" : reason;
}

function bodyOf(message: PlainMessage): Readonly<Record<string, unknown>> {
  const body = Object.entries({ role: message.role, ...structuredBody(message) });
  return Object.fromEntries(body.map(([key, value]) => [key, typeof value === "string" ? value : json(value)]));
}

function structuredBody({ name, content, calls, toolCallId }: PlainMessage): Readonly<Record<string, unknown>> {
  const called = calls.map(({ id, ...rest }) => ({ ...(id && { id }), type: "function", function: rest }));
  return {
    ...(name !== undefined && { name }),
    ...(content !== undefined && { content }),
    ...(called.length > 0 && { tool_calls: called }),
    ...(toolCallId !== undefined && { id: toolCallId }),
  };
}
