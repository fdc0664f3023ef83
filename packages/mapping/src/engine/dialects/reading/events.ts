import * as semconv from "@genspan/semconv";
import {
  ATTR_GEN_AI_INPUT_MESSAGES,
  ATTR_GEN_AI_OUTPUT_MESSAGES,
  ATTR_GEN_AI_RESPONSE_FINISH_REASONS,
  EVENT_GEN_AI_CLIENT_INFERENCE_OPERATION_DETAILS,
  type InputMessage,
} from "@genspan/semconv";
import { nonEmpty } from "../../absent.ts";
import { isObject } from "../../message-guards.ts";
import type { SpanEventLike } from "../../readable-span.ts";
import { operationOf } from "./content.ts";
import { needsCare } from "./current.ts";
import type { Draft } from "./draft.ts";
import { setFound } from "./found.ts";
import { messagesOf } from "./messages.ts";
import { partsOrText, readToolResponse } from "./parts.ts";
import { finishReasons } from "./value-maps.ts";
import { field, parsed, parsedObject, parsedOrText, text } from "./values.ts";

/** Content on span events, as the conventions up to 1.36 had it. Source: core conventions 1.28 to 1.36, "events". */

type Json = Readonly<Record<string, unknown>>;

/** The role that each event of a message has by itself. */
const MESSAGE_EVENTS: ReadonlyMap<string, string> = new Map([
  ["gen_ai.system.message", "system"],
  ["gen_ai.user.message", "user"],
  ["gen_ai.assistant.message", "assistant"],
  ["gen_ai.tool.message", "tool"],
]);
const CHOICE_EVENT = "gen_ai.choice";
const CONTENT_EVENTS: ReadonlyMap<string, readonly [key: string, to: string, speaker: "user" | "assistant"]> = new Map([
  ["gen_ai.content.prompt", ["gen_ai.prompt", ATTR_GEN_AI_INPUT_MESSAGES, "user"]],
  ["gen_ai.content.completion", ["gen_ai.completion", ATTR_GEN_AI_OUTPUT_MESSAGES, "assistant"]],
]);

/** What the event of the details may say in the place of the span. */
const DETAILS: readonly string[] = Object.values<unknown>(semconv).filter(
  (name): name is string =>
    typeof name === "string" &&
    name !== semconv.ATTR_GEN_AI_REQUEST_TOP_K &&
    /^(gen_ai\.(?!client)|openai\.|server\.|error\.type)/.test(name),
);

export function isLegacyEvent(name: string): boolean {
  return isContentEvent(name) || name === EVENT_GEN_AI_CLIENT_INFERENCE_OPERATION_DETAILS;
}

/** Whether an event holds a message and nothing else. */
export function isContentEvent(name: string): boolean {
  return MESSAGE_EVENTS.has(name) || name === CHOICE_EVENT || CONTENT_EVENTS.has(name);
}

/** Messages of events become the span's; the events stay. */
export function readEvents(draft: Draft): void {
  const input: InputMessage[] = [];
  const choices: Json[] = [];
  const isTool = operationOf(draft) === "execute_tool";
  for (const event of draft.events) {
    const role = MESSAGE_EVENTS.get(event.name);
    if (isTool && isContentEvent(event.name)) {
      readToolEvent(event, draft);
      continue;
    }
    if (role !== undefined) input.push(...messageOfEvent(bodyOf(event), role));
    else if (event.name === CHOICE_EVENT) choices.push(bodyOf(event));
    else readContentEvent(event, draft);
  }
  setFound(draft, ATTR_GEN_AI_INPUT_MESSAGES, nonEmpty(input), "setAbsent");
  readChoices(choices, draft);
}

/** The body: the event's attributes, or JSON text of it in one of them (Azure's client library). */
function bodyOf({ attributes = {} }: SpanEventLike): Json {
  return parsedObject(attributes["gen_ai.event.content"]) ?? attributes;
}

function messageOfEvent(body: Json, role: string): readonly InputMessage[] {
  const message = {
    role: text(body["role"]) ?? role,
    name: body["name"],
    content: blocksOrText(body["content"]),
    tool_calls: parsedOrText(body["tool_calls"]),
    tool_call_id: body["id"],
  };
  return messagesOf(message, "user") ?? [];
}

function readChoices(choices: readonly Json[], draft: Draft): void {
  if (choices.length === 0) return;
  const ordered = [...choices].sort((a, b) => (Number(a["index"]) || 0) - (Number(b["index"]) || 0));
  const messages = ordered.flatMap((choice) => {
    const message = parsedOrText(choice["message"]);
    const body = isObject(message) ? message : { ...choice, content: message };
    return messageOfEvent(body, "assistant");
  });
  setFound(draft, ATTR_GEN_AI_OUTPUT_MESSAGES, nonEmpty(messages), "setAbsent");
  const reasons = ordered.flatMap((choice) => finishReasons(choice["finish_reason"]) ?? []);
  if (reasons.length === ordered.length) draft.setAbsent(ATTR_GEN_AI_RESPONSE_FINISH_REASONS, reasons);
}

/** Of a tool's span: what it was called with, and what it answered. Strands' agents. */
function readToolEvent({ name, attributes = {} }: SpanEventLike, draft: Draft): void {
  if (name === "gen_ai.tool.message") {
    const given = parsedOrText(attributes["content"]);
    setFound(draft, semconv.ATTR_GEN_AI_TOOL_CALL_ARGUMENTS, given, "setAbsent");
  } else if (name === CHOICE_EVENT) {
    const [answer] = readToolResponse({ content: parsedOrText(attributes["message"]) });
    setFound(draft, semconv.ATTR_GEN_AI_TOOL_CALL_RESULT, field(answer, "response"), "setAbsent");
  }
}

/** Keys of Bedrock's blocks, which stand alone in a block. Source: Strands' agents, `types/content`. */
const BLOCK_KEYS: ReadonlySet<string> = new Set(["text", "toolUse", "toolResult", "reasoning", "reasoningContent"]);

/** A content that may be JSON text of a list of parts, or of blocks without a type. */
function blocksOrText(content: unknown): unknown {
  const read = partsOrText(content);
  if (read !== content || typeof content !== "string" || !content.startsWith("[{")) return read;
  const blocks = parsed(content);
  return Array.isArray(blocks) && blocks.every(isBlock) ? blocks : content;
}

function isBlock(block: unknown): boolean {
  const [key = "", ...others] = isObject(block) ? Object.keys(block) : [];
  return others.length === 0 && BLOCK_KEYS.has(key);
}

function readContentEvent({ name, attributes = {} }: SpanEventLike, draft: Draft): void {
  const content = CONTENT_EVENTS.get(name);
  if (content !== undefined) {
    const [key, to, speaker] = content;
    setFound(draft, to, messagesOf(attributes[key], speaker), "setAbsent");
  } else if (name === EVENT_GEN_AI_CLIENT_INFERENCE_OPERATION_DETAILS) {
    // OpenLIT records the details as an event of the span; whatever the span lacks is read from there.
    for (const key of DETAILS) if (!needsCare(key, attributes)) draft.setAbsent(key, attributes[key]);
    if (needsCare(ATTR_GEN_AI_OUTPUT_MESSAGES, attributes)) readFormerOutput(attributes, draft);
  }
}

/** Messages that say their reasons themselves, as up to 1.41. */
function readFormerOutput(attributes: Json, draft: Draft): void {
  const output = parsed(attributes[ATTR_GEN_AI_OUTPUT_MESSAGES]);
  if (!Array.isArray(output)) return;
  setFound(draft, ATTR_GEN_AI_OUTPUT_MESSAGES, messagesOf(output, "assistant"), "setAbsent");
  const reasons = output.flatMap((message) => finishReasons(field(message, "finish_reason")) ?? []);
  if (reasons.length === output.length) draft.setAbsent(ATTR_GEN_AI_RESPONSE_FINISH_REASONS, nonEmpty(reasons));
}
